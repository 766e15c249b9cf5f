"""Being called by Telegram. A call is answered with 200 only when its turn is committed."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from urllib.parse import urlsplit

from aiogram import Bot
from aiogram.methods import SetWebhook
from aiogram.types import Update
from aiohttp import web
from pydantic import ValidationError

from bot.telegram.channel import TelegramChannel
from bot.telegram.understanding import ALLOWED

__all__ = ["attach", "register"]

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 1_000_000
"""Bytes of a call that are read."""
CALLS_AT_ONCE = 40


def attach(site: web.Application, channel: TelegramChannel, url: str, secret: str) -> None:
    """Take calls at the path of `url` that know the secret."""

    async def called(request: web.Request) -> web.Response:
        # Compared in constant time, before anything is read.
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), secret.encode()):
            return web.Response(status=403, text="Only Telegram calls here.\n")
        if (request.content_length or 0) > LARGEST:
            return web.Response(status=413, text="Too large.\n")
        try:
            data = json.loads(await _body(request))
        except ValueError:
            return web.Response(status=400, text="Not JSON.\n")
        return await _taken(channel, data)

    site.router.add_post(urlsplit(url).path or "/", called)


async def _body(request: web.Request) -> bytes:
    body = await request.content.read(LARGEST + 1)
    while not request.content.at_eof() and len(body) <= LARGEST:
        body += await request.content.read(LARGEST + 1 - len(body))
    if len(body) > LARGEST:
        raise ValueError("too large")
    return body


async def _taken(channel: TelegramChannel, data: object) -> web.Response:
    try:
        update = Update.model_validate(data)
    except ValidationError as error:
        # Telegram would send it again for a day; nobody can ever read it.
        log.error("an update that is none was let go: %s", error.errors(include_input=False)[:1])
        return web.Response()
    try:
        await asyncio.shield(channel.take(update))
    except Exception:
        log.exception("update %s could not be taken; Telegram will send it again", update.update_id)
        return web.Response(status=500)
    return web.Response()


async def register(bot: Bot, url: str, secret: str) -> None:
    """Tell Telegram where to call."""
    await bot(SetWebhook(url=url, secret_token=secret, allowed_updates=ALLOWED, max_connections=CALLS_AT_ONCE))
