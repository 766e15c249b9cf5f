"""Senders killed at any moment: the platform gets each version of each entry, once by its key, in order."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.push.receiver import Receiver, read_receivers
from storage.engine.database import Database
from storage.push import outbox, receivers
from tests.push.platform import Platform
from tests.push.sending import entry, revise_all

ROOT = Path(__file__).parents[2]
VERSIONS = 3


async def killed(database: Database, url: str, kills: int) -> None:
    """Entries go out while one sender after another is killed, at moments that differ."""
    entries = kills * 4
    async with Platform() as platform:
        wishes = [Receiver.model_validate(each).wish for each in read_receivers(platform.setting())]
        await database.write(lambda session: receivers.keep(session, wishes))
        names = await database.write(lambda session: [entry(session, number) for number in range(1, entries + 1)])
        for _ in range(VERSIONS - 1):
            await database.write(lambda session: revise_all(session, names))
        for kill in range(kills):
            goal = len(platform.messages) + 1 + kill % 5
            await run(url, platform, lambda goal=goal: len(platform.messages) >= goal)
        await run(url, platform, lambda: len(platform.keys) == entries * VERSIONS)
        left = await database.read(outbox.waiting)
        for name in names:
            theirs = [key for key in platform.keys if key.startswith(name)]
            assert theirs == [f"{name}.{version}" for version in range(1, VERSIONS + 1)]
        assert sum(left.values()) <= 16, "at most what was under way at the last kill is not noted"


async def run(url: str, platform: Platform, until: Callable[[], bool]) -> None:
    """A sender, killed as soon as something is so."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.push.worker", url, platform.setting()),
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    try:
        async with asyncio.timeout(90):
            while not until():  # noqa: ASYNC110  another process does it
                await asyncio.sleep(0.003)
    finally:
        process.send_signal(signal.SIGKILL)
        await process.wait()


@pytest.mark.feature("X4", "O4")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_nothing_is_missed_when_a_sender_is_killed(database: Database, database_url: str) -> None:
    await killed(database, database_url, kills=2)


@pytest.mark.faults
@pytest.mark.timeout(1800)
async def test_nothing_is_missed_over_fifty_kills(database: Database, database_url: str) -> None:
    await killed(database, database_url, kills=50)
