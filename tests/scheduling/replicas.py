"""Processes that send, each on its own view of one database, and each of which is killed some day."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from bot.delivery.composer import Composer, plan, returned
from bot.delivery.ledger import Job, Ledger
from bot.delivery.outgoing import Upshot
from bot.scheduling.reminders import Reminders
from dialogs.questionnaire.source import loader
from storage.engine.database import Database, Work
from tests.driver import WORDS

__all__ = ["Killed", "Mortal", "Replica"]

T = TypeVar("T")
Deliver = Callable[[Job, datetime], Upshot]
VERSIONS = loader.versions()


class Killed(Exception):
    """The process is no more."""


class Mortal(Database):
    """The database as one process reaches it. The last one of `calls` is done, but nobody hears of it any more."""

    def __init__(self, database: Database, calls: int) -> None:
        self.dialect, self.place = database.dialect, database.place
        self._database = database
        self._left = calls

    async def write(self, work: Work[T]) -> T:
        self._count()
        result = await self._database.write(work)
        self._still_here()
        return result

    async def read(self, work: Work[T]) -> T:
        self._count()
        result = await self._database.read(work)
        self._still_here()
        return result

    async def snapshot(self, path: Path) -> dict[str, int]:
        return await self._database.snapshot(path)

    async def close(self) -> None:
        """Nothing: the database is another's."""

    def _count(self) -> None:
        self._still_here()
        self._left -= 1

    def _still_here(self) -> None:
        if self._left <= 0:
            raise Killed


class Replica:
    """One process: it plans reminders and hands letters out, until it is killed. `deliver` is the way to the phones."""

    def __init__(self, database: Database, deliver: Deliver, *, calls: int, workers: int = 1) -> None:
        mortal = Mortal(database, calls)
        self._reminders = Reminders(mortal, VERSIONS)
        self._ledger = Ledger(mortal, Composer(WORDS, self._reminders), returned=returned)
        self._deliver = deliver
        self._workers = workers
        self._new = True

    async def look(self, now: datetime) -> None:
        """What the service does every now and then. Killed: it died of it."""
        if self._new:
            await self._ledger.begin(now)
            self._new = False
        await self._reminders.sweep(now)
        await self.drain(now)

    async def drain(self, now: datetime) -> None:
        """Send what is due."""
        running = await self._ledger.running(now)
        if not running:
            return
        for notice in running:
            while not await self._ledger.plan(notice, plan, now):
                pass
        hands = [self._hand_out(running, now) for _ in range(self._workers)]
        for outcome in await asyncio.gather(*hands, return_exceptions=True):
            if isinstance(outcome, BaseException):
                raise outcome
        for notice in running:
            await self._ledger.finish(notice, now)

    async def _hand_out(self, running: Sequence[int], now: datetime) -> None:
        job = await self._ledger.exchange(running, None, now)
        while job is not None:
            goes = await self._ledger.go(job)
            job = await self._ledger.exchange(running, (job, self._deliver(job, now)) if goes else None, now)
