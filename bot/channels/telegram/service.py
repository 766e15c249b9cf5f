"""Telegram as a part of the service: polling or webhook, files, what was not shown, and what is sent unasked."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramAPIError
from aiogram.methods import GetMe
from aiohttp import web

from bot.app import App
from bot.channels.telegram.api_client import Refused
from bot.channels.telegram.bot_profile import fingerprint, present
from bot.channels.telegram.channel import CHANNEL, TelegramChannel
from bot.channels.telegram.command_menus import CommandMenus
from bot.channels.telegram.file_download import FileDownloads
from bot.channels.telegram.heartbeat import Heartbeat
from bot.channels.telegram.intake import webhook
from bot.channels.telegram.intake.parked_updates import ParkedUpdates
from bot.channels.telegram.intake.polling import Polling
from bot.channels.telegram.intake.update_json import read_json
from bot.channels.telegram.intake.update_retry import Intake
from bot.metrics.route import BUDGET
from bot.rate_limit import Budget
from storage.engine import process_registry
from storage.updates import processed_updates

__all__ = ["start"]

log = logging.getLogger(__name__)

GRACE = 3.0
"""Seconds for finishing what is under way when the service is told to stop; the rest comes again."""

SWEEP = 1.0
"""Seconds between looks for screens that nobody shows, one small query each: so long somebody waits whose screen was
left by a process that died.
"""


async def start(stack: AsyncExitStack, app: App, site: web.Application, budget: Budget) -> str:
    """Open Telegram for as long as `stack` lasts; how it is open, in a few words.

    `budget` is shared with the courier.
    """
    settings = app.settings
    assert settings.telegram_token is not None  # the caller asks for Telegram only with a token
    session = AiohttpSession(api=TelegramAPIServer.from_base(settings.telegram_api_url), json_loads=read_json)
    bot = Bot(settings.telegram_token.get_secret_value(), session=session)
    site[BUDGET] = budget
    channel = TelegramChannel(app, bot, budget)
    app.turns.stored.worker = await stack.enter_async_context(process_registry.registered(app.database)) or None
    stack.push_async_callback(bot.session.close)
    stack.push_async_callback(channel.finish, GRACE)
    fetching, menus = FileDownloads(app, bot, channel.sender), CommandMenus(app, channel.sender)
    for work in (_sweeping(channel), fetching.run(), _presented(channel, app), menus.run()):
        _in_background(stack, work)
    if settings.telegram_webhook_url and settings.telegram_webhook_secret:
        secret = settings.telegram_webhook_secret.get_secret_value()
        intake = Intake(channel)
        webhook.attach(site, intake, settings.telegram_webhook_url, secret)
        _in_background(stack, ParkedUpdates(app).take(intake))
        _in_background(stack, _registered(bot, settings.telegram_webhook_url, secret))
        _in_background(stack, Heartbeat(app).run())
        return f"called at {settings.telegram_webhook_url}"
    polling = Polling(bot, Intake(channel))
    _in_background(stack, Heartbeat(app, lambda: polling.hears).run())
    _in_background(stack, polling.run())
    stack.push_async_callback(polling.stop, GRACE)
    return "polling"


def _in_background(stack: AsyncExitStack, work: Coroutine[Any, Any, None]) -> None:
    """Run something until the service stops."""
    task = asyncio.create_task(work)

    async def end() -> None:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    stack.push_async_callback(end)


async def _sweeping(channel: TelegramChannel) -> None:
    """What did not go out is shown at the start, and whenever something was left."""
    while True:
        try:
            await channel.show_unshown()
        except Exception as error:  # noqa: BLE001  the next look is as good
            log.warning("unshown screens could not be looked up, trying again: %s", type(error).__name__)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(channel.something_left.wait(), SWEEP)
        channel.something_left.clear()


async def _presented(channel: TelegramChannel, app: App) -> None:
    """Learn who we are, and set what people see of us; again until Telegram has heard it."""
    pause = 1.0
    while True:
        try:
            channel.look.me = await channel.sender.call(GetMe())
            await _presented_once(channel, app)
        except (TelegramAPIError, Refused) as error:
            log.warning("the bot's commands could not be set, trying again: %s", error)
            await asyncio.sleep(pause)
            pause = min(300.0, pause * 2)
        else:
            return


async def _presented_once(channel: TelegramChannel, app: App) -> None:
    """Set what people see of us, unless just this has been set already."""
    kept, looks = f"{CHANNEL}/presented", await asyncio.to_thread(fingerprint, app.words)
    if await app.database.read(lambda session: processed_updates.find(session, kept, looks)) is None:
        await present(channel.sender, app.words)
        await app.database.write(lambda session: processed_updates.first_time(session, kept, looks, app.turns.now()))


async def _registered(bot: Bot, url: str, secret: str) -> None:
    """Tell Telegram where to call, until it knows."""
    pause = 1.0
    while True:
        try:
            await webhook.register(bot, url, secret)
        except TelegramAPIError as error:
            log.warning("Telegram could not be told where to call, trying again: %s", error)
            await asyncio.sleep(pause)
            pause = min(60.0, pause * 2)
        else:
            return
