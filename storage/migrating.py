"""Bringing tables up to date. Alembic is loaded only when there is something to do: a start must be quick."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

__all__ = ["bring_up_to_date", "head", "present"]

FOLDER = Path(__file__).parent / "migrations"

LOCK = 740_2027
"""Held on PostgreSQL while migrating, so that processes that start together do it once."""


def head() -> str:
    """The newest migration: the number its file begins with."""
    return max(path.stem.partition("_")[0] for path in (FOLDER / "versions").glob("[0-9]*.py"))


def present(connection: Connection) -> str | None:
    """The migration that the tables are at; None when there are none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def bring_up_to_date(connection: Connection) -> None:
    """Run the migrations that are missing, in the connection's transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    if present(connection) == head():
        return
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
