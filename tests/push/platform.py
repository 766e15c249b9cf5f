"""The platform's side of a push: a server that answers as a script says, and judges each message as others would.

`standardwebhooks` is the reference implementation of those who specified the headers.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import jsonschema
from aiohttp import web
from standardwebhooks import Webhook

from bot.push.body import schema
from tests.service import free_port

__all__ = ["NEW_SECRET", "SECRET", "Message", "Platform"]

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
NEW_SECRET = "whsec_bmV3LXNlY3JldC1uZXctc2VjcmV0LW5ldw=="


@dataclass(frozen=True)
class Message:
    key: str
    body: dict[str, Any]
    headers: dict[str, str]
    raw: bytes
    status: int


@dataclass
class Platform:
    """`script`: how to answer the next requests, a status or "hang" or "cut"; then always `usual`.

    `after`: the Retry-After of a 429 or 503; `taken`: messages answered with 2xx, in order.
    """

    script: list[int | str] = field(default_factory=list)
    usual: int | str = 204
    after: str | None = None
    messages: list[Message] = field(default_factory=list)
    secret: str = SECRET

    async def __aenter__(self) -> Platform:
        site = web.Application()
        site.router.add_route("*", "/{path:.*}", self._answer)
        self.runner = web.AppRunner(site, shutdown_timeout=0.1)
        await self.runner.setup()
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/entries"
        await web.TCPSite(self.runner, "127.0.0.1", self.port).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.runner.cleanup()

    @property
    def taken(self) -> list[Message]:
        return [each for each in self.messages if 200 <= each.status < 300]

    @property
    def keys(self) -> list[str]:
        """The keys of what was taken, each once, in the order in which they first came."""
        return list(dict.fromkeys(each.key for each in self.taken))

    def setting(self, name: str = "platform", **more: Any) -> str:
        """A receiver of the settings, as JSON."""
        return json.dumps([{"name": name, "url": self.url, "secrets": [self.secret], **more}])

    async def _answer(self, request: web.Request) -> web.Response:
        raw, headers = await request.read(), dict(request.headers)
        plain = {name.lower(): value for name, value in headers.items()}
        Webhook(self.secret).verify(raw, plain)  # raises when the judge is not content
        body = json.loads(raw)
        jsonschema.validate(body, schema(), jsonschema.Draft202012Validator)
        answer = self.script.pop(0) if self.script else self.usual
        status = answer if isinstance(answer, int) else 0
        self.messages.append(Message(plain["webhook-id"], body, plain, raw, status))
        if answer == "hang":
            await asyncio.sleep(5)
        if not status:
            assert request.transport is not None
            request.transport.abort()
        more = {"Retry-After": self.after} if self.after and status in (429, 503) else {}
        if status == 302:
            more = {"Location": f"http://127.0.0.1:{self.port}/elsewhere"}
        return web.Response(status=status or 500, headers=more)

    def of(self, reference: str) -> Iterator[str]:
        """What was taken of an entry, by its types' last words, in order."""
        return (
            each.body["type"].rpartition(".")[2] for each in self.taken if each.body["data"]["reference"] == reference
        )
