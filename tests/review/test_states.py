"""The life of an entry as its table says it: nothing is a dead end, and nobody decides about their own."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlmodel import Session, select

from dialogs.domain.entries.entry import (
    CLOSED,
    DEEDS,
    PENDING,
    TRANSITIONS,
    WAITING,
    Action,
    EntryState,
    after,
    is_public,
)
from dialogs.domain.roles import Role
from storage.engine.database import Database
from storage.entries import entries
from storage.tables import CallRow, EntryRow

MOMENT = datetime(2027, 3, 3, tzinfo=UTC)


def test_every_state_is_reached_and_none_is_a_dead_end() -> None:
    reached = {EntryState.RECEIVED, *TRANSITIONS.values()}
    assert reached == set(EntryState)
    assert {state for state, _ in TRANSITIONS} == set(EntryState)
    assert {*WAITING, *PENDING, EntryState.CHANGES_ASKED, *CLOSED} == set(EntryState)


def test_every_action_is_somebodys_and_is_possible_somewhere() -> None:
    assert set(DEEDS) == set(Action) == {action for _, action in TRANSITIONS}
    for deed in DEEDS.values():
        assert deed.author or deed.right


def test_nobody_reviews_or_decides_about_their_own_entry() -> None:
    for role in Role:
        own = {action for action, deed in DEEDS.items() if deed.is_for(role, own=True)}
        assert own == {Action.SEND, Action.ANSWER, Action.WITHDRAW, Action.FORGET}


def test_a_reviewer_decides_and_only_organizers_tell() -> None:
    assert DEEDS[Action.ACCEPT].is_for(Role.REVIEWER, own=False)
    assert not DEEDS[Action.ANNOUNCE].is_for(Role.REVIEWER, own=False)
    assert DEEDS[Action.ANNOUNCE].is_for(Role.ORGANIZER, own=False)
    assert not any(deed.is_for(role, own=False) for deed in DEEDS.values() for role in (None, Role.TRANSLATOR))


def test_only_an_announced_decision_publishes() -> None:
    published = [pair for pair, state in TRANSITIONS.items() if state is EntryState.PUBLISHED and pair[0] is not state]
    assert published == [(EntryState.ACCEPTED, Action.ANNOUNCE)]


def test_a_new_version_is_reviewed_again() -> None:
    for state in EntryState:
        assert after(state, Action.SEND) not in (EntryState.PUBLISHED, None)


async def test_what_is_shown_to_others_is_one_rule_in_python_and_in_queries(database: Database) -> None:
    def look(session: Session) -> None:
        session.add(CallRow(code="2027", year=2027, opens=MOMENT, closes=MOMENT, version="2027"))
        session.flush()
        number = 0
        for state in EntryState:
            for answers in ({"publish": True}, {"publish": False}, {}, None):
                number += 1
                session.add(
                    EntryRow(
                        reference=f"WSIS-2027-{number:06}",
                        call="2027",
                        number=number,
                        title="t",
                        organisation="o",
                        language="en",
                        submitted=MOMENT,
                        received=MOMENT,
                        answers=answers,
                        state=state.value,
                    )
                )
        session.flush()
        shown = session.exec(select(EntryRow).where(entries.published())).all()
        assert [row.reference for row in session.exec(select(EntryRow)) if entries.is_public(row)] == [
            row.reference for row in shown
        ]
        assert len(shown) == 1
        shown[0].answers = {"publish": False}  # its author takes it back
        session.flush()
        assert session.exec(select(EntryRow).where(entries.published())).all() == []

    assert not is_public(EntryState.PUBLISHED, "yes")
    await database.write(look)
