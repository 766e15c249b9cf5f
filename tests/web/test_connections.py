"""Connections are bounded: so many from one sender and in all, and none that says nothing for long."""

from __future__ import annotations

import asyncio
import re
import resource
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

import pytest
from aiohttp import web

from bot.channels.web.access import connections
from bot.channels.web.access.connections import ConnectionLimiter, Site
from tests.service import Service, free_port
from tests.web.plain import plain

pytestmark = pytest.mark.feature("S10")

HALF = b"GET / HTTP/1.1\r\nHost: here\r\nX-Slow: "


@asynccontextmanager
async def site(most: int, trusted: tuple[IPv4Network | IPv6Network, ...] = ()) -> AsyncIterator[int]:
    """A small site of our own behind a doorkeeper; its port."""
    app, port = web.Application(), free_port()

    async def hello(request: web.Request) -> web.Response:
        return web.Response(text="hello")

    app.router.add_get("/", hello)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await Site(runner, "127.0.0.1", port, ConnectionLimiter(most, trusted)).start()
    yield port
    await runner.cleanup()


async def sends(port: int, text: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(text)
    return reader, writer


async def answered(port: int) -> bool:
    """Whether somebody who comes now is answered."""
    reader, writer = await sends(port, b"GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
    with suppress(ConnectionError):
        return b"hello" in await asyncio.wait_for(reader.read(), 10)
    writer.close()
    return False


async def test_who_says_nothing_is_let_go_and_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "FIRST_REQUEST", 1.0)
    async with site(20) as port:
        half = [await sends(port, HALF) for _ in range(20)]
        await asyncio.sleep(0.1)
        assert not await answered(port), "there are as many as there may be"
        for reader, writer in half:
            assert await asyncio.wait_for(reader.read(), 10) == b""
            writer.close()
        assert await answered(port)


async def test_one_sender_has_so_many_and_a_proxy_that_is_trusted_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "A_SENDER", 5)
    for trusted, most in (((), 5), ((IPv4Network("127.0.0.0/8"),), 20)):
        async with site(20, trusted) as port:
            held = [await sends(port, HALF) for _ in range(most)]
            await asyncio.sleep(0.1)
            assert not await answered(port)
            held.pop()[1].close()
            await asyncio.sleep(0.1)
            assert await answered(port)
            for _, writer in held:
                writer.close()


async def test_streams_are_for_those_who_talk_to_us_a_few_each_with_all_headers(tmp_path: Path) -> None:
    async with Service(tmp_path) as service, plain(service.url) as anna:
        assert await anna.asks("GET", "/chat/stream") == 204
        await anna.posts(command="start")
        streams = [await anna.client.get("/chat/stream") for _ in range(13)]
        assert [stream.status for stream in streams] == [200] * 12 + [429]
        headers = streams[0].headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff" and headers["Cache-Control"] == "no-store"
        assert headers["X-Accel-Buffering"] == "no"
        streams[0].close()
        await asyncio.sleep(0.2)
        await anna.posts(text="/leave")
        await anna.posts("/leave")
        assert b"event" not in await asyncio.wait_for(streams[1].read(), 10), "it ends with the session"
        for answer in (*streams, await anna.client.get("/nowhere"), await anna.client.get("/health")):
            assert answer.headers["Server"] == "stocktaking"
        reader, _ = await sends(service.port, b"NONSENSE\r\n\r\n")
        said = await asyncio.wait_for(reader.read(), 10)
        assert b" 400 " in said and not re.search(rb"(?i)server:.*(python|aiohttp)", said)
        limits = Path(f"/proc/{service.process.pid}/limits") if service.process else Path()
        if limits.exists():
            soft = re.search(r"Max open files\s+(\d+)", limits.read_text())
            hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
            assert soft and int(soft[1]) >= min(hard, connections.WANTED)
