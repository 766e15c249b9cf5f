"""A small Telegram of our own for the courier: it answers as Telegram does and notes when what arrived."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

from tests.botapi.table import checked

TOKEN = "123456:courier-tests"


@dataclass(frozen=True, slots=True)
class Received:
    """One request that Telegram accepted: `at` on the server's own clock."""

    at: float
    method: str
    chat: int
    fields: dict[str, str]
    files: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return self.fields.get("text", self.fields.get("caption", ""))


Answer = tuple[int, dict[str, Any]]
Script = Callable[[str, int, dict[str, str]], Answer | str | None]
"""What to do with a request: an answer, `drop` (break the connection after taking the message), `cut` (before),
or None (the usual)."""


def refusal(code: int, description: str, **parameters: int) -> Answer:
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    return code, body | ({"parameters": parameters} if parameters else {})


def banned(seconds: int) -> Answer:
    return refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def _open() -> asyncio.Event:
    gate = asyncio.Event()
    gate.set()
    return gate


@dataclass
class Telegram:
    """`async with Telegram() as telegram:` serves at `telegram.url`. `script` decides about each request.

    While `answers` is clear, what arrives is taken and its answer waits.

    A test that leaves it after a call that the table of methods refuses fails.
    """

    script: Script = lambda method, chat, fields: None
    slow: float = 0.0
    answers: asyncio.Event = field(default_factory=_open)
    received: list[Received] = field(default_factory=list)
    refused: list[tuple[float, int]] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    url: str = ""

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 * 2**20)
        app.router.add_post("/bot{token}/{method}", self._take)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        await self._runner.cleanup()
        if kind is None:
            assert not self.violations, self.violations

    def ban(self, seconds: int) -> None:
        """Answer everything with 429 for this long, as Telegram does when a bot went too fast."""
        until, inner = time.monotonic() + seconds, self.script

        def script(method: str, chat: int, fields: dict[str, str]) -> Answer | str | None:
            left = until - time.monotonic()
            return banned(max(1, round(left + 0.499))) if left > 0 else inner(method, chat, fields)

        self.script = script

    def texts(self, chat: int) -> list[str]:
        return [each.text for each in self.received if each.chat == chat]

    @property
    def times(self) -> list[float]:
        return sorted(each.at for each in self.received)

    async def _take(self, request: web.Request) -> web.StreamResponse:
        at = time.monotonic()
        method = request.match_info["method"]
        form = await request.post()
        fields = {name: str(value) for name, value in form.items() if not isinstance(value, web.FileField)}
        files = tuple(v.filename for v in form.values() if isinstance(v, web.FileField))
        self.violations += checked(method, dict(fields), set(form) - set(fields))[1]
        chat = int(fields.get("chat_id", 0))
        verdict = self.script(method, chat, fields)
        if request.match_info["token"] != TOKEN:
            verdict = refusal(401, "Unauthorized")
        if self.slow:
            await asyncio.sleep(self.slow)
        if verdict == "cut":
            return self._break(request)
        if isinstance(verdict, tuple):
            self.refused.append((at, verdict[0]))
            return web.json_response(verdict[1], status=verdict[0])
        self.received.append(Received(at, method, chat, fields, files))
        if verdict == "drop":
            return self._break(request)
        await self.answers.wait()
        return web.json_response({"ok": True, "result": self._result(method, chat, fields)})

    def _break(self, request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    def _result(self, method: str, chat: int, fields: dict[str, str]) -> Any:
        if method == "deleteMessage":
            return True
        message: dict[str, Any] = {
            "message_id": int(fields.get("message_id", len(self.received))),
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private"},
        }
        if method == "sendPhoto":
            sizes = {"width": 10, "height": 10, "file_unique_id": "u"}
            return message | {"photo": [{"file_id": "photo-1", **sizes}], "caption": fields.get("caption")}
        if method == "sendDocument":
            document = {"file_id": "document-1", "file_unique_id": "u"}
            return message | {"document": document, "caption": fields.get("caption")}
        return message | {"text": fields.get("text", "")}


def most_in_a_second(times: list[float], window: float = 1.0) -> int:
    """The fullest sliding second."""
    first, most = 0, 0
    for last, at in enumerate(times):
        while times[first] <= at - window:
            first += 1
        most = max(most, last - first + 1)
    return most
