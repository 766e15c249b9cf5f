"""The way to the database: units of work go in, results come out. One interface over both engines.

A unit of work is a plain synchronous function on a session. `write` runs it in a transaction that is on disk when
the call returns; `read` runs it beside the writers, and lets it change nothing. A unit may be run again after a
collision with another one, so it must not do anything but work on its session.

Both raise DatabaseUnavailable for whatever passes by itself (`storage.failures` decides), on either engine. Any other
exception is a mistake of ours.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlmodel import Session

__all__ = ["Database", "DatabaseError", "DatabaseUnavailable", "Work"]

T = TypeVar("T")

Work = Callable[[Session], T]


class DatabaseError(Exception):
    """Why the database cannot be used, in one line that says what to do and shows no password."""


class DatabaseUnavailable(DatabaseError):
    """The database said no for a reason that passes by itself: it is away, full, read-only, locked, overloaded.

    Nothing is known to be done: usually nothing is, but a commit whose answer was lost may stand. The same work may be
    tried again when doing it twice does no harm. The text names the cause; it shows no data of anybody.
    """


class Database(ABC):
    """An open database whose tables are up to date."""

    dialect: str
    place: str

    @classmethod
    async def open(cls, url: str) -> Database:
        """Open `sqlite:///path` or `postgresql://user:password@host/name`, bringing its tables up to date."""
        parsed = _parsed(url)
        if parsed.get_backend_name() == "sqlite":
            from storage.sqlite import SqliteDatabase

            return await SqliteDatabase.connect(parsed)
        from storage.postgresql import PostgresDatabase

        return await PostgresDatabase.connect(parsed)

    @abstractmethod
    async def write(self, work: Work[T]) -> T:
        """Run a unit of work; when this returns, what it did is on disk."""

    @abstractmethod
    async def read(self, work: Work[T]) -> T:
        """Run a unit of work that only reads; the engine refuses one that writes."""

    async def look(self, work: Work[T]) -> T:
        """Run a unit of work that reads, and may read or compute much: aside from all others, so that nobody waits."""
        return await self.read(work)

    @abstractmethod
    async def close(self) -> None:
        """Finish what is under way and let go of the database."""


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except ArgumentError:
        raise DatabaseError(
            "STOCKTAKING_DATABASE_URL is no address of a database: "
            "expected sqlite:///path/to/file or postgresql://user:password@host/name"
        ) from None
    if backend == "postgres":
        parsed, backend = parsed.set(drivername="postgresql"), "postgresql"
    if backend not in ("sqlite", "postgresql"):
        raise DatabaseError(f"STOCKTAKING_DATABASE_URL names {backend}: expected sqlite:/// or postgresql://")
    return parsed
