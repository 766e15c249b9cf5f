"""A database that says no: for a while, in every way there is, while people go on talking."""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import aiohttp
import asyncpg
import pytest

from tests import postgres
from tests.botapi import BotApi
from tests.botapi.people import Person
from tests.faults.outages import OUTAGES, Victim, refusing
from tests.service import Service
from tests.telegram.opening import telegram

EVERY = 0.8
"""Seconds between two messages of somebody who was answered."""
IMPATIENT = 2.0
"""Seconds after which they say something more though they were not answered."""
PATIENCE = 120.0
"""Seconds within which a busy machine must have answered; what is promised is said by the long form."""
STATES = ("08006", "25P03", "40P01", "53200", "55000", "55P03", "57014", "57P03", "58030", "99ABC")
"""One of each class that passes, and one that nobody knows."""

LINE = re.compile(r"(\S+)\.\d{3} (?:WARNING|ERROR|CRITICAL) \S+ .*?(the database [^(]*\(\w+\))")

pytestmark = [postgres.NEEDED, pytest.mark.timeout(900)]


@asynccontextmanager
async def talking(server: BotApi, how_many: int) -> AsyncIterator[list[Person]]:
    """People who say something every now and then for as long as the block lasts."""
    people = [server.person(f"Person {number}") for number in range(how_many)]
    await asyncio.gather(*(person.gets(person.starts()) for person in people))
    over = asyncio.Event()

    async def talk(person: Person) -> None:
        while not over.is_set():
            shown = len(person.shown)
            await person.says("/help")
            with contextlib.suppress(TimeoutError):
                await server.until(lambda shown=shown: len(person.shown) > shown or over.is_set(), IMPATIENT)
            await asyncio.sleep(EVERY)

    talks = [asyncio.create_task(talk(person)) for person in people]
    yield people
    over.set()
    await asyncio.gather(*talks)


@asynccontextmanager
async def opened(folder: Path, how: str, **settings: str) -> AsyncIterator[tuple[BotApi, Victim, Service]]:
    victim = await asyncio.to_thread(Victim)
    async with BotApi() as server:
        service = Service(folder, database_url=victim.url, **telegram(server, how), **settings)
        async with service:
            yield server, victim, service
    await asyncio.to_thread(victim.server.remove)


async def readiness(service: Service, over: asyncio.Event) -> Counter[int]:
    """What `/ready` says until it is over."""
    said: Counter[int] = Counter()
    async with aiohttp.ClientSession() as session:
        while not over.is_set():
            async with session.get(f"{service.url}/ready") as answer:
                said[answer.status] += 1
            await asyncio.sleep(0.2)
    return said


async def befall(
    outage: Callable[[Victim], AbstractAsyncContextManager[None]],
    victim: Victim,
    service: Service,
    seconds: float,
) -> Counter[int]:
    """Let something befall the server for a while; what `/ready` said in the last part of it."""
    over = asyncio.Event()
    async with outage(victim):
        settling = min(2.0, seconds / 2)
        await asyncio.sleep(settling)
        asked = asyncio.create_task(readiness(service, over))
        await asyncio.sleep(seconds - settling)
        over.set()
        return await asked


async def until_answered(server: BotApi, people: list[Person], patience: float) -> float:
    """Wait until each of them has been shown something more; how long that took."""
    began = time.monotonic()
    before = {person.id: len(person.shown) for person in people}
    await server.until(lambda: all(len(person.shown) > before[person.id] for person in people), patience)
    return time.monotonic() - began


async def lost(server: BotApi, victim: Victim) -> set[int]:
    """Updates that Telegram was told are taken, and that are not among those handled once nothing waits any more."""
    await server.until(lambda: server.waiting == 0, PATIENCE)
    connection = await asyncpg.connect(victim.root)
    async with asyncio.timeout(PATIENCE):
        while await connection.fetchval("SELECT count(*) FROM parked_updates"):  # noqa: ASYNC110  nobody tells us
            await asyncio.sleep(0.1)
    handled = await connection.fetch("SELECT update_id FROM handled_updates WHERE channel = 'telegram'")
    await connection.close()
    return server.delivered - {int(row["update_id"]) for row in handled}


def crowded(log: str) -> dict[tuple[str, str], int]:
    """Causes with more than one line in the same second."""
    lines = Counter((found[1], found[2]) for found in map(LINE.match, log.splitlines()) if found)
    return {key: count for key, count in lines.items() if count > 1}


def check_log(service: Service) -> None:
    assert "Traceback" not in service.log, service.log[-8_000:]
    assert not crowded(service.log)


@pytest.mark.feature("S18", "S2")
@pytest.mark.parametrize("how", ["polling", "webhook"])
async def test_nothing_is_lost_and_everybody_answered_whatever_befalls_the_database(how: str, tmp_path: Path) -> None:
    """Each kind for a moment, one after the other, and each class of SQLSTATE that passes."""
    async with opened(tmp_path, how) as (server, victim, service):
        async with talking(server, 4) as people:
            await endure_each(server, people, victim, service)
        assert await lost(server, victim) == set()
        assert len(server.delivered) > 30
        assert "is let go" not in service.log
        check_log(service)


async def endure_each(server: BotApi, people: list[Person], victim: Victim, service: Service) -> None:
    for name in ("disk full", "read-only", "crashed", "no connections", "locked", "stopped"):
        said = await befall(OUTAGES[name], victim, service, 1.5)
        assert name == "locked" or set(said) == {503}, (name, said)
        await until_answered(server, people, PATIENCE)
    for state in STATES:
        async with refusing(state)(victim):
            await asyncio.sleep(EVERY)
    await until_answered(server, people, PATIENCE)


@pytest.mark.faults
@pytest.mark.feature("S18", "S19", "S2")
@pytest.mark.parametrize("how", ["polling", "webhook"])
@pytest.mark.parametrize(("name", "seconds"), [(name, 30.0 if "full" in name else 12.0) for name in OUTAGES])
async def test_nor_by_a_long_outage(how: str, name: str, seconds: float, tmp_path: Path) -> None:
    async with opened(tmp_path, how) as (server, victim, service):
        async with talking(server, 8) as people:
            said = await befall(OUTAGES[name], victim, service, seconds)
            took = await until_answered(server, people, PATIENCE)
        missing = await lost(server, victim)
        print(f"{name}, {how}: {len(server.delivered)} said, {len(missing)} lost, answered after {took:.1f} s, {said}")
        assert missing == set()
        assert took < 5.0
        assert set(said) == {503} or name == "tablespace full", "a mark that fits where an older one was is written"
        check_log(service)


@pytest.mark.feature("S19")
@pytest.mark.parametrize("how", ["polling", "webhook"])
async def test_one_row_that_is_locked_holds_up_nobody_else(how: str, tmp_path: Path) -> None:
    async with opened(tmp_path, how) as (server, victim, service):
        async with talking(server, 4) as (held, *others):
            connection = await asyncpg.connect(victim.root)
            async with connection.transaction():
                await connection.execute(
                    "SELECT people.* FROM people JOIN accounts ON person_id = id WHERE address = $1 FOR UPDATE",
                    str(held.id),
                )
                await asyncio.sleep(EVERY)
                before = len(held.shown)
                for _ in range(2):
                    await until_answered(server, others, PATIENCE)
                async with aiohttp.ClientSession() as session, session.get(f"{service.url}/ready") as answer:
                    assert answer.status == 200
                assert len(held.shown) <= before + 1
            await connection.close()
            await until_answered(server, [held], PATIENCE)
        assert await lost(server, victim) == set()
        assert "the database is away" not in service.log
        check_log(service)
