"""What can befall a PostgreSQL server under a running service: each as a block that it lasts for."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import asyncpg

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


OUTAGES: dict[str, Callable[[Victim], AbstractAsyncContextManager[None]]] = {
    "stopped": stopped,
    "crashed": crashed,
    "frozen": frozen,
    "read-only": read_only,
    "disk full": refusing("53100"),
    "no connections": without_connections,
    "locked": locked,
}
