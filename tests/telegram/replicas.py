"""Two services on one PostgreSQL, and what stands in people's chats whichever of them wrote it."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from tests.botapi import BotApi
from tests.botapi.people import Person
from tests.service import Service
from tests.telegram.opening import SECRET, telegram

__all__ = ["Balancer", "asks", "buttons", "called_is", "services"]


def services(server: BotApi, folder: Path, url: str, public: str = "") -> tuple[Service, Service]:
    """Two services that are called by webhook: each at an address of its own, or both at a `public` one."""
    made = []
    for name in ("one", "two"):
        settings = telegram(server, "webhook")
        settings["telegram_webhook_url"] = public or settings["telegram_webhook_url"]
        made.append(Service(folder / name, database_url=url, **settings))
    return made[0], made[1]


def called_is(server: BotApi, service: Service) -> None:
    """From now on Telegram calls this service."""
    server.webhook = {"url": f"{service.url}/telegram", "secret_token": SECRET}


class Balancer:
    """A load balancer: calls go to each service in turn, and to the next one when a service does not answer."""

    def __init__(self, backends: Sequence[Service] = ()) -> None:
        self.backends = list(backends)
        self.url = ""
        self._turns = itertools.count()

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Balancer]:
        site = web.Application()
        site.router.add_post("/{path:.*}", self._passed_on)
        runner = web.AppRunner(site, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = "http://{}:{}".format(*runner.addresses[0][:2])
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as self._session:
            yield self
        await runner.cleanup()

    async def _passed_on(self, request: web.Request) -> web.Response:
        body, first = await request.read(), next(self._turns)
        kept = ("Content-Type", "X-Telegram-Bot-Api-Secret-Token")
        headers = {name: request.headers[name] for name in kept if name in request.headers}
        for number in range(len(self.backends)):
            backend = self.backends[(first + number) % len(self.backends)]
            try:
                async with self._session.post(backend.url + request.path, data=body, headers=headers) as answer:
                    return web.Response(status=answer.status, body=await answer.read(), content_type="application/json")
            except (aiohttp.ClientConnectionError, TimeoutError):
                await asyncio.sleep(0)
        return web.Response(status=502)


def asks(message: dict[str, Any]) -> str:
    """The first line that a message of the bot says."""
    return str(message.get("text") or message.get("caption") or "").partition("\n")[0]


def buttons(person: Person) -> list[dict[str, Any]]:
    """The messages in a chat whose buttons can be pressed."""
    return [message for message in person.shown if message.get("reply_markup", {}).get("inline_keyboard")]
