"""Being called by Telegram. A call is answered with 200 only when its turn is committed."""

from __future__ import annotations

import asyncio
import hmac
import logging
from typing import Any
from urllib.parse import urlsplit

from aiogram import Bot
from aiogram.methods import AnswerCallbackQuery, SetWebhook, TelegramMethod
from aiogram.types import Update
from aiohttp import web

from bot.channels.telegram.channel import Reply
from bot.channels.telegram.intake.parse_update import ALLOWED
from bot.channels.telegram.intake.update_json import read_json, read_update
from bot.channels.telegram.intake.update_retry import Intake
from storage.engine.database import DatabaseUnavailable

__all__ = ["attach", "register"]

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 1_000_000
"""Bytes of a call that are read."""
CALLS_AT_ONCE = 40

HELD = 8.0
"""Seconds that a call waits for a database that is away: Telegram comes back with it after a pause that grows."""
PRESSED_FOR = 3.0
"""Seconds after which a press is answered though its turn still waits. Telegram takes answers for about fifteen."""


def attach(site: web.Application, intake: Intake, url: str, secret: str) -> None:
    """Take calls at the path of `url` that know the secret. Other methods get 405, other paths 404."""

    async def called(request: web.Request) -> web.Response:
        # Compared in constant time, before anything is read.
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), secret.encode()):
            return web.Response(status=403, text="Only Telegram calls here.\n")
        body = await _body(request)
        if body is None:
            return web.Response(status=413, text="Too large.\n")
        try:
            update = read_update(read_json(body))
        except (ValueError, RecursionError):
            return web.Response(status=400, text="Not JSON.\n")
        # What nobody can read is accepted: Telegram would send it again for a day.
        return await _taken(intake, update) if update is not None else web.Response()

    async def stop(site: web.Application) -> None:
        intake.stop()

    site.router.add_post(urlsplit(url).path or "/", called)
    site.on_shutdown.append(stop)


async def _body(request: web.Request) -> bytes | None:
    """The body; None when it is larger than any update."""
    if (request.content_length or 0) > LARGEST:
        return None
    body = bytearray()
    async for piece in request.content.iter_any():
        body += piece
        if len(body) > LARGEST:
            return None
    return bytes(body)


async def _taken(intake: Intake, update: Update) -> web.Response:
    """Take an update. The reply answers a press, unless that takes longer than people wait for a button, or takes away
    the buttons of a question that was answered: either saves a call.
    """
    pressed, reply = intake.channel.answer_press(update, PRESSED_FOR), Reply()
    try:
        await asyncio.shield(intake.take(update, HELD, reply))
    except DatabaseUnavailable as error:
        log.warning("update %s is not taken, Telegram will send it again: %s", update.update_id, error)
        return web.Response(status=503, headers={"Retry-After": "2"})
    finally:
        in_time = pressed is not None and pressed.cancel()
    if in_time and update.callback_query is not None:
        reply.call = AnswerCallbackQuery(callback_query_id=update.callback_query.id)
    return web.json_response(_told(reply.call)) if reply.call is not None else web.Response()


def _told(call: TelegramMethod[Any]) -> dict[str, Any]:
    """A call as a reply to the webhook says it."""
    return {"method": call.__api_method__, **call.model_dump(exclude_none=True)}


async def register(bot: Bot, url: str, secret: str) -> None:
    """Tell Telegram where to call."""
    await bot(SetWebhook(url=url, secret_token=secret, allowed_updates=ALLOWED, max_connections=CALLS_AT_ONCE))
