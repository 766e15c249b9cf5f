"""Upgrades and the way back: newer tables are one line, commands migrate nothing, a locked table holds nobody up."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from storage import migrating
from storage.database import Database, DatabaseError, Tables
from tests import postgres
from tests.service import Service
from tests.storage.first_version import at_first_version

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
    assert [said.count(f"migrating the tables to {number} ") for number in migrating.revisions()[1:]] == [1] * (
        len(migrating.revisions()) - 1
    )
    assert at(tmp_path) == migrating.head()
    assert (await service.command("entries", "export"))[0] == 0


@postgres.NEEDED
@pytest.mark.feature("S19")
async def test_a_migration_that_meets_a_locked_table_gives_way_and_tries_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody's open transaction must not make a migration hold up everyone who only reads that table."""
    import asyncpg

    url = postgres.new_database()
    await at_first_version(url)
    monkeypatch.setattr(migrating, "LOCK_LIMIT", 0.2)
    monkeypatch.setattr(migrating, "PAUSES", (0.2,))
    busy, reader = await asyncpg.connect(url), await asyncpg.connect(url)
    transaction = busy.transaction()
    await transaction.start()
    await busy.fetch("SELECT * FROM people, entries, calls")
    with pytest.raises(DatabaseError, match="another session holds one of them"):
        await Database.open(url)
    monkeypatch.setattr(migrating, "PAUSES", (0.2,) * 200)
    upgrade = asyncio.create_task(Database.open(url))
    for _ in range(5):  # each read is answered while the migration waits: it waits a moment at a time
        await reader.fetch("SELECT * FROM people, entries, calls", timeout=10)
        await asyncio.sleep(0.2)
    assert not upgrade.done()
    await transaction.rollback()
    database = await upgrade
    assert await database.read(lambda session: migrating.present(session.connection())) == migrating.head()
    for opened in (database, busy, reader):
        await opened.close()
