"""Whose the screens are that have not been shown: those of a process that lives are left to it, however slow it is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.util import await_only
from sqlmodel import Session

from bot.turns.outdated_answers import is_outdated
from dialogs.domain.conversation import State
from dialogs.domain.events import Said
from storage.engine import process_registry
from storage.engine.database import Database
from storage.people import conversations, people, shown_messages
from storage.people.shown_messages import Found, Sent
from storage.tables import HandledRow
from storage.updates import processed_updates
from storage.updates.processed_updates import LONGEST_SHOWING, PATIENCE
from tests import postgres

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@dataclass
class Process:
    """A process at a database, with the number that it is registered by."""

    database: Database
    number: int

    async def handles(self, update: str, at: datetime = NOW) -> None:
        await self.database.write(
            lambda session: processed_updates.mark(session, "test", update, 1, "[]", at, self.number)
        )

    async def takes_over(self, at: datetime, *under_way: str) -> list[str]:
        def work(session: Session) -> list[str]:
            left = processed_updates.is_left(session, "test", at, self.number, alone=False, under_way=under_way)
            rows = processed_updates.take_over(session, "test", at, self.number, alone=False, under_way=under_way)
            assert left == bool(rows)
            return [row.update_id for row in rows]

        return await self.database.write(work)


@pytest.fixture
async def databases() -> AsyncIterator[tuple[Database, Database]]:
    url = postgres.new_database()
    one, two = await Database.open(url), await Database.open(url)
    yield one, two
    await one.close()
    await two.close()


@postgres.NEEDED
@pytest.mark.feature("S17")
async def test_screens_of_a_living_process_are_left_to_it_and_those_of_a_dead_one_taken_over_at_once(
    databases: tuple[Database, Database],
) -> None:
    first, second = databases
    async with process_registry.registered(second) as number:
        heir = Process(second, number)
        async with process_registry.registered(first) as own:
            slow = Process(first, own)
            await slow.handles("slow")
            assert await heir.takes_over(NOW + 2 * PATIENCE) == [], "Telegram may be slow"
            assert await slow.takes_over(NOW, "slow") == []
            assert await slow.takes_over(NOW) == ["slow"], "it failed to show them, and tries again"
            assert await heir.takes_over(NOW + LONGEST_SHOWING) == ["slow"], "it may be frozen"
            await slow.handles("left")
        assert await heir.takes_over(NOW, "slow") == ["left"]
        assert await heir.takes_over(NOW, "left", "slow") == [], "by then they are the heir's"


@postgres.NEEDED
async def test_a_process_that_lost_its_connection_is_registered_again(databases: tuple[Database, Database]) -> None:
    first, second = databases
    async with process_registry.registered(first) as number:
        heir = Process(second, 7)
        await Process(first, number).handles("slow")
        ended = "SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE locktype = 'advisory'"
        await second.write(lambda session: session.connection().exec_driver_sql(ended).scalar())
        held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
        for _ in range(200):
            if await second.read(lambda session: session.connection().exec_driver_sql(held).scalar()):
                break
            await asyncio.sleep(0.05)
        assert await heir.takes_over(NOW) == []


@pytest.mark.feature("S17")
async def test_a_hundred_left_screens_are_taken_over_in_a_few_statements(database: Database) -> None:
    await database.write(
        lambda session: [processed_updates.mark(session, "test", str(n), 1, "[]", NOW) for n in range(150)]  # type: ignore[func-returns-value]
    )
    said: list[str] = []

    def counted(session: Session) -> list[HandledRow]:
        event.listen(session.connection(), "before_cursor_execute", lambda *given: said.append(given[2]))
        later = NOW + timedelta(minutes=1)
        rows = processed_updates.take_over(session, "test", later, 7, alone=database.dialect == "sqlite")
        people.address_book(session, "test", [row.person_id for row in rows])
        return rows

    assert len(await database.write(counted)) == 100
    assert len(said) <= 3, said


async def arrives(database: Database) -> None:
    """Anna is there, and has been shown much."""

    def work(session: Session) -> None:
        anna = people.arrive(session, "test", "anna", now=NOW)
        conversations.keep(session, anna, State(stamp=90))

    await database.write(work)


async def note(database: Database, message: int, stamp: int, since: int = 0) -> Found:
    return await database.write(
        lambda session: shown_messages.note(session, "test", "anna", Sent(message, stamp, since))
    )


async def test_messages_in_the_wrong_order_are_found_whoever_notes_them_first(database: Database) -> None:
    await arrives(database)
    assert await note(database, 10, stamp=1) == Found()
    assert await note(database, 12, stamp=3) == Found(old_buttons=10), "so it is when its buttons were not taken before"
    assert await note(database, 11, stamp=2) == Found(old_buttons=11), "it stands above, but its buttons are old"
    assert await note(database, 13, stamp=2) == Found(old_buttons=13, wrong_order=True), "an older one stands below"
    assert await note(database, 14, stamp=3) == Found(old_buttons=12), "the newest is shown once more"
    assert await note(database, 16, stamp=4) == Found(old_buttons=14)
    assert await note(database, 15, stamp=5) == Found(old_buttons=16, wrong_order=True), "the older one was noted first"
    assert await note(database, 17, stamp=95) == Found(old_buttons=15)
    assert await note(database, 18, stamp=6) == Found(old_buttons=17), "their stamps have been counted anew since"


async def test_what_stood_above_a_question_is_known(database: Database) -> None:
    await arrives(database)

    async def is_earlier(message: int, since: int) -> bool:
        found = await database.read(lambda session: people.account(session, "test", "anna"))
        assert found is not None
        return shown_messages.earlier(found, message, since)

    assert not await is_earlier(9, since=0), "nothing is known yet"
    await note(database, 10, stamp=1, since=1)
    await note(database, 20, stamp=2, since=2)
    await note(database, 22, stamp=3, since=2)  # the same question, once more
    assert await is_earlier(10, since=2)
    assert not await is_earlier(20, since=2) and not await is_earlier(22, since=2)
    assert not await is_earlier(10, since=4), "the open question has not been shown: what they saw is not known"


@postgres.NEEDED
@pytest.mark.feature("S17")
async def test_an_answer_that_comes_while_its_question_is_being_noted_is_an_answer_to_it(
    databases: tuple[Database, Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    """People see a question a moment before its service can note that it was shown; their answer may be quicker."""
    turn, showing = databases
    await arrives(turn)
    await note(turn, 10, stamp=89, since=89)

    def asks(session: Session) -> None:
        conversations.keep(session, 1, State(stamp=90, since=90))
        processed_updates.mark(session, "test", "question", 1, "[]", NOW)

    def noted(session: Session) -> None:
        shown_messages.note(session, "test", "anna", Sent(11, 90, since=90))
        processed_updates.shown(session, "test", "question")

    is_waiting = processed_updates.is_waiting

    def noted_before(*given: Any) -> bool:
        await_only(showing.write(noted))
        return is_waiting(*given)

    def answers(session: Session) -> bool:
        monkeypatch.setattr(processed_updates, "is_waiting", noted_before)
        person = people.arrive(session, "test", "anna", now=NOW)
        conversation = conversations.load(session, person, NOW, lambda version, sections: pytest.fail("none is handed"))
        return is_outdated(session, "test", "anna", conversation, Said("Maintainer", NOW), "")

    await turn.write(asks)
    assert not await turn.write(answers)
