"""PostgreSQL, through asyncpg: for several processes on one database."""

from __future__ import annotations

import asyncio
import random
from typing import TypeVar

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlmodel import Session

from storage import migrating
from storage.database import Database, DatabaseError, Work

__all__ = ["PostgresDatabase"]

T = TypeVar("T")

COLLISIONS = ("40001", "40P01")
"""SQLSTATEs of transactions that met another one: serialization failure, deadlock."""

TRIES = 6


class PostgresDatabase(Database):
    """A database of a PostgreSQL server."""

    dialect = "postgresql"

    def __init__(self, engine: AsyncEngine, place: str) -> None:
        self.engine = engine
        self.place = place

    @classmethod
    async def connect(cls, url: URL) -> PostgresDatabase:
        """Open the database of `url`; DatabaseError when the server cannot be reached or refuses."""
        engine = create_async_engine(url.set(drivername="postgresql+asyncpg"), pool_size=10, max_overflow=10)
        place = url.render_as_string(hide_password=True)
        try:
            async with engine.begin() as connection:
                await connection.run_sync(migrating.bring_up_to_date)
        except (OSError, SQLAlchemyError, TimeoutError) as error:
            await engine.dispose()
            reason = str(getattr(error, "orig", None) or error).splitlines()[0]
            raise DatabaseError(f"cannot use {place}: {reason}. Is the server running, and the name right?") from None
        return cls(engine, place)

    async def write(self, work: Work[T]) -> T:
        for attempt in range(TRIES):
            try:
                return await self._once(work)
            except DBAPIError as error:
                if attempt == TRIES - 1 or not _collided(error):
                    raise
                await asyncio.sleep(random.uniform(0, 0.02 * 2**attempt))
        raise AssertionError("unreachable")

    async def read(self, work: Work[T]) -> T:
        return await self._once(work, postgresql_readonly=True)

    async def close(self) -> None:
        await self.engine.dispose()

    async def _once(self, work: Work[T], **options: bool) -> T:
        sessions = AsyncSession(self.engine, sync_session_class=Session, expire_on_commit=False)
        async with sessions as session, session.begin():
            await session.connection(execution_options=options)
            return await session.run_sync(work)  # type: ignore[arg-type]


def _collided(error: DBAPIError) -> bool:
    """Whether another transaction was quicker: then the same work, done again, sees what it did."""
    return isinstance(error, IntegrityError) or getattr(error.orig, "sqlstate", None) in COLLISIONS
