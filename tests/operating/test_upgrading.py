"""Upgrades and the way back: newer tables are one line, commands migrate nothing, a locked table holds nobody up."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from storage.engine import migrate
from storage.engine.database import Database, DatabaseError, Tables
from storage.engine.types import Json, UtcMoment
from storage.tables import LogRow
from tests import postgres
from tests.service import Service
from tests.storage.first_version import at_first_version, upgrade

COMMANDS = ("run", "migrate", "calls list", "entries export", "stats", "organizers log", "chat")


def stamp(folder: Path, revision: str) -> None:
    """Say that the tables are at this migration."""
    with sqlite3.connect(folder / "stocktaking.sqlite3") as database:
        database.execute("UPDATE alembic_version SET version_num = ?", (revision,))


def at(folder: Path) -> str:
    with sqlite3.connect(folder / "stocktaking.sqlite3") as database:
        return str(database.execute("SELECT version_num FROM alembic_version").fetchone()[0])


@pytest.mark.feature("S15")
async def test_a_newer_database_is_one_line_on_every_command_and_the_doctor_looks_at_the_rest(tmp_path: Path) -> None:
    service = Service(tmp_path)
    assert (await service.command("migrate"))[0] == 0
    stamp(tmp_path, "9999")
    for words, (code, out, errors) in zip(
        COMMANDS, await asyncio.gather(*(service.command(*words.split()) for words in COMMANDS)), strict=True
    ):
        assert (code, out) == (1, ""), words
        (line,) = errors.splitlines()
        assert "9999, newer than this program" in line, words
        assert "restore the backup" in line, words
    code, out, errors = await service.command("doctor")
    assert (code, errors) == (1, "")
    assert sum("newer than this program" in line for line in out.splitlines()) == 1
    for looked_at in ("files are kept in", "can listen at", "Telegram is off"):
        assert looked_at in out
    assert at(tmp_path) == "9999"


@pytest.mark.feature("S15")
async def test_a_newer_database_is_refused_on_either_engine(database: Database, database_url: str) -> None:
    def newer(session: Any) -> None:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    await database.write(newer)
    for tables in Tables:
        with pytest.raises(DatabaseError, match="9999, newer than this program"):
            await Database.open(database_url, tables)


@pytest.mark.feature("S19")
async def test_only_the_service_and_migrate_change_tables_and_several_at_once_do_it_once(tmp_path: Path) -> None:
    service = Service(tmp_path)
    url = service.environment["STOCKTAKING_DATABASE_URL"]
    await at_first_version(url)
    for words in ("stats", "entries list --line C7", "contacts figures", "organizers invite reviewer"):
        code, out, errors = await service.command(*words.split())
        assert (code, out) == (1, ""), words
        assert "older than this program" in errors and "`stocktaking migrate`" in errors, words
    assert at(tmp_path) == "0001"
    done = await asyncio.gather(*(service.command("migrate") for _ in range(3)))
    assert [code for code, _, _ in done] == [0, 0, 0], done
    said = "".join(errors for _, _, errors in done)
    assert [said.count(f"migrating the tables to {number} ") for number in migrate.revisions()[1:]] == [1] * (
        len(migrate.revisions()) - 1
    )
    assert at(tmp_path) == migrate.head()
    assert (await service.command("entries", "export"))[0] == 0


@postgres.NEEDED
@pytest.mark.feature("S19")
async def test_a_migration_that_meets_a_locked_table_gives_way_and_tries_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody's open transaction must not make a migration hold up everyone who only reads that table."""
    import asyncpg

    url = postgres.new_database()
    await at_first_version(url)
    monkeypatch.setattr(migrate, "LOCK_LIMIT", 0.2)
    monkeypatch.setattr(migrate, "PAUSES", (0.2,))
    busy, reader = await asyncpg.connect(url), await asyncpg.connect(url)
    transaction = busy.transaction()
    await transaction.start()
    await busy.fetch("SELECT * FROM people, entries, calls")
    with pytest.raises(DatabaseError, match="another session holds one of them"):
        await Database.open(url)
    monkeypatch.setattr(migrate, "PAUSES", (0.2,) * 200)
    upgrade = asyncio.create_task(Database.open(url))
    for _ in range(5):  # each read is answered while the migration waits: it waits a moment at a time
        await reader.fetch("SELECT * FROM people, entries, calls", timeout=10)
        await asyncio.sleep(0.2)
    assert not upgrade.done()
    await transaction.rollback()
    database = await upgrade
    assert await database.read(lambda session: migrate.present(session.connection())) == migrate.head()
    for opened in (database, busy, reader):
        await opened.close()


@pytest.mark.feature("S13")
async def test_names_in_old_lines_of_the_log_become_the_numbers_of_whom_they_name(database_url: str) -> None:
    await at_first_version(database_url)
    details: Any = sa.column("details", Json())
    plain = {"language": "en", "language_chosen": False, "reminders": "all", "access": False, "news": True}
    plain |= {"forgotten": False}
    people = sa.table("people", *map(sa.column, ("name", *plain)), *moments("created", "seen"))
    log = sa.table("organizer_log", *moments("at"), *map(sa.column, ("action", "subject")), details)
    now = datetime(2026, 11, 20, 9, tzinfo=UTC)

    def before(session: Session) -> None:
        """As it was before the log knew numbers: a name one person has, one that two have, and one nobody has."""
        connection = session.connection()
        upgrade(connection, "0017")
        for name in ("Anna", "Ben", "Ben"):
            connection.execute(sa.insert(people).values(name=name, created=now, seen=now, **plain))
        for action, subject in (("role_changed", "Anna"), ("removed", "Ben"), ("removed", "Chi"), ("named", "Anna")):
            values = {"at": now, "action": action, "subject": subject, "details": {"role": "owner"}}
            connection.execute(sa.insert(log).values(**values))

    old = await Database.open(database_url, Tables.OLDER)
    await old.write(before)
    await old.close()

    def after(session: Session) -> list[tuple[str, str, Any]]:
        return [(row.action, row.subject, row.details) for row in session.exec(select(LogRow).order_by(col(LogRow.id)))]

    database = await Database.open(database_url)
    assert await database.read(after) == [
        ("role_changed", "", {"role": "owner", "person": 1}),
        ("removed", "", {"role": "owner"}),
        ("removed", "", {"role": "owner"}),
        ("named", "Anna", {"role": "owner"}),
    ]
    await database.close()


def moments(*names: str) -> list[Any]:
    return [sa.column(name, UtcMoment()) for name in names]
