"""A database that says no: what passes by itself is told apart from our mistakes, on real engines."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from storage.engine.database import Database, DatabaseUnavailable
from storage.tables import PersonRow
from tests import postgres

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)

PASSING = (
    *("08000", "08003", "08006", "25006", "25P03", "28P01", "3D000", "40001", "40003", "40P01", "42501", "42P01"),
    *("53000", "53100", "53200", "53300", "55000", "55006", "55P03", "57014", "57P01", "57P03", "58000", "58030"),
    *("0A000", "P0001", "XX000", "99ABC"),
)
MISTAKES = ("22001", "22P02", "23502", "23505", "42601", "42883", "54000")


def keep(session: Session, number: int = 0, name: str = "") -> None:
    session.add(PersonRow(id=number or None, name=name, created=NOW, seen=NOW))
    session.flush()


def how_many(session: Session) -> int:
    return int(session.execute(text("SELECT count(*) FROM people")).scalar_one())


@pytest.fixture
async def server() -> AsyncIterator[Database]:
    """A database of a PostgreSQL server."""
    if postgres.binaries() is None:
        pytest.skip(postgres.MISSING)
    database = await Database.open(postgres.new_database())
    yield database
    await database.close()


@pytest.mark.feature("S18")
async def test_only_what_is_surely_our_mistake_is_called_one(server: Database) -> None:
    """Each SQLSTATE as a real server raises it, also one that nobody knows."""
    told: dict[str, bool] = {}
    for state in (*PASSING, *MISTAKES):
        statement = f"DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{state}'; END $$"
        with pytest.raises((DatabaseUnavailable, SQLAlchemyError)) as raised:
            await server.write(lambda session, statement=statement: session.execute(text(statement)))
        told[state] = raised.type is DatabaseUnavailable
    assert told == {**dict.fromkeys(PASSING, True), **dict.fromkeys(MISTAKES, False)}
    with pytest.raises(ValueError, match="ours"):
        await server.write(_mistaken)


def _mistaken(session: Session) -> None:
    raise ValueError("a mistake of ours")


@pytest.mark.feature("S18")
async def test_connections_that_the_server_has_ended_meanwhile_cost_nobody_an_error(server: Database) -> None:
    await server.write(keep)
    other = await asyncpg.connect(server.place)
    await other.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    await other.close()
    await server.write(keep)
    assert await server.read(how_many) == 2


@pytest.mark.feature("S18")
async def test_a_commit_whose_answer_is_lost_is_not_repeated_by_the_store(server: Database) -> None:
    """The connection breaks inside the commit: only the caller knows whether doing it twice does harm."""

    def break_at_commit(session: Session) -> None:
        session.execute(text("CREATE SEQUENCE commits"))
        session.execute(
            text(
                "CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM nextval('commits');"
                " PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$"
            )
        )
        session.execute(
            text(
                "CREATE CONSTRAINT TRIGGER break_off AFTER INSERT ON people DEFERRABLE INITIALLY DEFERRED"
                " FOR EACH ROW EXECUTE FUNCTION break_off()"
            )
        )

    await server.write(break_at_commit)
    with pytest.raises(DatabaseUnavailable):
        await server.write(keep)
    assert await server.read(lambda session: session.execute(text("SELECT last_value FROM commits")).scalar()) == 1


@pytest.mark.feature("S19")
async def test_no_wait_for_the_server_is_without_end(server: Database) -> None:
    wanted = {"statement_timeout": "15s", "lock_timeout": "3s", "idle_in_transaction_session_timeout": "10s"}
    wanted |= {"jit": "off", "tcp_keepalives_idle": "30"}
    for name, value in wanted.items():
        assert (
            await server.read(lambda session, name=name: str(session.execute(text(f"SHOW {name}")).scalar())) == value
        )
    called = await server.read(lambda session: str(session.execute(text("SHOW application_name")).scalar()))
    assert called.startswith("stocktaking ")


@pytest.mark.feature("S19")
async def test_a_row_that_somebody_else_holds_is_let_go_after_a_few_seconds(server: Database) -> None:
    await server.write(lambda session: keep(session, 7))
    other = await asyncpg.connect(server.place)
    async with other.transaction():
        await other.execute("SELECT * FROM people WHERE id = 7 FOR UPDATE")
        with pytest.raises(DatabaseUnavailable, match="locked"):
            await server.write(lambda session: session.get_one(PersonRow, 7, with_for_update=True))
    await other.close()
    assert await server.write(lambda session: session.get_one(PersonRow, 7, with_for_update=True).id) == 7


def pragma(statement: str) -> Callable[[Session], None]:
    return lambda session: session.connection().exec_driver_sql(statement).close()


@pytest.mark.feature("S18")
async def test_a_full_sqlite_file_passes_and_undoes_no_more_than_it_says(tmp_path: Path) -> None:
    """SQLite then rolls back all that is in its commit, so all who wrote at that moment are told."""
    database = await Database.open(f"sqlite:///{tmp_path}/s.sqlite3")
    await database.write(pragma("PRAGMA max_page_count = 1"))
    small = [database.write(lambda session, number=number: keep(session, number)) for number in range(1, 4)]
    large = database.write(lambda session: keep(session, 4, "x" * 100_000))
    after = database.write(lambda session: keep(session, 5))
    ended = await asyncio.gather(*small, large, after, return_exceptions=True)
    assert isinstance(ended[3], DatabaseUnavailable) and "full" in str(ended[3])
    kept = {number for number, end in enumerate(ended, 1) if end is None}
    assert all(end is None or isinstance(end, DatabaseUnavailable) for end in ended), ended
    assert await database.read(lambda s: {number for number in range(1, 6) if s.get(PersonRow, number)}) == kept
    await database.write(pragma("PRAGMA max_page_count = 1000000"))
    await database.write(lambda session: keep(session, 6, "x" * 100_000))
    await database.close()


@pytest.mark.feature("S18")
async def test_a_read_only_sqlite_file_passes_too(tmp_path: Path) -> None:
    database = await Database.open(f"sqlite:///{tmp_path}/s.sqlite3")
    await database.write(pragma("PRAGMA query_only = ON"))
    with pytest.raises(DatabaseUnavailable, match="read-only"):
        await database.write(keep)
    await database.close()


@pytest.mark.feature("S18")
async def test_a_mistake_on_sqlite_is_called_one_and_shows_nothing_of_anybody(tmp_path: Path) -> None:
    database = await Database.open(f"sqlite:///{tmp_path}/s.sqlite3")
    await database.write(lambda session: keep(session, 1, "Alice Private"))
    with pytest.raises(SQLAlchemyError) as raised:
        await database.write(lambda session: keep(session, 1, "Alice Private"))
    assert "Alice" not in str(raised.value)
    with pytest.raises(SQLAlchemyError):
        await database.write(lambda session: session.execute(text("SELECT nothing")))
    await database.close()
