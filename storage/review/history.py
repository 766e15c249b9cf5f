"""Every change of an entry's state goes through here: by the one table, and into its history.

The row is locked first, so two deeds on one entry come one after the other, and the second sees what the first did.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from dialogs.domain.entries.entry import Action, EntryState, after
from dialogs.domain.entries.review import Happened
from storage.organizers import organizers
from storage.people import people
from storage.tables import EntryHistoryRow, EntryRow

__all__ = ["act", "last", "lock", "of_entry", "record"]

UNLOGGED = {Action.CLAIM, Action.RELEASE, Action.SEND, Action.ANSWER}
"""What the organizers' log leaves out: it is no decision of an organizer. An entry's own history has it."""


def lock(session: Session, reference: str) -> EntryRow | None:
    """The entry as it is now, which nobody else changes before this transaction ends."""
    found = select(EntryRow).where(EntryRow.reference == reference).with_for_update()
    return session.exec(found.execution_options(populate_existing=True)).one_or_none()


def act(
    session: Session,
    row: EntryRow,
    action: Action,
    who: int | None,
    now: datetime,
    *,
    by_author: bool = False,
    **details: Any,
) -> EntryHistoryRow | None:
    """Bring an entry into the state that an action leads to. None: it cannot be done in its state, nothing changed."""
    old = EntryState(row.state)
    new = after(old, action)
    if new is None:
        return None
    row.state = new.value
    if not by_author and action not in UNLOGGED:
        organizers.record(session, who, "entry_state", row.reference, now, state=new.value)
    return record(session, row, action.value, old, who, now, by_author=by_author, **details)


def record(
    session: Session,
    row: EntryRow,
    action: str,
    old: EntryState,
    who: int | None,
    now: datetime,
    *,
    by_author: bool = False,
    **details: Any,
) -> EntryHistoryRow:
    """Write a line of an entry's history. `old`: its state before; the row has the one after it."""
    line = EntryHistoryRow(
        reference=row.reference,
        at=now,
        person_id=who,
        action=action,
        old=old.value,
        new=row.state,
        version=row.version,
        by_author=by_author,
        details=details or None,
    )
    session.add(line)
    session.flush()
    return line


def last(session: Session, reference: str, *actions: Action) -> EntryHistoryRow | None:
    """The newest line, or the newest of these actions."""
    query = select(EntryHistoryRow).where(EntryHistoryRow.reference == reference)
    if actions:
        query = query.where(col(EntryHistoryRow.action).in_([action.value for action in actions]))
    return session.exec(query.order_by(col(EntryHistoryRow.id).desc()).limit(1)).first()


def of_entry(session: Session, reference: str, limit: int = 50) -> tuple[Happened, ...]:
    """What happened to an entry, newest first. Authors are not named: they stand in the entry."""
    rows = select(EntryHistoryRow).where(EntryHistoryRow.reference == reference)
    found = session.exec(rows.order_by(col(EntryHistoryRow.id).desc()).limit(limit)).all()
    return tuple(
        Happened(
            id=row.id or 0,
            at=row.at,
            action=row.action,
            old=EntryState(row.old),
            new=EntryState(row.new),
            version=row.version,
            person=None if row.by_author else row.person_id,
            name="" if row.by_author else people.name(session, row.person_id),
            by_author=row.by_author,
        )
        for row in found
    )
