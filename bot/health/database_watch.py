"""When the database was away: a line in the log when it goes, and one when it is back."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import TypeVar

from storage.engine.database import Database, DatabaseUnavailable, Work

__all__ = ["DatabaseWatch"]

T = TypeVar("T")

log = logging.getLogger(__name__)


class DatabaseWatch(Database):
    """A database, and the log of when it was away. Only writes tell: a full disk can still be read.

    It counts as away when something failed and nothing has succeeded since that began: a single row that is locked is
    no outage while others get their turns.
    """

    def __init__(self, database: Database) -> None:
        self.inner = database
        self.dialect, self.place, self.engine = database.dialect, database.place, database.engine
        self._worked = time.monotonic()
        self._away: DatabaseUnavailable | None = None
        self._away_since = 0.0

    async def write(self, work: Work[T]) -> T:
        began = time.monotonic()
        try:
            result = await self.inner.write(work)
        except DatabaseUnavailable as error:
            self._failed(error, began)
            raise
        self._works()
        return result

    async def read(self, work: Work[T]) -> T:
        return await self.inner.read(work)

    async def look(self, work: Work[T]) -> T:
        return await self.inner.look(work)

    async def snapshot(self, path: Path) -> dict[str, int]:
        return await self.inner.snapshot(path)

    async def tidy(self) -> None:
        await self.inner.tidy()

    async def close(self) -> None:
        await self.inner.close()

    def _failed(self, error: DatabaseUnavailable, began: float) -> None:
        if self._away is None and self._worked < began:
            self._away, self._away_since = error, began
            log.error("the database is away: %s", error)

    def _works(self) -> None:
        self._worked = time.monotonic()
        if self._away is not None:
            log.warning("the database is back after %.1f s", self._worked - self._away_since)
            self._away = None
