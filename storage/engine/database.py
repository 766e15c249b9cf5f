"""The way to the database: units of work go in, results come out. One interface over both engines.

A unit of work is a plain synchronous function on a session. `write` runs it in a transaction that is on disk when
the call returns; `read` runs it beside the writers, and lets it change nothing. A unit may be run again after a
collision with another one, so it must not do anything but work on its session.

Both raise DatabaseUnavailable for whatever passes by itself (`storage.engine.errors` decides), on either engine. Any
other exception is a mistake of ours.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlmodel import Session

if TYPE_CHECKING:  # a start on SQLite loads nothing of PostgreSQL
    from sqlalchemy.ext.asyncio import AsyncEngine

__all__ = ["Database", "DatabaseError", "DatabaseUnavailable", "NoTables", "Tables", "Work", "sqlite_file"]

T = TypeVar("T")

Work = Callable[[Session], T]


class DatabaseError(Exception):
    """Why the database cannot be used, in one line that says what to do and shows no password."""


class NoTables(DatabaseError):
    """The database is there, or could be made, but it is empty."""


class Tables(Enum):
    """What opening a database may do to its tables."""

    UPGRADE = auto()
    """Make them, or bring older ones up to date."""
    MAKE = auto()
    """Make them in an empty database; older ones are refused, for a service of that age may be using them."""
    LEAVE = auto()
    """Change nothing: an empty database is refused too."""
    OLDER = auto()
    """Change nothing, and take older ones as they are: for a backup before an upgrade."""


class DatabaseUnavailable(DatabaseError):
    """The database said no for a reason that passes by itself: it is away, full, read-only, locked, overloaded.

    Nothing is known to be done: usually nothing is, but a commit whose answer was lost may stand. The same work may be
    tried again when doing it twice does no harm. The text names the cause; it shows no data of anybody.
    """


class Database(ABC):
    """An open database whose tables are those of this program."""

    dialect: str
    place: str
    engine: AsyncEngine | None = None
    """The pool of connections, where other processes may be on the same database."""

    @classmethod
    async def open(cls, url: str, tables: Tables = Tables.UPGRADE) -> Database:
        """Open `sqlite:///path` or `postgresql://user:password@host/name`.

        DatabaseError when it cannot be used, or its tables are newer than this program; of older ones see `Tables`.
        """
        parsed = _parsed(url)
        if parsed.get_backend_name() == "sqlite":
            from storage.engine.sqlite import SqliteDatabase

            return await SqliteDatabase.connect(parsed, tables)
        from storage.engine.postgresql import PostgresDatabase

        return await PostgresDatabase.connect(parsed, tables)

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
    async def snapshot(self, path: Path) -> dict[str, int]:
        """Write everything, as it is at one moment, into a new SQLite file, while others go on writing.

        Returns what `storage.backup.restore` wants to know besides: the last number that each table has given.
        """

    async def tidy(self) -> None:
        """Let nothing that was erased lie about where the engine keeps it for a while; called now and then."""
        return

    @abstractmethod
    async def close(self) -> None:
        """Finish what is under way and let go of the database."""


def sqlite_file(url: str) -> Path | None:
    """The file of an SQLite database; None for PostgreSQL, or when the address names no file."""
    parsed = _parsed(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        return None
    return Path(parsed.database)


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
