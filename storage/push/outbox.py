"""The outbox: written in the transaction that changes an entry, drained in the order of each entry's events.

    waiting --settle---> sent
       ^ +-----give_up-> dead --drop-> dropped
       +-----replay-------+-----replay----+

There is one sender (the leader), so a row needs no mark that somebody has it. A sender that dies after its request and
before `settle` sends the same event again, under the same id: by that the receiver knows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, exists, func
from sqlalchemy import select as rows
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select, update

from dialogs.domain.entries.entry import EntryState
from dialogs.domain.entries.entry_event import EntryEvent, Snapshot, event_of, public_event_of
from storage.push import receivers
from storage.tables import EntryRow, PushReceiverRow, PushRow

__all__ = ["Due", "due", "fill", "follow", "give_up", "postpone", "prune", "settle", "waiting"]


@dataclass(frozen=True, slots=True)
class Due:
    """An event to send. `first`: when it was tried first, None before that."""

    id: int
    receiver: str
    reference: str
    version: int
    event: EntryEvent
    at: datetime
    attempt: int
    first: datetime | None
    public: bool


def follow(session: Session, touched: Mapping[str, Snapshot | None]) -> None:
    """Write the events that come of changes, in the session's transaction. `touched`: what entries were before."""
    told = receivers.active(session)
    if not told:
        return
    now = datetime.now(UTC)
    found = rows(EntryRow).where(col(EntryRow.reference).in_(list(touched)))
    entries = {row.reference: row for row in session.execute(found).scalars()}
    for reference, before in sorted(touched.items(), key=lambda each: each[0]):
        entry = entries.get(reference)
        after = _snapshot(entry) if entry is not None else None
        if after is None:
            _forget(session, reference, now)
        version = after.version if after is not None else before.version if before is not None else 1
        for receiver in told:
            event = (public_event_of if receiver.public else event_of)(before, after)
            if event is not None and event.value in receiver.events:
                session.add(_row(receiver.name, reference, version, event, now))
    session.flush()


def _snapshot(entry: EntryRow) -> Snapshot:
    publish = (entry.answers or {}).get("publish") is True
    return Snapshot(entry.version, EntryState(entry.state), publish, entry.person_id is not None)


def _row(receiver: str, reference: str, version: int, event: EntryEvent, now: datetime) -> PushRow:
    return PushRow(receiver=receiver, reference=reference, version=version, event=event.value, at=now, due=now)


def _forget(session: Session, reference: str, now: datetime) -> None:
    """The entry is gone: what was not sent of it yet has no body any more."""
    of_it = update(PushRow).where(col(PushRow.reference) == reference, col(PushRow.state).in_(("waiting", "dead")))
    session.execute(of_it.values(state="dropped", settled=now, cause="erased"))


def due(session: Session, receiver: str, now: datetime, limit: int) -> list[Due]:
    """Events to send to a receiver now, at most one of each entry: its oldest that waits."""
    row = session.get(PushReceiverRow, receiver)
    if row is None or not row.set or row.stopped is not None or (row.not_before is not None and row.not_before > now):
        return []
    earlier = aliased(PushRow)
    before = exists().where(
        col(earlier.receiver) == col(PushRow.receiver),
        col(earlier.reference) == col(PushRow.reference),
        col(earlier.state) == "waiting",
        col(earlier.id) < col(PushRow.id),
    )
    found = select(PushRow).where(PushRow.receiver == receiver, PushRow.state == "waiting", col(PushRow.due) <= now)
    found = found.where(~before).order_by(col(PushRow.due), col(PushRow.id)).limit(1 if row.failures else limit)
    return [_due(each, row.public) for each in session.exec(found)]


def _due(row: PushRow, public: bool) -> Due:
    assert row.id is not None  # it was read
    what = EntryEvent(row.event)
    return Due(row.id, row.receiver, row.reference, row.version, what, row.at, row.attempt, row.first, public)


def settle(session: Session, id: int, now: datetime) -> None:
    """The receiver has it."""
    row = session.get(PushRow, id)
    if row is not None:  # and not pruned meanwhile
        row.state, row.settled, row.cause, row.attempt = "sent", now, None, row.attempt + 1
        row.first = row.first or now


def postpone(session: Session, id: int, cause: str, due: datetime, now: datetime) -> None:
    """A try failed: again at `due`."""
    row = session.get(PushRow, id)
    if row is not None and row.state == "waiting":
        row.due, row.cause, row.attempt, row.first = due, cause, row.attempt + 1, row.first or now


def give_up(session: Session, id: int, cause: str, now: datetime) -> None:
    """It has been tried for long enough."""
    row = session.get(PushRow, id)
    if row is not None and row.state == "waiting":
        row.state, row.settled, row.cause, row.attempt = "dead", now, cause, row.attempt + 1


def fill(session: Session, receiver: str, now: datetime, after: str = "", limit: int = 500) -> tuple[int, str]:
    """Write an event for entries that a receiver was never told of: how many, and the last reference looked at.

    For a receiver that is new. Call it until the reference is empty.
    """
    row = session.get_one(PushReceiverRow, receiver)
    found = select(EntryRow).where(col(EntryRow.reference) > after).order_by(col(EntryRow.reference)).limit(limit)
    entries = session.exec(found).all()
    if not entries:
        return 0, ""
    named = [entry.reference for entry in entries]
    known = select(PushRow.reference).where(PushRow.receiver == receiver, col(PushRow.reference).in_(named))
    told = set(session.exec(known.distinct()))
    new = 0
    for entry in entries:
        event = (public_event_of if row.public else event_of)(None, _snapshot(entry))
        if event is not None and entry.reference not in told:
            session.add(_row(receiver, entry.reference, entry.version, event, now))
            new += 1
    session.flush()
    return new, named[-1]


def prune(session: Session, before: datetime, limit: int = 500) -> int:
    """Take away what was settled before then; how many. The newest event of an entry stays, so `fill` knows of it."""
    newest = aliased(PushRow)
    later = exists().where(
        col(newest.receiver) == col(PushRow.receiver),
        col(newest.reference) == col(PushRow.reference),
        col(newest.id) > col(PushRow.id),
    )
    old = select(PushRow.id).where(col(PushRow.state).in_(("sent", "dropped")), col(PushRow.settled) < before, later)
    ids = session.exec(old.limit(limit)).all()
    session.execute(delete(PushRow).where(col(PushRow.id).in_(ids)))
    return len(ids)


def waiting(session: Session) -> dict[str, int]:
    """How much waits, by receiver."""
    found: Any = select(PushRow.receiver, func.count()).where(PushRow.state == "waiting").group_by(PushRow.receiver)
    return dict(session.exec(found).all())
