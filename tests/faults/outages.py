"""What can befall a PostgreSQL server under a running service: each as a block that it lasts for."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from tests.postgres import Server

__all__ = ["OUTAGES", "Owned", "Victim", "refusing"]

ROLE = "service"


class Owned:
    """A database, at the address of somebody who may do everything there."""

    def __init__(self, root: str) -> None:
        self.root = root

    async def does(self, *statements: str) -> None:
        """Run statements as the server's owner, each for itself."""
        connection = await asyncpg.connect(self.root)
        await connection.execute("SET default_transaction_read_only = off")
        for statement in statements:
            await connection.execute(statement)
        await connection.close()


class Victim(Owned):
    """A server of its own with a database for one service, whose role is no superuser."""

    def __init__(self) -> None:
        self.server = Server(sure=True)
        self.url = self.server.new_database(owner=ROLE)
        super().__init__(self.url.replace(f"{ROLE}@", "stocktaking@"))

    async def ends_connections(self) -> None:
        """End every connection of the service."""
        await self.does(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{ROLE}'")


@asynccontextmanager
async def stopped(victim: Victim) -> AsyncIterator[None]:
    """Nobody listens."""
    await asyncio.to_thread(victim.server.stop, "fast")
    yield
    await asyncio.to_thread(victim.server.start)


@asynccontextmanager
async def crashed(victim: Victim) -> AsyncIterator[None]:
    """It dies in the middle of everything, and recovers when it starts."""
    await asyncio.to_thread(victim.server.stop, "immediate")
    yield
    await asyncio.to_thread(victim.server.start)


@asynccontextmanager
async def frozen(victim: Victim) -> AsyncIterator[None]:
    """All of its processes stand still: connections are accepted by the system, and nobody answers."""
    victim.server.signal(signal.SIGSTOP)
    yield
    victim.server.signal(signal.SIGCONT)


@asynccontextmanager
async def read_only(victim: Victim) -> AsyncIterator[None]:
    """As a standby is after a failover that has not reached everybody (25006)."""
    await victim.does("ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()")
    yield
    await victim.does("ALTER SYSTEM RESET default_transaction_read_only", "SELECT pg_reload_conf()")


@asynccontextmanager
async def without_connections(victim: Victim) -> AsyncIterator[None]:
    """Every connection is taken by somebody else (53300)."""
    await victim.does(f"ALTER ROLE {ROLE} CONNECTION LIMIT 0")
    await victim.ends_connections()
    yield
    await victim.does(f"ALTER ROLE {ROLE} CONNECTION LIMIT -1")


@asynccontextmanager
async def locked(victim: Victim) -> AsyncIterator[None]:
    """Somebody holds the table of people, and thinks."""
    connection = await asyncpg.connect(victim.root)
    async with connection.transaction():
        await connection.execute("LOCK TABLE people IN ACCESS EXCLUSIVE MODE")
        yield
    await connection.close()


def refusing(state: str) -> Callable[[Owned], AbstractAsyncContextManager[None]]:
    """Every turn is refused with this SQLSTATE, as late as can be. 53100 is a full disk."""

    @asynccontextmanager
    async def refused(victim: Owned) -> AsyncIterator[None]:
        await victim.does(
            "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{state}'; END $$",
            "CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON handled_updates FOR EACH ROW EXECUTE FUNCTION refuse()",
        )
        yield
        await victim.does("DROP TRIGGER refuse ON handled_updates")

    return refused


FILLINGS = (
    "INSERT INTO filler SELECT repeat('x', 500) FROM generate_series(1, 8)",
    "INSERT INTO handled_updates (channel, update_id, person_id, at)"
    " SELECT 'filler', gen_random_uuid(), 0, now() FROM generate_series(1, 20)",
)


def mounted(disk: Path) -> bool:
    """Make a disk of 4 MB that the server may use; False where one may not."""
    disk.mkdir()
    options = f"size=4m,mode=0700,uid={disk.parent.stat().st_uid}"
    return os.getuid() == 0 and not subprocess.run(["mount", "-t", "tmpfs", "-o", options, "small", disk]).returncode


@asynccontextmanager
async def full_tablespace(victim: Victim) -> AsyncIterator[None]:
    """The marks of handled updates lie on a small disk of their own, which is filled to the last byte, and so are the
    pages that they have there. Now and then a mark still fits where another one was: on a full disk some things go on.
    """
    disk = victim.server.folder / "small"
    if not await asyncio.to_thread(mounted, disk):
        pytest.skip("this machine lets us mount nothing")
    try:
        await victim.does(f"CREATE TABLESPACE small LOCATION '{disk}'", f"GRANT CREATE ON TABLESPACE small TO {ROLE}")
        await victim.does("ALTER TABLE handled_updates SET TABLESPACE small")
        await victim.does("CREATE TABLE filler (line text) TABLESPACE small")
        for filling in FILLINGS:
            with contextlib.suppress(asyncpg.DiskFullError):
                while True:
                    await victim.does(filling)
        yield
        await victim.does("DROP TABLE filler", "ALTER TABLE handled_updates SET TABLESPACE pg_default")
    finally:
        await asyncio.to_thread(lambda: subprocess.run(["umount", "--lazy", str(disk)], check=True))


OUTAGES: dict[str, Callable[[Victim], AbstractAsyncContextManager[None]]] = {
    "stopped": stopped,
    "crashed": crashed,
    "frozen": frozen,
    "read-only": read_only,
    "disk full": refusing("53100"),
    "tablespace full": full_tablespace,
    "no connections": without_connections,
    "locked": locked,
}
