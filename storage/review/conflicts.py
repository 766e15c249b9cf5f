"""Who may not review an entry: its author, whoever is of its organisation, and who declared an interest.

Such an entry is not there for them: not in a list, not in a count, not by its reference.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, delete, exists, select

from dialogs.domain.entries.entry import EntryState
from dialogs.text.normalize import normalize
from storage.review import history
from storage.tables import AnswerRow, AssignmentRow, ConflictRow, ContactRow, DraftRow, EntryRow, ScoreRow

__all__ = ["allowed", "bodies", "clear", "declare", "has"]


def bodies(session: Session, person: int) -> set[str]:
    """The organisations that a person is of, folded: of their entries and drafts, and of lists they are on."""
    sent = session.exec(select(EntryRow.body).where(EntryRow.person_id == person)).all()
    drafts = select(DraftRow.id).where(DraftRow.person_id == person)
    told = select(AnswerRow.value).where(AnswerRow.key == "org_name", col(AnswerRow.draft_id).in_(drafts))
    listed = select(ContactRow.organisation).where(ContactRow.person_id == person)
    named = (*session.exec(told), *session.exec(listed))
    return {body for body in (*sent, *(normalize(str(name)) for name in named if name)) if body}


def clear(session: Session, person: int) -> tuple[ColumnElement[bool], ...]:
    """Conditions over `EntryRow`: nothing stands between this person and the entry."""
    declared = exists().where(
        col(ConflictRow.person_id) == person, col(ConflictRow.reference) == col(EntryRow.reference)
    )
    foreign = or_(col(EntryRow.person_id).is_(None), col(EntryRow.person_id) != person)
    of = bodies(session, person)
    return (foreign, ~declared, *((col(EntryRow.body).not_in(of),) if of else ()))


def allowed(session: Session, person: int, references: Collection[str]) -> set[str]:
    """Those of these entries that this person may review."""
    there = select(EntryRow.reference).where(col(EntryRow.reference).in_(references))
    return set(session.exec(there.where(*clear(session, person))).all())


def has(session: Session, person: int, row: EntryRow) -> bool:
    """Whether something stands between this person and the entry."""
    if row.person_id == person or session.get(ConflictRow, (person, row.reference)) is not None:
        return True
    return bool(row.body) and row.body in bodies(session, person)


def declare(session: Session, person: int, row: EntryRow, now: datetime) -> None:
    """A reviewer has an interest in this entry: it goes back to the others, without their score."""
    for table in (AssignmentRow, ScoreRow):
        theirs = col(table.person_id) == person, col(table.reference) == row.reference
        session.execute(delete(table).where(*theirs))
    if session.get(ConflictRow, (person, row.reference)) is None:
        session.add(ConflictRow(person_id=person, reference=row.reference))
    history.record(session, row, "conflict", EntryState(row.state), person, now)
