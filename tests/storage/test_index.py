"""What entries are found by, and where people are taken to be, follows what is written, in the same transaction."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, col, func, select

from bot.scheduling.pruning import prune
from dialogs.domain.organizers.entry_search import Wanted
from storage.contacts import contacts
from storage.contacts.contacts import Contact
from storage.engine.database import Database
from storage.entries import entry_search
from storage.search import likeness
from storage.tables import AnswerRow, ContactRow, EntryRow, EntryVersionRow, HandledRow, PersonRow, PieceRow, SearchRow
from storage.updates import processed_updates
from tests.driver import Stage
from tests.samples import REQUIRED, answer_until, walk
from tests.service import Service

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def _found(session: Session, words: str) -> int:
    return entry_search.page(session, Wanted(words=words), 0, 6)[0]


@pytest.mark.feature("S19", "X1")
async def test_an_entry_is_found_by_what_it_says_now_and_not_by_what_it_said(database: Database) -> None:
    anna = Stage(database).person("anna")
    await anna.does("new")
    await walk(anna, REQUIRED)
    await anna.taps(".send")
    looked = await database.read(lambda session: [_found(session, words) for words in ("solar lake", "100%", "moon_")])
    assert looked == [1, 0, 0]
    assert await database.read(lambda session: entry_search.page(session, Wanted(line="C2", goal="9"), 0, 6)[0]) == 1
    assert await database.read(lambda session: entry_search.page(session, Wanted(line="C"), 0, 6)[0]) == 0

    def rename(session: Session) -> None:
        session.exec(select(EntryRow)).one().title = "Телемедицина для посёлков"

    await database.write(rename)
    assert await database.read(lambda session: likeness.alike(session, "Solar networks for lake villages", 82, 3)) == []
    assert await database.read(lambda session: len(likeness.alike(session, "телемедицына для поселков", 82, 3))) == 1

    def erase(session: Session) -> list[int]:
        session.delete(session.exec(select(EntryVersionRow)).one())
        session.flush()
        session.delete(session.exec(select(EntryRow)).one())
        session.flush()
        return [session.exec(select(func.count()).select_from(table)).one() for table in (SearchRow, PieceRow)]

    assert await database.write(erase) == [0, 0]


@pytest.mark.feature("S19")
async def test_a_person_is_where_they_said_last_else_where_others_know_them(database: Database) -> None:
    anna = Stage(database).person("anna")
    await answer_until(anna, "org_country")
    assert anna.outcome is not None
    person = anna.outcome.person

    async def country() -> str | None:
        return await database.read(lambda session: session.get_one(PersonRow, person).country)

    def listed(session: Session) -> None:
        contacts.keep(session, [Contact("Anna", email="anna@example.org", country="FR")], NOW)
        contacts.take(session, person, session.exec(select(ContactRow.token)).one(), NOW)

    assert await country() is None
    await database.write(listed)
    assert await country() == "FR"
    await anna.says("Kenya")
    assert await country() == "KE"

    def removed(session: Session) -> None:
        session.delete(session.exec(select(AnswerRow).where(col(AnswerRow.key) == "org_country")).one())

    await database.write(removed)
    assert await country() == "FR"
    await database.write(
        lambda session: contacts.keep(session, [Contact(email="anna@example.org", country="FJ")], NOW) and None
    )
    assert await country() == "FJ"


def _marks(session: Session) -> list[str]:
    return sorted(session.exec(select(HandledRow.update_id).where(HandledRow.channel == "web")))


async def _with_marks(database: Database, now: datetime) -> None:
    def work(session: Session) -> None:
        for days in range(1_100):
            processed_updates.mark(session, "web", f"{days:04}", 1, "[]", now - timedelta(days=days))

    await database.write(work)


@pytest.mark.feature("S19")
async def test_old_marks_are_forgotten_a_few_at_a_time_and_no_others(database: Database) -> None:
    await _with_marks(database, NOW)
    await prune(database, NOW)
    assert await database.read(_marks) == [f"{days:04}" for days in range(15)]


@pytest.mark.feature("S19")
async def test_old_marks_are_forgotten_where_only_browsers_are_served(tmp_path: Path) -> None:
    service = Service(tmp_path, housekeeping_seconds="0.5")
    database = await Database.open(service.environment["STOCKTAKING_DATABASE_URL"])
    await _with_marks(database, datetime.now(UTC))
    async with service:
        async with asyncio.timeout(60):
            while len(await database.read(_marks)) > 15:  # noqa: ASYNC110  another process does it
                await asyncio.sleep(0.2)
    await database.close()
