"""One store on two engines: migrations with data in them, one submission, numbers without gaps, commits that hold."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sqlite3
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from dialogs.domain.effects import Submit
from dialogs.domain.organizers.entry_search import Wanted
from storage.calls import calls
from storage.engine import migrate
from storage.engine.database import Database
from storage.entries import entries, entry_search
from storage.search import likeness
from storage.search.rebuild import catch_up
from storage.tables import DraftRow, EntryRow, PersonRow
from tests.storage.first_version import at_first_version

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def begin(session: Session, draft: str) -> None:
    """A person with a draft."""
    calls.ensure_current(session, NOW)
    person = PersonRow(created=NOW, seen=NOW)
    session.add(person)
    session.flush()
    assert person.id is not None
    session.add(DraftRow(id=draft, person_id=person.id, call="2027", version="2027", started=NOW, touched=NOW))


async def send(database: Database, draft: str) -> str:
    request = Submit(draft, {"title": draft, "org_name": "Lake"}, NOW)
    submission = await database.write(lambda session: entries.submit(session, 1, request, NOW))
    return submission.reference


@pytest.mark.feature("O2", "D5")
async def test_a_draft_sent_twice_at_the_same_time_becomes_one_entry(database: Database) -> None:
    await database.write(lambda session: begin(session, "lake"))
    references = await asyncio.gather(*(send(database, "lake") for _ in range(8)))
    assert set(references) == {"WSIS-2027-000001"}
    assert len(await database.read(lambda session: list(entries.of_call(session)))) == 1


@pytest.mark.feature("O2")
async def test_references_are_unique_and_without_gaps_however_many_send_at_once(database: Database) -> None:
    drafts = [f"draft {number}" for number in range(30)]
    for draft in drafts:
        await database.write(lambda session, draft=draft: begin(session, draft))
    references = await asyncio.gather(*(send(database, draft) for draft in drafts))
    assert sorted(references) == [f"WSIS-2027-{number:06d}" for number in range(1, 31)]


@pytest.mark.feature("O2")
async def test_what_only_reads_can_change_nothing(database: Database) -> None:
    """Otherwise SQLite would refuse it now and then, when somebody writes at the same time."""
    with pytest.raises(DBAPIError, match=r"(?i)read-?only"):
        await database.read(lambda session: calls.ensure_current(session, NOW).code)
    assert await database.read(lambda session: calls.every(session, NOW)) == ()
    await database.write(lambda session: begin(session, "lake"))


@pytest.mark.feature("O2")
async def test_the_call_can_be_read_before_it_has_been_made(database: Database) -> None:
    for now in (NOW, NOW + timedelta(days=102), NOW + timedelta(days=180)):
        read = await database.read(lambda session, now=now: calls.current(session, now))
        made = await database.write(lambda session, now=now: calls.as_call(calls.ensure_current(session, now)))
        assert read == made == await database.read(lambda session, now=now: calls.current(session, now))


@pytest.mark.feature("O2")
async def test_one_failing_unit_of_work_harms_no_other_in_its_commit(database: Database) -> None:
    """Written at once, so that SQLite's writer takes them into one commit."""

    def keep(session: Session, number: int) -> None:
        session.add(PersonRow(id=number, created=NOW, seen=NOW))
        session.flush()
        if number % 3 == 0:
            raise ValueError(number)

    def work(number: int) -> asyncio.Future[None]:
        return asyncio.ensure_future(database.write(lambda session: keep(session, number)))

    ended = await asyncio.gather(*(work(number) for number in range(1, 41)), return_exceptions=True)
    failed = [number for number, end in enumerate(ended, 1) if isinstance(end, ValueError)]
    assert failed == [number for number in range(1, 41) if number % 3 == 0]
    assert not [end for end in ended if end is not None and not isinstance(end, ValueError)]
    kept = await database.read(lambda session: {number for number in range(1, 41) if session.get(PersonRow, number)})
    assert kept == set(range(1, 41)) - set(failed)


async def test_a_killed_writer_loses_nothing_that_it_had_acknowledged(database_url: str) -> None:
    """A process writes numbers and says each one once it is kept; it is killed in the middle."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.storage.writer", database_url),
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    said = [await process.stdout.readline() for _ in range(60)]
    process.send_signal(signal.SIGKILL)
    said += (await process.stdout.read()).splitlines(keepends=True)
    await process.wait()
    acknowledged = {int(line) for line in said if line.endswith(b"\n")}
    database = await Database.open(database_url)
    kept = await database.read(lambda session: {n for n in acknowledged if session.get(PersonRow, n)})
    await database.close()
    assert len(acknowledged) >= 60
    assert kept == acknowledged


@pytest.mark.feature("O3", "O2")
async def test_tables_of_the_first_version_are_brought_up_to_date_with_all_that_is_in_them(database_url: str) -> None:
    await at_first_version(database_url)
    database = await Database.open(database_url)
    assert await database.read(lambda session: migrate.present(session.connection())) == migrate.head()
    entry = await database.read(lambda session: session.get(EntryRow, "WSIS-2027-000007"))
    assert entry is not None
    assert entry.title == "Réseaux du lac 湖"
    assert entry.submitted == NOW
    await catch_up(database)  # as a service does after its start
    found = await database.read(lambda session: entry_search.page(session, Wanted(words="reseaux lac"), 0, 6))
    assert [entry.reference for entry in found[1]] == ["WSIS-2027-000007"]
    assert await database.read(lambda session: likeness.alike(session, "reseaux de lac 湖", 82, 3)) == [
        "WSIS-2027-000007"
    ]
    await database.write(lambda session: begin(session, "after"))
    assert await send(database, "after") == "WSIS-2027-000008"
    await database.close()


def test_migrations_are_one_chain_from_the_first_to_the_newest() -> None:
    files = sorted((migrate.FOLDER / "versions").glob("[0-9]*.py"))
    said = [re.findall(r"^(?:down_)?revision = (.+)$", path.read_text("utf-8"), re.MULTILINE) for path in files]
    numbers = [path.name[:4] for path in files]
    assert [own for own, _ in said] == [f'"{number}"' for number in numbers]
    assert [before for _, before in said] == ["None", *(f'"{number}"' for number in numbers[:-1])]


async def test_sqlite_is_told_to_be_sure(tmp_path: Path) -> None:
    """WAL, so that readers never wait; the file itself remembers it. Every commit is on disk when it is said to be."""
    database = await Database.open(f"sqlite:///{tmp_path}/s.sqlite3")
    pragma = "PRAGMA synchronous"
    sure = await database.write(lambda session: session.connection().exec_driver_sql(pragma).scalar())
    await database.close()
    assert sure == 2  # FULL
    with sqlite3.connect(tmp_path / "s.sqlite3") as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
