"""Two people turn out to be one: whatever names the one names the other from then on, and nothing stays behind."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, delete, exists, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.messaging.deliveries import Delivery
from storage.messaging.notices import Notice, OptOut
from storage.organizers import console
from storage.people import people, sessions
from storage.tables import (
    AccountRow,
    AnswerRow,
    AssignmentRow,
    ConflictRow,
    ContactListRow,
    ContactRow,
    DeskAnswerRow,
    DraftRow,
    EntryHistoryRow,
    EntryRow,
    FollowRow,
    HandledRow,
    HandOverRow,
    HistoryRow,
    InvitationRow,
    JoinCodeRow,
    LateUseRow,
    LetterTokenRow,
    LiveRow,
    LogRow,
    MailboxRow,
    OrganizerMessageRow,
    OrganizerRow,
    ReportOrderRow,
    ReviewMessageRow,
    RoundRow,
    ScoreRow,
    TranscriptRow,
    find_country,
)

__all__ = ["merge"]

OWNED: tuple[tuple[type[Any], str], ...] = (
    *((AccountRow, "person_id"), (DraftRow, "person_id"), (EntryRow, "person_id"), (TranscriptRow, "person_id")),
    *((ContactRow, "person_id"), (ContactListRow, "person_id"), (OrganizerMessageRow, "person_id")),
    (OrganizerMessageRow, "assignee"),
    *(
        (HandOverRow, "colleague"),
        (LetterTokenRow, "person_id"),
        (OrganizerRow, "by"),
        (ReportOrderRow, "person_id"),
        (InvitationRow, "by"),
        (InvitationRow, "used_by"),
    ),
    *((LogRow, "person_id"), (DeskAnswerRow, "person_id"), (Notice, "author"), (Notice, "approved_by")),
    *(
        (EntryRow, "reviewer"),
        *((AssignmentRow, "by"), (FollowRow, "person_id")),
        (RoundRow, "person_id"),
        (EntryHistoryRow, "person_id"),
        (ReviewMessageRow, "person_id"),
    ),
)
"""Columns that name a person, in rows of which one may have many."""

ONCE: tuple[tuple[type[Any], tuple[str, ...]], ...] = (
    (HandledRow, ("channel", "update_id")),
    (LateUseRow, ("call",)),
    (OptOut, ("topic",)),
    (Delivery, ("notice_id",)),
    (LiveRow, ("notice_id",)),
    (ConflictRow, ("reference",)),
    (AssignmentRow, ("reference",)),
    (ScoreRow, ("reference",)),
    (MailboxRow, ()),
)
"""Tables that have a person once for each of these: where both have a row, that of the one who stays stands."""


def merge(session: Session, person: int, *, into: int) -> int:
    """Give everything of `person` to `into`, whom they are from now on; the stamp of their newest screen.

    The caller has locked both. Of `person` a number is left without a name, so that what is on its way still arrives.
    """
    _longer_late_use(session, person, into)
    _authors(session, person, into)
    for table, column in OWNED:
        named = getattr(table, column)
        session.execute(update(table).where(named == person).values({column: into}))
    for table, key in ONCE:
        _move_once(session, table, key, person, into)
    sessions.join(session, person, into)
    console.forget(session, person)  # who joins enters the console anew, as the one they are now
    session.execute(delete(JoinCodeRow).where(col(JoinCodeRow.person_id) == person))
    session.execute(update(JoinCodeRow).where(col(JoinCodeRow.asked_by) == person).values(asked_by=None, agreed=False))
    _ended_hand_overs(session, into)
    session.flush()
    session.expire_all()
    stamp = people.absorb(session, person, into)
    find_country(session.connection(), into)
    session.expire_all()
    return stamp


def _authors(session: Session, person: int, into: int) -> None:
    """Who gave answers: in their own drafts, and in those of which they were handed a section. Before both move."""
    own = select(DraftRow.id).where(DraftRow.person_id == person)
    handed = select(HandOverRow.draft_id).where(HandOverRow.colleague == person)
    for table in (AnswerRow, HistoryRow):
        there = or_(col(table.draft_id).in_(own), col(table.draft_id).in_(handed))
        session.execute(update(table).where(there, col(table.by) == person).values(by=into))


def _longer_late_use(session: Session, person: int, into: int) -> None:
    """Where both have a call open late, the longer time holds."""
    theirs = {row.call: row for row in session.exec(select(LateUseRow).where(LateUseRow.person_id == person))}
    for row in session.exec(select(LateUseRow).where(LateUseRow.person_id == into)):
        if row.call in theirs:
            row.until = max(row.until, theirs[row.call].until)
    session.flush()


def _move_once(session: Session, table: type[Any], key: tuple[str, ...], person: int, into: int) -> None:
    other = aliased(table)
    same: list[ColumnElement[bool]] = [getattr(other, name) == getattr(table, name) for name in key]
    both = exists().where(other.person_id == into, *same)
    unsynchronized = {"synchronize_session": False}
    session.execute(delete(table).where(table.person_id == person, both), execution_options=unsynchronized)
    moved = update(table).where(table.person_id == person).values(person_id=into)
    session.execute(moved, execution_options=unsynchronized)


def _ended_hand_overs(session: Session, into: int) -> None:
    """Nobody is their own colleague."""
    own = select(DraftRow.id).where(DraftRow.person_id == into)
    taken = update(HandOverRow).where(col(HandOverRow.colleague) == into, col(HandOverRow.draft_id).in_(own))
    session.execute(taken.values(revoked=True), execution_options={"synchronize_session": False})
