"""Somebody asks to be forgotten: what review keeps about them as an author, and as a reviewer."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlmodel import Session, col, delete, select, update

from dialogs.domain.entries.entry import Action, EntryState
from storage.review import claims, history
from storage.tables import AssignmentRow, ConflictRow, EntryHistoryRow, EntryRow, ReviewMessageRow, RoundRow, ScoreRow

__all__ = ["forget", "keeps_nothing"]

TOMBSTONE = EntryState.WITHDRAWN.value
GONE = {state.value for state in (EntryState.DECLINED, EntryState.TEST, EntryState.SPAM, EntryState.MERGED)}
"""Entries that nobody will ever be shown: they go with their author."""


def keeps_nothing(row: EntryRow) -> bool:
    """Whether an entry goes with its author: what they did not allow to publish, and what was set aside.

    Of a withdrawn one it stays that it was withdrawn, without a word of it.
    """
    if row.state == TOMBSTONE:
        return False
    return row.state in GONE or (row.answers or {}).get("publish") is not True


def forget(session: Session, person: int) -> None:
    """Erase what was written to and by an author; a reviewer's name goes from what they did."""
    own = list(session.exec(select(EntryRow).where(EntryRow.person_id == person).with_for_update()))
    references = [row.reference for row in own]
    for row in own:
        history.act(session, row, Action.FORGET, None, datetime.now(UTC), by_author=True)
    session.execute(delete(RoundRow).where(col(RoundRow.reference).in_(references)))
    for said in (ReviewMessageRow, ScoreRow):
        session.execute(delete(said).where(col(said.reference).in_(references)))
    about = col(EntryHistoryRow.reference).in_(references)
    session.execute(update(EntryHistoryRow).where(about).values(details=None))
    for row in session.exec(select(EntryRow).where(EntryRow.reviewer == person)).all():
        claims.clear_away(row)
    session.execute(delete(AssignmentRow).where(col(AssignmentRow.person_id) == person))
    session.execute(update(AssignmentRow).where(col(AssignmentRow.by) == person).values(by=None))
    for table in (RoundRow, EntryHistoryRow, ReviewMessageRow, ScoreRow):
        session.execute(update(table).where(col(table.person_id) == person).values(person_id=None))
    session.execute(delete(ConflictRow).where(col(ConflictRow.person_id) == person))
    session.flush()
