"""The processes that show screens, and which of them still live.

On PostgreSQL each process registers a number of its own, as an advisory lock on a connection that it keeps. The server
lets go of the lock the moment that connection ends, however its process died; so what the process was about to show is
taken over at once, and what a slow but living process is showing is left to it. On SQLite there is one process only.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, ColumnElement, Select, cast, column, func, select, table, text
from sqlalchemy.exc import SQLAlchemyError

from storage.engine.database import Database, DatabaseError

if TYPE_CHECKING:  # a start on SQLite loads nothing of PostgreSQL
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

__all__ = ["NOBODY", "alive", "registered"]

log = logging.getLogger(__name__)

NOBODY = 0
"""The number of no process: whoever comes first."""

LOCKS = 0x5754_4B53
"""The first half of the locks' numbers, the same in all processes; the second half is the process's."""

CHECKING = 1.0
"""Seconds between two looks whether the connection still stands."""

FAILURES = (OSError, TimeoutError, SQLAlchemyError, DatabaseError)


def alive(worker: Any) -> ColumnElement[bool]:
    """Whether the process with this number still holds its lock (PostgreSQL only)."""
    locks = table("pg_locks", *(column(name) for name in ("locktype", "classid", "objid", "granted", "database")))
    here: Select[tuple[Any]] = (
        select(column("oid")).select_from(text("pg_database")).where(text("datname = current_database()"))
    )
    held = select(cast(locks.c.objid, BigInteger)).where(
        locks.c.locktype == "advisory",
        locks.c.granted,
        cast(locks.c.classid, BigInteger) == LOCKS,
        locks.c.database == here.scalar_subquery(),
    )
    found: ColumnElement[bool] = worker.in_(held)
    return found


@asynccontextmanager
async def registered(database: Database) -> AsyncIterator[int]:
    """The number of this process, which counts as alive until leaving; NOBODY where no other process can be."""
    engine = database.engine
    if engine is None:
        yield NOBODY
        return
    worker = secrets.randbelow(2**31 - 1) + 1
    connection = await _locked(engine, worker)
    task = asyncio.create_task(_kept(engine, connection, worker))
    try:
        yield worker
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _locked(engine: AsyncEngine, worker: int) -> AsyncConnection:
    """A connection that holds the lock, outside any transaction."""
    connection = await engine.connect()
    try:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(select(func.pg_advisory_lock(LOCKS, worker)))
    except BaseException:
        await _dropped(connection)
        raise
    return connection


async def _kept(engine: AsyncEngine, connection: AsyncConnection | None, worker: int) -> None:
    """Look after the lock; on a new connection when the old one broke."""
    try:
        while True:
            await asyncio.sleep(CHECKING)
            try:
                if connection is None:
                    connection = await _locked(engine, worker)
                else:
                    await connection.execute(select(1))
            except FAILURES as error:
                log.warning("this process is not registered at the database, trying again: %s", type(error).__name__)
                if connection is not None:
                    await _dropped(connection)
                connection = None
    finally:
        if connection is not None:
            await _dropped(connection)


async def _dropped(connection: AsyncConnection) -> None:
    """End the connection itself: in the pool it would go on holding the lock."""
    with contextlib.suppress(*FAILURES):
        await connection.invalidate()
    with contextlib.suppress(*FAILURES):
        await connection.close()
