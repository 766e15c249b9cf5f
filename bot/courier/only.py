"""One active courier among all processes on one database, and a quick heir when it dies.

On PostgreSQL this is an advisory lock held by a connection of its own: the server lets go of it the moment
the holder's connection ends, however it died. On SQLite it is a lock on a file beside the database, which
the operating system lets go of.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy.engine import make_url

__all__ = ["Baton", "hold"]

log = logging.getLogger(__name__)

KEY = 0x5754_4B43
"""The advisory lock's number, the same in all replicas."""
NAME = "stocktaking courier"
ASKING = 1.0
"""Seconds between two tries to get the lock."""
CHECKING = 2.0
"""Seconds between two looks whether the lock's connection still stands."""


class Baton:
    """Who holds it is the active courier, until `lost` is set. `after_another`: somebody held it just before."""

    def __init__(self, *, after_another: bool = False) -> None:
        self.lost = asyncio.Event()
        self.after_another = after_another


@asynccontextmanager
async def hold(url: str) -> AsyncIterator[Baton]:
    """Wait until this process is the one to send, and be it until leaving."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        plain = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
        async with _on_postgresql(plain) as baton:
            yield baton
    else:
        async with _on_a_file(f"{parsed.database}.courier" if parsed.database else None) as baton:
            yield baton


@asynccontextmanager
async def _on_a_file(path: str | None) -> AsyncIterator[Baton]:
    """A database in memory belongs to its process, so there is nobody to agree with."""
    if path is None or path == ":memory:.courier":
        yield Baton()
        return
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    waited = False
    try:
        while not _locked(handle):
            waited = True
            await asyncio.sleep(ASKING)
        yield Baton(after_another=waited)
    finally:
        os.close(handle)


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@asynccontextmanager
async def _on_postgresql(url: str) -> AsyncIterator[Baton]:
    connection, waited = await _first_with_the_lock(url)
    baton = Baton(after_another=waited)
    watch = asyncio.create_task(_watch(connection, baton))
    try:
        yield baton
    finally:
        watch.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watch
        await _leave(connection)


async def _first_with_the_lock(url: str) -> tuple[Any, bool]:
    """Ask until we get it; whether another one had it first. A database that is away for a while is asked again."""
    import asyncpg  # type: ignore[import-untyped]

    waited = False
    while True:
        connection = None
        try:
            connection = await asyncpg.connect(url, timeout=5, server_settings={"application_name": _name()})
            while not await connection.fetchval("SELECT pg_try_advisory_lock($1)", KEY, timeout=5):
                waited = True
                await asyncio.sleep(ASKING)
            return connection, waited
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.warning("the courier's lock cannot be asked for: %s", type(error).__name__)
            if connection is not None:
                connection.terminate()
            await asyncio.sleep(ASKING)
        except asyncio.CancelledError:
            if connection is not None:
                connection.terminate()
            raise


def _name() -> str:
    """What the server's list of connections (`pg_stat_activity`) calls us: so one sees which process may send."""
    return f"{NAME} {os.getpid()}"


async def _watch(connection: Any, baton: Baton) -> None:
    """The lock is ours as long as its connection answers."""
    import asyncpg

    while True:
        await asyncio.sleep(CHECKING)
        try:
            await connection.fetchval("SELECT 1", timeout=CHECKING)
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            log.warning("the courier's lock is lost: another process may take over")
            baton.lost.set()
            return


async def _leave(connection: Any) -> None:
    import asyncpg

    try:
        await connection.close(timeout=2)
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
        connection.terminate()
