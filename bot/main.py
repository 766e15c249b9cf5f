"""The service: one process that answers in the web chat and, when they are set, in Telegram and by mail."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from typing import Any

from aiohttp import web

from bot import file_modes
from bot.app import App
from bot.channels.web import attach
from bot.channels.web.access.connections import ConnectionLimiter, Site, raise_limit
from bot.contact_import.sent_lists import reading_lists
from bot.file_hashes import hashing
from bot.file_store import tidying
from bot.health import readiness
from bot.health.inflight import InFlight
from bot.health.watchdog import Watchdog
from bot.metrics import route as metrics
from bot.pages import api
from bot.pages import register as register_pages
from bot.pages.console import routes as console_pages
from bot.push.sender import pushing
from bot.questionnaire_check import check_questionnaires
from bot.questionnaires import registry
from bot.rate_limit import Budget
from bot.report.orders import making_reports
from bot.scheduling.housekeeping import keep_house
from bot.scheduling.pruning import pruning
from bot.scheduling.register_index import keep_complete
from bot.scheduling.retention import retaining
from bot.scheduling.secure_erase import clearing
from bot.settings import Settings, terms_of
from bot.wiring import open_app
from storage.announcements import messaging_settings
from storage.engine import service_lock
from storage.engine.database import Tables
from storage.organizers import organizers

__all__ = ["ServiceError", "serve"]

log = logging.getLogger(__name__)

FIRST_PAGE = 1.0
"""Seconds in which somebody who has just started the service opens it."""
UNDER_WAY = ".under-way"
"""The folder beside people's files where turns under way are noted."""
GRACE = 5.0
"""Seconds that open requests get to finish when the service is told to stop."""


class ServiceError(Exception):
    """Why the service cannot start, in one line that says what to do."""


async def serve(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT; then finish what is under way, and stop."""
    stop = asyncio.Event()
    async with AsyncExitStack() as stack:
        stack.enter_context(service_lock.hold(settings.database_url))
        file_modes.tighten(settings)
        app = await stack.enter_async_context(open_app(settings, Tables.UPGRADE))
        _look_after(stack, app, stop)
        now = app.turns.now()
        await check_questionnaires(app.database, now)
        await app.database.write(lambda session: organizers.name_in_settings(session, settings.organizers, now))
        await app.database.write(lambda session: messaging_settings.keep(session, terms_of(settings)))
        site = web.Application()
        attach(site, app)
        register_pages.attach(site)
        api.attach(site)
        console_pages.attach(site)
        metrics.attach(site, app)
        readiness.attach(site, app)
        budget = Budget(settings.telegram_rate) if settings.telegram_token else None
        if budget is not None or settings.mail_url is not None:
            await _courier(stack, app, budget)
        telegram = await _telegram(stack, app, site, budget) if budget is not None else None
        address = await _listen(stack, site, settings)
        _in_background(stack, _made_ready(app))
        _in_background(stack, tidying(app))
        _in_background(stack, clearing(app))
        _in_background(stack, pruning(app))
        _in_background(stack, retaining(app))
        _in_background(stack, reading_lists(app))
        _in_background(stack, making_reports(app))
        _in_background(stack, keep_house(app))
        _in_background(stack, keep_complete(app))
        _in_background(stack, pushing(app))
        _in_background(stack, registry.follow(app))
        _in_background(stack, hashing(app))
        print(f"Stocktaking is open at {address}", flush=True)
        if telegram is not None:
            print(f"Telegram: {telegram}", flush=True)
        await stop.wait()
        log.info("stopping: open requests are being finished")


def _look_after(stack: AsyncExitStack, app: App, stop: asyncio.Event) -> None:
    """Note which turns are under way, and end the process when one does not end, or when we are told to stop."""
    under_way = app.turns.under_way = InFlight(app.settings.files / UNDER_WAY)
    stack.callback(under_way.close)
    watchdog = Watchdog(app.turns, app.settings.turn_limit)
    watchdog.on_signal(stop.set)
    watchdog.start()


async def _made_ready(app: App) -> None:
    """Make the conversation's machine before it is needed, but after the first page."""
    await asyncio.sleep(FIRST_PAGE)
    await asyncio.to_thread(lambda: app.turns.machine)


def _in_background(stack: AsyncExitStack, work: Coroutine[Any, Any, None]) -> None:
    """Run something until the service stops."""
    task = asyncio.create_task(work)

    async def end() -> None:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    stack.push_async_callback(end)


async def _courier(stack: AsyncExitStack, app: App, budget: Budget | None) -> None:
    """Open what sends unasked. Imported only here: with neither Telegram nor mail nothing of it is loaded."""
    from bot.delivery.service import open_courier

    await stack.enter_async_context(open_courier(app, budget))


async def _telegram(stack: AsyncExitStack, app: App, site: web.Application, budget: Budget) -> str:
    """Open Telegram too. Imported only here: without a token nothing of it is loaded."""
    from bot.channels.telegram.service import start

    return await start(stack, app, site, budget)


async def _listen(stack: AsyncExitStack, site: web.Application, settings: Settings) -> str:
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=GRACE)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    doorkeeper = ConnectionLimiter(raise_limit(), settings.trusted_proxies)
    listener = Site(runner, settings.http_host, settings.http_port, doorkeeper)
    try:
        await listener.start()
    except OSError as error:
        reason = error.strerror or str(error)
        raise ServiceError(
            f"cannot listen at {settings.http_host}:{settings.http_port} ({reason}): "
            "set STOCKTAKING_HTTP_PORT to a free port"
        ) from None
    host, port = runner.addresses[0][:2]
    return f"http://{host}:{port}"


def run(settings: Settings) -> None:
    """Serve, from a plain call."""
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(settings))
