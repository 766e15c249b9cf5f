"""One active courier (or push sender) among all processes on one database, and a quick heir when it dies.

On PostgreSQL this is a lease: a row of the database that names its holder and an end, by the server's clock. The holder
renews it long before the end; who could not renew it in time stops sending before anybody else may begin. A lease needs
nothing of the connection, so a process that froze, a connection that is cut off, and a server connection that a pooler
keeps open hold nobody up for longer than LEASE. On SQLite it is a lock on a file beside the database, which the
operating system lets go of.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import logging
import os
import secrets
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy.engine import make_url

__all__ = ["Leadership", "hold"]

log = logging.getLogger(__name__)

LEASE = 8.0
"""Seconds for which the lease is taken: an heir waits that long at most after its holder died."""
RENEWING = 2.0
"""Seconds between two renewals."""
ANSWERING = 3.0
"""Seconds that the database may take for one."""
MARGIN = 1.0
"""Seconds before its end at which a lease that could not be renewed counts as lost."""
ASKING = 1.0
"""Seconds between two tries to get it."""

TAKE = """
INSERT INTO service_marks (name, holder, at)
VALUES ($3, $1, clock_timestamp() + $2 * interval '1 second')
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, at = excluded.at
WHERE service_marks.holder = excluded.holder OR service_marks.at < clock_timestamp()
RETURNING holder
"""
"""Takes the lease when it is free or over, and renews our own. No row comes back while it is another process's."""
LEAVE = "UPDATE service_marks SET at = clock_timestamp() WHERE name = $2 AND holder = $1"


class Leadership:
    """Who holds it is the active courier, until `lost` is set. `after_another`: somebody held it just before."""

    def __init__(self, *, after_another: bool = False) -> None:
        self.lost = asyncio.Event()
        self.after_another = after_another


@asynccontextmanager
async def hold(url: str, office: str = "courier") -> AsyncIterator[Leadership]:
    """Wait until this process is the one to send, and be it until leaving. Each `office` has a holder of its own."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        plain = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
        async with _on_postgresql(plain, office) as baton:
            yield baton
    else:
        async with _on_a_file(_beside(parsed.database, office)) as baton:
            yield baton


def _beside(database: str | None, office: str) -> str | None:
    """The file to lock. A database in memory belongs to its process, so there is nobody to agree with."""
    return f"{database}.{office}" if database and database != ":memory:" else None


@asynccontextmanager
async def _on_a_file(path: str | None) -> AsyncIterator[Leadership]:
    if path is None:
        yield Leadership()
        return
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    waited = False
    try:
        while not _locked(handle):
            waited = True
            await asyncio.sleep(ASKING)
        yield Leadership(after_another=waited)
    finally:
        os.close(handle)


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@asynccontextmanager
async def _on_postgresql(url: str, office: str) -> AsyncIterator[Leadership]:
    lease = Lease(url, office)
    try:
        waited = False
        while not await lease.renew():
            waited = True
            await asyncio.sleep(ASKING)
        baton = Leadership(after_another=waited)
        watch = asyncio.create_task(_watch(lease, baton))
        try:
            yield baton
        finally:
            watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watch
    finally:
        await lease.leave()


async def _watch(lease: Lease, baton: Leadership) -> None:
    """Renew the lease until it cannot be. What is under way at its end is not waited for."""
    while lease.left > 0:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(lease.left):
                await asyncio.sleep(RENEWING)
                await lease.renew()
    log.warning("the %s lease is lost: another process may take over", lease.office)
    baton.lost.set()


class Lease:
    """Our claim to be the courier. `left`: the seconds for which it may be relied on, by our own clock."""

    def __init__(self, url: str, office: str = "courier") -> None:
        self._url = url
        self.office = office
        self._connection: Any = None
        self._until = 0.0
        # A process's number alone is not unique: in containers every service is number 1.
        self.holder = f"{socket.gethostname()} {secrets.token_hex(4)} {os.getpid()}"

    @property
    def left(self) -> float:
        return self._until - MARGIN - time.monotonic()

    async def renew(self) -> bool:
        """Take or renew it. False: it is another process's, or the database does not answer now."""
        import asyncpg

        asked = time.monotonic()
        try:
            connection = await self._connected()
            ours = await connection.fetchval(TAKE, self.holder, LEASE, self.office, timeout=ANSWERING) is not None
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.warning("the %s lease cannot be asked for: %s", self.office, type(error).__name__)
            self._drop()
            return False
        except asyncio.CancelledError:
            self._drop()  # its answer would be taken for that of the next question
            raise
        self._until = asked + LEASE if ours else 0.0
        return ours

    async def leave(self) -> None:
        """Let go of it, so that an heir need not wait for its end."""
        import asyncpg

        try:
            connection = await self._connected()
            await connection.execute(LEAVE, self.holder, self.office, timeout=ANSWERING)
            await connection.close(timeout=ANSWERING)
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            self._drop()

    async def _connected(self) -> Any:
        import asyncpg

        if self._connection is None or self._connection.is_closed():
            # Without kept statements the connection may go through a pooler that hands out another one each time.
            self._connection = await asyncpg.connect(
                self._url,
                timeout=ANSWERING,
                statement_cache_size=0,
                server_settings={"application_name": f"stocktaking {self.office} {os.getpid()}"},
            )
        return self._connection

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.terminate()
            self._connection = None
