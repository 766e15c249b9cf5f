"""PostgreSQL, through asyncpg: for several processes on one database.

Every wait has an end. The server ends a statement, a wait for a lock and an idle transaction after the times below, so
a forgotten `BEGIN` in somebody's console or a frozen replica holds its rows for seconds. The client ends what a server
that has frozen never will. What ends that way is DatabaseUnavailable, and the work is tried again by whoever asked.
"""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import event
from sqlalchemy.engine import URL
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import NullPool
from sqlmodel import Session

from storage.engine import migrate, pooler
from storage.engine.database import Database, DatabaseError, Tables, Work
from storage.engine.errors import is_collision, is_lost, unavailable
from storage.engine.read_thread import ReadThread

__all__ = ["PostgresDatabase", "patient"]

T = TypeVar("T")

DRIVER = "postgresql+asyncpg"

TRIES = 6
"""For work that met another transaction, or an old connection whose server has been restarted since."""

SERVER_TIMES = {
    "statement_timeout": "15s",
    "lock_timeout": "3s",
    "idle_in_transaction_session_timeout": "10s",
    "tcp_keepalives_idle": "30s",
    "tcp_keepalives_interval": "10s",
    "tcp_keepalives_count": "3",
}
"""Set for each connection, by SET and not in its first packet: pgbouncer refuses a packet that names them."""

WITHOUT_JIT = "off"
"""Compiling the large queries of the reminders takes ten times as long as running them."""

CONNECT_TIME = 5.0
COMMAND_TIME = 20.0
"""Seconds the client waits for a server that does not answer at all: longer than the server's own times."""

CONNECTIONS = 10
MORE_CONNECTIONS = 10
"""Kept open, and opened besides when many people write at once. A turn needs one for about ten milliseconds."""
POOL_TIME = 5.0
"""Seconds to wait for a free connection."""

LOOKERS = 4
"""Connections for what reads much, from a thread of its own."""


class PostgresDatabase(Database):
    """A database of a PostgreSQL server."""

    dialect = "postgresql"

    def __init__(self, engine: AsyncEngine, looking: AsyncEngine, place: str) -> None:
        self.engine: AsyncEngine = engine
        self.place = place
        self._looking = looking
        self._aside = ReadThread("postgresql-looker")

    @classmethod
    async def connect(cls, url: URL, tables: Tables = Tables.UPGRADE) -> PostgresDatabase:
        """Open the database of `url`; DatabaseError when the server cannot be reached or refuses."""
        engine, looking = _engine(url, CONNECTIONS, MORE_CONNECTIONS), _engine(url, LOOKERS, 0)
        place = url.render_as_string(hide_password=True)
        try:
            if tables is not Tables.MAKE and await pooler.is_by_transaction(url):
                raise DatabaseError(pooler.REFUSED)
            await _with_tables(engine, url, tables)
        except DatabaseError as error:
            await engine.dispose()
            raise type(error)(f"cannot use {place}: {error}") from None
        except (OSError, SQLAlchemyError, TimeoutError) as error:
            await engine.dispose()
            if pooler.is_about_pooling(error):
                raise DatabaseError(f"cannot use {place}: {pooler.REFUSED}") from None
            reason = str(getattr(error, "orig", None) or error).splitlines()[0]
            raise DatabaseError(f"cannot use {place}: {reason}. Is the server running, and the name right?") from None
        return cls(engine, looking, place)

    async def write(self, work: Work[T]) -> T:
        return await self._surely(self.engine, work)

    async def read(self, work: Work[T]) -> T:
        return await self._surely(self.engine, work, postgresql_readonly=True)

    async def look(self, work: Work[T]) -> T:
        return await self._aside.run(lambda: self._surely(self._looking, work, postgresql_readonly=True))

    async def snapshot(self, path: Path) -> dict[str, int]:
        from storage.backup.snapshots import copy_from

        async with patient(self.engine.url) as engine, engine.connect() as connection:
            await connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            return await copy_from(connection, path)

    async def close(self) -> None:
        await self._aside.close(self._looking.dispose)
        await self.engine.dispose()

    async def _surely(self, engine: AsyncEngine, work: Work[T], **options: bool) -> T:
        """Do it, again after a collision; DatabaseUnavailable for what passes but not within a moment."""
        for attempt in range(1, TRIES + 1):
            try:
                return await self._once(engine, work, **options)
            except _Unsent as unsent:
                error = unsent.error
                again = is_lost(error) or is_collision(error) or isinstance(error, IntegrityError)
            except Exception as failed:  # noqa: BLE001  it is raised below, as what it means
                # A commit that failed is not repeated here: if its answer was lost, the work may be done already.
                error, again = failed, is_collision(failed)
            if not again or attempt == TRIES:
                passing = unavailable(error, reading=bool(options))
                raise passing or error from (error if passing else None)
            await asyncio.sleep(random.uniform(0, 0.02 * 2**attempt))
        raise AssertionError("unreachable")

    async def _once(self, engine: AsyncEngine, work: Work[T], **options: bool) -> T:
        sessions = AsyncSession(engine, sync_session_class=Session, expire_on_commit=False)
        async with sessions as session:
            try:
                await session.connection(execution_options=options)
                result: T = await session.run_sync(work)  # type: ignore[arg-type]
                await session.flush()
            except Exception as error:
                raise _Unsent(error) from error
            await session.commit()
            return result


async def _with_tables(engine: AsyncEngine, url: URL, tables: Tables) -> None:
    """See that the tables are there and ours."""
    async with engine.connect() as connection:
        if not await connection.run_sync(migrate.is_due, tables):
            return
    async with patient(url) as slow:
        await migrate.upgrade_postgresql(slow)


@asynccontextmanager
async def patient(url: URL) -> AsyncIterator[AsyncEngine]:
    """Connections that know no time limit, for what takes longer than any turn: migrations, backups."""
    engine = create_async_engine(
        url.set(drivername=DRIVER), poolclass=NullPool, hide_parameters=True, connect_args=_arguments()
    )
    try:
        yield engine
    finally:
        await engine.dispose()


class _Unsent(Exception):
    """What went wrong before the commit was asked for: nothing has happened in the database."""

    def __init__(self, error: Exception) -> None:
        super().__init__(error)
        self.error = error


def _engine(url: URL, connections: int, more: int) -> AsyncEngine:
    engine = create_async_engine(
        url.set(drivername=DRIVER),
        pool_size=connections,
        max_overflow=more,
        pool_timeout=POOL_TIME,
        hide_parameters=True,
        connect_args={**_arguments(), "command_timeout": COMMAND_TIME},
    )
    settings = "; ".join(f"SET {name} = '{value}'" for name, value in {**SERVER_TIMES, "jit": WITHOUT_JIT}.items())

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, record: object) -> None:
        connection.run_async(lambda raw: raw.execute(settings))

    return engine


def _arguments() -> dict[str, Any]:
    return {"timeout": CONNECT_TIME, "server_settings": {"application_name": f"stocktaking {os.getpid()}"}}
