"""Bringing tables up to date. Alembic is loaded only when there is something to do: a start must be quick.

Each migration runs in a transaction of its own, so that a table is locked no longer than its own change takes. An
empty database gets all of them in one: nobody waits for it. Migrations only go up; `docs/operating.md` says how to go
back. Which processes may migrate is decided by the caller of `Database.open`.
"""

from __future__ import annotations

import asyncio
import logging
import random
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from storage.engine.database import DatabaseError, NoTables, Tables

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

__all__ = ["head", "is_due", "missing", "present", "run_to", "step", "upgrade_postgresql"]

log = logging.getLogger(__name__)

FOLDER = Path(__file__).parents[1] / "migrations"

LOCK = 740_2027
"""Held on PostgreSQL while migrating, so that processes that start together do it once."""

LOCK_LIMIT = 2.0
"""Seconds to wait for a table on PostgreSQL. Everybody who wants that table queues behind a waiting migration, so it
gives way soon and tries again."""
PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0)
"""Seconds between the tries."""

LOCK_NOT_AVAILABLE = "55P03"


@cache
def revisions() -> tuple[str, ...]:
    """All migrations that this program knows, in order: the numbers their files begin with."""
    return tuple(sorted(path.stem.partition("_")[0] for path in (FOLDER / "versions").glob("[0-9]*.py")))


def head() -> str:
    """The newest migration."""
    return revisions()[-1]


def present(connection: Connection) -> str | None:
    """The migration that the tables are at; None when there are none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def missing(connection: Connection) -> tuple[str, ...]:
    """The migrations to run, in order; DatabaseError when the tables are newer than this program."""
    at = present(connection)
    if at is not None and at not in revisions():
        raise DatabaseError(
            f"the tables are at {at}, newer than this program ({head()}): "
            "run the newer program, or restore the backup that was made before the upgrade"
        )
    return tuple(number for number in revisions() if at is None or number > at)


def is_due(connection: Connection, tables: Tables) -> bool:
    """Whether migrations are to be run now; DatabaseError when they are missing and `tables` forbids it."""
    waiting, at = missing(connection), present(connection)
    if not waiting:
        return False
    if at is None and tables in (Tables.LEAVE, Tables.OLDER):
        raise NoTables("there are no tables yet: the first start makes them")
    if at is not None and tables is Tables.OLDER:
        return False
    if at is not None and tables is not Tables.UPGRADE:
        raise DatabaseError(
            f"the tables are at {at}, older than this program ({head()}): make a backup, then run `stocktaking migrate`"
        )
    return True


def step(connection: Connection) -> bool:
    """Run the next missing migration in the connection's transaction; whether more are missing.

    In an empty database all of them are run. On PostgreSQL a table is waited for LOCK_LIMIT seconds at most.
    """
    if connection.dialect.name == "postgresql":
        # Another process that is migrating is waited for; a table that somebody holds is not.
        for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
            connection.execute(text(f"SET LOCAL {name} = 0"))  # a migration may take longer than any turn
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        connection.execute(text(f"SET LOCAL lock_timeout = {round(LOCK_LIMIT * 1000)}"))
    waiting = missing(connection)
    if not waiting:
        return False
    if present(connection) is None:
        run_to(connection, "head")
        return False
    log.info("migrating the tables to %s", _title(waiting[0]))
    run_to(connection, waiting[0])
    return len(waiting) > 1


async def upgrade_postgresql(engine: AsyncEngine) -> None:
    """Run all missing migrations; DatabaseError when a table stays locked by somebody else through all tries."""
    for pause in (*PAUSES, None):
        try:
            while await _one_transaction(engine):
                pass
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) != LOCK_NOT_AVAILABLE:
                raise
            if pause is None:
                raise DatabaseError(
                    "the tables could not be migrated: another session holds one of them "
                    "(pg_stat_activity shows which). End that session and try again; nothing was changed half"
                ) from None
            log.warning("a table that is to be migrated is in use, trying again in %g s", pause)
            await asyncio.sleep(pause * random.uniform(0.8, 1.2))
        else:
            return


async def _one_transaction(engine: AsyncEngine) -> bool:
    async with engine.begin() as connection:
        return await connection.run_sync(step)


def run_to(connection: Connection, revision: str) -> None:
    """Run the migrations that are missing up to this one, in the connection's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _title(revision: str) -> str:
    """`0009 news on pages`, from the file's name."""
    path = next((FOLDER / "versions").glob(f"{revision}_*.py"))
    return path.stem.replace("_", " ")
