"""What a process remembers of a chat is noted only where the store still says the same."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import update
from sqlmodel import Session, col, select

from bot.channels.telegram.screens.chat_memory import ChatMemory
from storage.engine.database import Database
from storage.people import arrivals, people, shown_messages
from storage.people.shown_messages import Chat, Found, Sent
from storage.tables import AccountRow, HandledRow
from storage.updates import processed_updates

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
NOTHING = Chat(None, None, None, None)


async def arrives(database: Database) -> None:
    """Anna is there, and the screens of two updates wait for her."""

    def work(session: Session) -> None:
        anna = people.arrive(session, "test", "anna", now=NOW)
        for one in ("one", "two"):
            processed_updates.mark(session, "test", one, anna, "[]", NOW)

    await database.write(work)


async def noted(database: Database, before: Chat, sent: Sent, *shown: str) -> bool:
    after, _ = before.with_sent(sent)
    assert after is not None
    return await database.write(
        lambda session: shown_messages.note_if_as_seen(session, "test", "anna", before, after, shown)
    )


async def chat_of(database: Database) -> Chat:
    row = await database.read(lambda session: arrivals.account(session, "test", "anna"))
    assert row is not None
    return Chat(row.asked_message, row.asked_stamp, row.asked_first, row.last_message)


async def waiting(database: Database) -> list[str]:
    found = select(HandledRow.update_id).where(col(HandledRow.screens).is_not(None))
    return await database.read(lambda session: sorted(session.exec(found)))


@pytest.mark.feature("S19")
async def test_what_was_sent_is_noted_with_its_screens_where_nothing_else_was(database: Database) -> None:
    await arrives(database)
    assert await noted(database, NOTHING, Sent(10, 1, since=1), "one")
    assert await chat_of(database) == Chat(10, 1, 10, 10)
    assert await waiting(database) == ["two"]
    assert await noted(database, Chat(10, 1, 10, 10), Sent(12, 2, since=1))
    assert await chat_of(database) == Chat(12, 2, 10, 12), "the question is still the one that 10 asked first"
    assert await waiting(database) == ["two"]


@pytest.mark.feature("S19")
async def test_a_row_that_changed_behind_the_memorys_back_is_seen(database: Database) -> None:
    await arrives(database)
    await noted(database, NOTHING, Sent(10, 1, since=1))
    by_another_process = update(AccountRow).where(col(AccountRow.address) == "anna").values(last_message=11)
    await database.write(lambda session: session.execute(by_another_process) and None)
    assert not await noted(database, Chat(10, 1, 10, 10), Sent(12, 2, since=2), "one")
    assert await chat_of(database) == Chat(10, 1, 10, 11), "nothing is noted by somebody who saw something else"
    assert await waiting(database) == ["one", "two"], "nor do its screens count as shown"


def test_the_memory_proposes_what_is_newer() -> None:
    memory, sent = ChatMemory(), Sent(12, 3, since=3)
    assert memory.chat("anna", None) is None
    assert memory.buttons("anna", 10) == 10
    memory.was_sent("anna", sent)
    assert memory.buttons("anna", 10) == 12, "sent, and not noted yet"
    assert memory.buttons("anna", 14) == 14, "another process has shown something since"
    memory.was_sent("anna", Sent(16, 4, since=4, buttons=False))
    assert memory.buttons("anna", 14) is None


def test_what_a_message_comes_across_is_reckoned_from_what_stands_there() -> None:
    stands = Chat(asked_message=10, asked_stamp=4, asked_first=10, last_message=10)
    assert stands.with_sent(Sent(12, 5, since=5, retired=10)) == (Chat(12, 5, 12, 12), Found())
    assert stands.with_sent(Sent(12, 5, since=5)) == (Chat(12, 5, 12, 12), Found(old_buttons=10))
    assert stands.with_sent(Sent(12, 3, since=3)) == (None, Found(old_buttons=12, wrong_order=True))
    assert stands.with_sent(Sent(9, 5, since=5, retired=10)) == (Chat(9, 5, 9, 9), Found(wrong_order=True))
