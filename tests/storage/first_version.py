"""A database as the first version of the program left it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, inspect, text
from sqlmodel import Session

from storage.engine import migrate
from storage.engine.database import Database

__all__ = ["at_first_version", "upgrade"]

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


async def at_first_version(url: str) -> None:
    """A database as the first version left it, with a call and an entry."""
    database = await Database.open(url)

    def moment(at: datetime) -> datetime | str:
        return str(at.replace(tzinfo=None)) if database.dialect == "sqlite" else at

    def back(session: Session) -> None:
        connection = session.connection()
        for table in inspect(connection).get_table_names():
            connection.execute(text(f'DROP TABLE "{table}"' + (" CASCADE" if database.dialect == "postgresql" else "")))
        upgrade(connection, "0001")
        values, later = {"id": 7, "at": moment(NOW)}, {"closes": moment(NOW + timedelta(days=90))}
        connection.execute(
            text(
                "INSERT INTO calls (code, year, opens, closes, version, last_number)"
                " VALUES ('2027', 2027, :at, :closes, '2027', :id)"
            ),
            values | later,
        )
        connection.execute(
            text(
                "INSERT INTO entries (reference, call, number, title, organisation, language, version, submitted,"
                " received) VALUES ('WSIS-2027-000007', '2027', :id, 'Réseaux du lac 湖', 'Lac', 'fr', 1, :at, :at)"
            ),
            values,
        )

    await database.write(back)
    await database.close()


def upgrade(connection: Connection, revision: str) -> None:
    """Bring tables up to a version before the newest."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrate.FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
