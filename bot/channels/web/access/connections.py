"""Connections: so many and no more, from one sender and in all, and none that says nothing for long.

Without this, somebody who opens connections and sends half a header on each leaves no file descriptor for anybody, the
database included. A connection too many is closed as soon as it is made: nothing of it is kept or logged.
"""

from __future__ import annotations

import asyncio
import resource
from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Any

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

from bot.channels.web.access.origin import Network, counted, is_trusted

__all__ = ["KEEP_ALIVE", "ConnectionLimiter", "Site", "raise_limit"]

KEEP_ALIVE = 75.0
"""Seconds that an idle connection is kept: longer than the usual 60 of a proxy, who must be the one to close."""

FIRST_REQUEST = 20.0
"""Seconds within which the header of the first request must be there."""

A_SENDER = 200
"""Connections of one sender. Browsers open six; an office of thirty shares an address."""

WANTED = 65_536
"""File descriptors, where the system lets us have so many."""

RESERVED = 128
"""File descriptors that connections must leave: for the database, Telegram and files."""


def raise_limit() -> int:
    """Let this process have as many file descriptors as it may; how many connections that leaves room for."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    found = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return max(16, found - RESERVED) if found != resource.RLIM_INFINITY else WANTED


class ConnectionLimiter:
    """Counts connections. Those of a trusted proxy are bounded in all only: everybody comes through it."""

    def __init__(self, most: int, trusted: Sequence[Network]) -> None:
        self._most, self._trusted = most, trusted
        self._all = 0
        self._senders: Counter[str] = Counter()

    def admits(self, peer: str) -> bool:
        """Whether one more may come in; then it is counted."""
        sender = counted(peer)
        if self._all >= self._most or (self._senders[sender] >= A_SENDER and not is_trusted(peer, self._trusted)):
            return False
        self._all += 1
        self._senders[sender] += 1
        return True

    def left(self, peer: str) -> None:
        """One of those that were let in is closed."""
        sender = counted(peer)
        self._all -= 1
        self._senders[sender] -= 1
        if not self._senders[sender]:
            del self._senders[sender]


class Connection(RequestHandler):
    """A connection that the doorkeeper knows."""

    __slots__ = ("_doorkeeper", "_first", "_peer")

    def __init__(self, manager: web.Server, doorkeeper: ConnectionLimiter, **how: Any) -> None:
        super().__init__(manager, loop=asyncio.get_running_loop(), **how)
        self._doorkeeper = doorkeeper
        self._peer: str | None = None
        self._first: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let it in, or close it at once."""
        name = transport.get_extra_info("peername")
        peer = str(name[0]) if isinstance(name, tuple) else ""
        if not self._doorkeeper.admits(peer):
            transport.abort()  # type: ignore[attr-defined]
            self._manager = None  # so that its loss is nobody's business
            return
        self._peer = peer
        super().connection_made(transport)
        self._first = asyncio.get_running_loop().call_later(FIRST_REQUEST, self._expect_request)

    def connection_lost(self, exc: BaseException | None) -> None:
        """Give its place to another."""
        if self._first is not None:
            self._first.cancel()
        if self._peer is not None:
            self._doorkeeper.left(self._peer)
            self._peer = None
        super().connection_lost(exc)

    def handle_error(
        self, request: web.BaseRequest, status: int = 500, exc: BaseException | None = None, message: str | None = None
    ) -> web.StreamResponse:
        """What is no HTTP is answered before any of our handlers: without the version that aiohttp would name."""
        response = super().handle_error(request, status, exc, message)
        response.headers["Server"] = "stocktaking"
        return response

    def _expect_request(self) -> None:
        if not self._request_count:
            self.force_close()


class Site(web.TCPSite):
    """An address at which connections are let in by a doorkeeper."""

    def __init__(self, runner: web.AppRunner, host: str, port: int, doorkeeper: ConnectionLimiter) -> None:
        super().__init__(runner, host, port)
        self._doorkeeper = doorkeeper

    async def start(self) -> None:
        """Listen."""
        await web.BaseSite.start(self)
        server = self._runner.server
        assert server is not None
        how: dict[str, Any] = {"keepalive_timeout": KEEP_ALIVE, "access_log": None}
        make = partial(Connection, server, self._doorkeeper, **how)
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(make, self._host, self._port, backlog=self._backlog)
