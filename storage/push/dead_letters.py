"""Events that could not be delivered: seen, sent again or dropped by organizers. One function a deed, with its line of
the log; the chat and the command line call the same.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from dialogs.domain.entries.entry_event import EntryEvent
from dialogs.domain.organizers.push import DeadLetter
from storage.organizers import organizers
from storage.push import receivers
from storage.tables import PushRow

__all__ = ["drop", "newest", "replay", "replay_all", "resume"]


def newest(session: Session, limit: int = 5, before: int | None = None) -> tuple[DeadLetter, ...]:
    """Dead events, newest first; `before`: those with a smaller number."""
    found = select(PushRow).where(PushRow.state == "dead").order_by(col(PushRow.id).desc()).limit(limit)
    if before is not None:
        found = found.where(col(PushRow.id) < before)
    return tuple(map(_dead_letter, session.exec(found)))


def _dead_letter(row: PushRow) -> DeadLetter:
    named = (row.id or 0, row.receiver, row.reference, row.version)
    return DeadLetter(*named, EntryEvent(row.event), row.at, row.cause or "")


def replay(session: Session, by: int | None, id: int, now: datetime) -> bool:
    """Send a dead or dropped event again. False: there is no such event, or its entry was erased since.

    An entry's events that are still to be sent stay behind it; those that went since are known by their number.
    """
    row = session.get(PushRow, id, with_for_update=True)
    if row is None or row.state not in ("dead", "dropped") or row.cause == "erased":
        return False
    _again(row, now)
    session.flush()
    organizers.record(session, by, "push_replayed", row.reference, now, receiver=row.receiver)
    return True


def replay_all(session: Session, by: int | None, now: datetime, receiver: str | None = None) -> int:
    """Send every dead event again, or those for a receiver; how many."""
    found = select(PushRow).where(PushRow.state == "dead").order_by(col(PushRow.id)).with_for_update()
    if receiver is not None:
        found = found.where(PushRow.receiver == receiver)
    rows = session.exec(found).all()
    for row in rows:
        _again(row, now)
    session.flush()
    if rows:
        organizers.record(session, by, "push_all_replayed", receiver or "", now, count=len(rows))
    return len(rows)


def _again(row: PushRow, now: datetime) -> None:
    row.state, row.due, row.attempt, row.first, row.settled = "waiting", now, 0, None, None


def drop(session: Session, by: int | None, id: int, now: datetime) -> bool:
    """Have a dead event not sent. False: there is no such event."""
    row = session.get(PushRow, id, with_for_update=True)
    if row is None or row.state != "dead":
        return False
    row.state, row.settled = "dropped", now
    session.flush()
    organizers.record(session, by, "push_dropped", row.reference, now, receiver=row.receiver)
    return True


def resume(session: Session, by: int | None, name: str, now: datetime) -> bool:
    """Tell a receiver again that was stopped. False: none of this name was."""
    if not receivers.resume(session, name):
        return False
    organizers.record(session, by, "push_resumed", name, now)
    return True
