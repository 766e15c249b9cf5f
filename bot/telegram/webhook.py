"""Being called by Telegram. A call is answered with 200 only when its turn is committed."""

from __future__ import annotations

import asyncio
import hmac
import logging
from typing import Any
from urllib.parse import urlsplit

from aiogram import Bot
from aiogram.methods import SetWebhook, TelegramMethod
from aiogram.types import Update
from aiohttp import web

from bot.telegram.channel import TelegramChannel
from bot.telegram.intake import STORE_FAILS, surely
from bot.telegram.reading import read_json, read_update
from bot.telegram.understanding import ALLOWED

__all__ = ["attach", "register"]

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 1_000_000
"""Bytes of a call that are read."""
CALLS_AT_ONCE = 40


def attach(site: web.Application, channel: TelegramChannel, url: str, secret: str) -> None:
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
        return await _taken(channel, update) if update is not None else web.Response()

    site.router.add_post(urlsplit(url).path or "/", called)


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


async def _taken(channel: TelegramChannel, update: Update) -> web.Response:
    """Take an update; what it needs of Telegram at once goes into the reply and saves a call."""
    try:
        reply = await asyncio.shield(surely(channel.take_replying, update))
    except STORE_FAILS as error:
        log.error("update %s could not be taken, Telegram will send it again: %r", update.update_id, error)
        return web.Response(status=503, headers={"Retry-After": "2"})
    return web.json_response(_as_reply(reply)) if reply is not None else web.Response()


def _as_reply(method: TelegramMethod[Any]) -> dict[str, Any]:
    return {"method": method.__api_method__, **method.model_dump(exclude_none=True)}


async def register(bot: Bot, url: str, secret: str) -> None:
    """Tell Telegram where to call."""
    await bot(SetWebhook(url=url, secret_token=secret, allowed_updates=ALLOWED, max_connections=CALLS_AT_ONCE))
