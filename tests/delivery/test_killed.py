"""Couriers killed in the middle of their work: nobody twice, nobody silently forgotten."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from dialogs.domain.notice import DeliveryState, NoticeState
from storage.engine.database import Database
from storage.messaging import deliveries
from tests.delivery.doubtful import doubtful
from tests.delivery.telegram import Telegram, most_in_a_second
from tests.delivery.test_courier import announce, reach, received, state_of, url_of

ROOT = Path(__file__).parents[2]
WORKERS = 16


async def spawn(database: Database, telegram: Telegram, rate: float) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.delivery.worker", url_of(database), telegram.url, str(rate)),
        cwd=ROOT,
        stdout=PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )


async def start(database: Database, telegram: Telegram, rate: float) -> Process:
    """A courier's process that is there, active or not."""
    process = await spawn(database, telegram, rate)
    assert process.stdout is not None
    await process.stdout.readline()
    return process


@dataclass
class Sender:
    """A courier's process; `active` is done when it has become the one that sends."""

    process: Process
    active: asyncio.Task[bytes]

    @classmethod
    async def start(cls, database: Database, telegram: Telegram, rate: float) -> Sender:
        process = await spawn(database, telegram, rate)
        assert process.stdout is not None
        return cls(process, asyncio.create_task(process.stdout.readuntil(b"active\n")))


async def first_active(crew: list[Sender]) -> Sender:
    """The one that sends, as soon as there is one."""
    await asyncio.wait([each.active for each in crew], return_when=asyncio.FIRST_COMPLETED)
    return next(each for each in crew if each.active.done())


async def kill(process: Process) -> None:
    process.send_signal(signal.SIGKILL)
    await process.wait()


async def stop(process: Process) -> None:
    process.send_signal(signal.SIGTERM)
    await process.wait()


async def accounted(database: Database, telegram: Telegram, notice: int, number: int, kills: int) -> None:
    """Nobody twice; who has nothing is among the uncertain, and of those there are few."""
    got = Counter(each.chat for each in telegram.received)
    assert max(got.values()) == 1
    unsure = await database.read(lambda session: doubtful(session, notice))
    assert set(range(1, number + 1)) - set(got) <= unsure
    assert len(unsure) <= kills * WORKERS
    tally = await database.read(lambda session: deliveries.counts(session, notice))
    assert {state for state, _ in tally} <= {DeliveryState.SENT, DeliveryState.UNCERTAIN}
    assert sum(tally.values()) == number


@pytest.mark.feature("A13")
async def test_a_killed_courier_leaves_its_letters_uncertain_and_the_next_one_goes_on(database: Database) -> None:
    async with Telegram() as telegram:
        notice = await database.write(announce(range(1, 301)))
        for so_far in (40, 120):
            process = await start(database, telegram, 100)
            await received(telegram, so_far)
            await kill(process)
        process = await start(database, telegram, 300)
        await reach(database, notice, NoticeState.DONE)
        await stop(process)
        await accounted(database, telegram, notice, 300, kills=2)


@pytest.mark.feature("A13")
async def test_of_two_couriers_one_works_and_the_other_takes_over_when_it_dies(database: Database) -> None:
    async with Telegram() as telegram:
        first = await Sender.start(database, telegram, 60)
        await first.active
        heir = await start(database, telegram, 120)
        notice = await database.write(announce(range(1, 401)))
        await received(telegram, 100)
        most = max(sum(1 for at in telegram.times if at <= t < at + 1) for t in telegram.times)
        assert most <= 60  # the second one kept still
        await kill(first.process)
        died, before = time.monotonic(), len(telegram.received)
        await received(telegram, before + WORKERS + 1)
        assert telegram.times[before + WORKERS] < died + 30  # a lease of eight seconds, and two cores that are busy
        await reach(database, notice, NoticeState.DONE)
        await stop(heir)
        await accounted(database, telegram, notice, 400, kills=1)


@pytest.mark.faults
@pytest.mark.timeout(900)
async def test_fifty_kills_of_the_active_courier_double_nobody_and_forget_nobody(database: Database) -> None:
    """Whoever has become the active one is killed in the midst of its work; its heir may be just starting."""
    number, kills, pace = 3_000, 50, 60
    async with Telegram(slow=0.02) as telegram:
        notice = await database.write(announce(range(1, number + 1)))
        crew = [await Sender.start(database, telegram, pace) for _ in range(2)]
        for _ in range(kills):
            active = await first_active(crew)
            await received(telegram, len(telegram.received) + WORKERS)
            await kill(active.process)
            crew.remove(active)
            crew.append(await Sender.start(database, telegram, pace))
        assert await state_of(database, notice) is NoticeState.RUNNING
        await reach(database, notice, NoticeState.DONE)
        for each in sorted(crew, key=lambda each: not each.active.done()):
            await each.active
            await stop(each.process)
        assert most_in_a_second(telegram.times) <= pace
        await accounted(database, telegram, notice, number, kills=kills)
