"""Claims: who has which entry before them. Two reviewers who press at once get two entries.

A claim lapses: after `CLAIM` without anything done, the entry is offered to the others again. While its author is asked
it stays with the reviewer who asks.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, case, or_
from sqlalchemy import select as rows
from sqlmodel import Session, col, select

from dialogs.domain.entries.entry import Action, EntryState
from dialogs.domain.entries.review import CLAIM, Trouble
from storage.review import conflicts, history
from storage.tables import AssignmentRow, EntryRow

__all__ = [
    "claim",
    "claim_next",
    "clear_away",
    "free",
    "given",
    "is_taken",
    "keep",
    "kept_for",
    "offered",
    "release",
    "taken_up",
]


def free(now: datetime) -> ColumnElement[bool]:
    """Condition: the entry waits, and nobody has it."""
    lapsed = or_(col(EntryRow.claimed_until).is_(None), col(EntryRow.claimed_until) <= now)
    state = col(EntryRow.state)
    return or_(state == EntryState.RECEIVED.value, and_(state == EntryState.IN_REVIEW.value, lapsed))


def kept_for(person: int, now: datetime) -> ColumnElement[bool]:
    """Condition: the entry was given to this person, and is kept for them still."""
    return given(now).where(col(AssignmentRow.person_id) == person).exists()


def offered(person: int, now: datetime) -> ColumnElement[bool]:
    """Condition: this person may take it as it comes: it is free, and not kept for others."""
    return and_(free(now), or_(~given(now).exists(), kept_for(person, now)))


def given(now: datetime) -> Select[str]:
    """Query of a row for each reviewer for whom the entry is kept."""
    return (
        rows(col(AssignmentRow.reference))
        .where(col(AssignmentRow.reference) == col(EntryRow.reference), col(AssignmentRow.until) > now)
        .correlate(EntryRow)
    )


def claim_next(session: Session, person: int, now: datetime) -> str | None:
    """Claim the entry that has waited longest, first of those given to them; None when none waits for this person."""
    oldest = (
        select(EntryRow)
        .where(offered(person, now), *conflicts.clear(session, person))
        .order_by(case((kept_for(person, now), 0), else_=1), col(EntryRow.received), col(EntryRow.reference))
        .limit(1)
        .with_for_update(skip_locked=True)  # whom another is just claiming is not waited for: the next one is as good
    )
    row = session.exec(oldest.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        return None
    keep(session, row, person, now)
    return row.reference


def claim(session: Session, person: int, reference: str, now: datetime) -> Trouble | None:
    """Claim this one."""
    found = taken_up(session, person, reference, now)
    return found if isinstance(found, Trouble) else None


def taken_up(
    session: Session, person: int | None, reference: str, now: datetime, version: int | None = None
) -> EntryRow | Trouble:
    """The entry, locked, for something that a reviewer does to it, which renews their claim.

    `person` None: the command line, which claims nothing. `version`: the one that they have seen.
    """
    row = history.lock(session, reference)
    if row is None or (person is not None and conflicts.has(session, person, row)):
        return Trouble.GONE
    if person is not None and is_taken(row, person, now):
        return Trouble.TAKEN
    if version is not None and row.version != version:
        return Trouble.CHANGED
    keep(session, row, person, now)
    return row


def is_taken(row: EntryRow, person: int, now: datetime) -> bool:
    """Whether another reviewer has it."""
    if row.reviewer in (None, person) or row.claimed_until is None:
        return False
    return row.state == EntryState.CHANGES_ASKED or (
        row.state == EntryState.IN_REVIEW.value and row.claimed_until > now
    )


def keep(session: Session, row: EntryRow, person: int | None, now: datetime) -> None:
    """It is this person's from now on, where it is to be reviewed at all."""
    if row.state == EntryState.IN_REVIEW.value and person is not None and row.reviewer != person:
        history.act(session, row, Action.RELEASE, row.reviewer, now)  # whose claim lapsed
    if row.state == EntryState.RECEIVED.value:
        history.act(session, row, Action.CLAIM, person, now)
    if row.state in (EntryState.IN_REVIEW.value, EntryState.CHANGES_ASKED.value) and person is not None:
        row.reviewer, row.claimed_until = person, now + CLAIM
    session.flush()


def release(session: Session, person: int, reference: str, now: datetime) -> Trouble | None:
    """Give an entry back to the others."""
    row = history.lock(session, reference)
    if row is None or row.reviewer != person:
        return Trouble.GONE
    if history.act(session, row, Action.RELEASE, person, now) is None:
        return Trouble.NOT_NOW
    clear_away(row)
    return None


def clear_away(row: EntryRow) -> None:
    """Nobody has it any more."""
    row.reviewer, row.claimed_until = None, None
