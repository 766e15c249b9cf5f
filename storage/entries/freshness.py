"""Whether published entries are still true: their authors are asked, once for each time that an entry was confirmed.

An author of many entries is asked about one a day, the oldest first. An entry that nobody confirms stays as it is: its
page says how old it is.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from dialogs.domain.entries.entry import EntryState
from dialogs.domain.notice import NoticeKind
from storage.organizers import organizers
from storage.review import history
from storage.review.delivery import deliver
from storage.tables import EntryRow
from storage.tables.freshness import FreshnessRow

__all__ = ["age", "ask", "confirm", "is_asked", "is_owed", "set_age"]

ONLY = 1
DAY = timedelta(days=1)
"""Between two questions to one author."""


def age(session: Session) -> timedelta | None:
    """How old an entry is when its author is asked; None: nobody is."""
    row = session.get(FreshnessRow, ONLY)
    return timedelta(days=row.days) if row is not None else None


def set_age(session: Session, who: int | None, days: int | None, now: datetime) -> None:
    """Ask after so many days from now on; None: not at all."""
    row = session.get(FreshnessRow, ONLY)
    if row is not None and days is None:
        session.delete(row)
    elif days is not None:
        session.merge(FreshnessRow(id=ONLY, days=days))
    organizers.record(session, who, "freshness_set", "", now, days=days or 0)


def _owed(older: timedelta, now: datetime) -> tuple[ColumnElement[bool], ...]:
    other = aliased(EntryRow)
    lately = exists().where(col(other.person_id) == col(EntryRow.person_id), col(other.asked_again) > now - DAY)
    return (
        col(EntryRow.state) == EntryState.PUBLISHED.value,
        col(EntryRow.person_id).is_not(None),
        col(EntryRow.received) <= now - older,
        or_(col(EntryRow.asked_again).is_(None), col(EntryRow.asked_again) < col(EntryRow.received)),
        ~lately,
    )


def is_owed(session: Session, now: datetime) -> bool:
    """Whether `ask` would find anybody."""
    older = age(session)
    return (
        older is not None
        and session.exec(select(EntryRow.reference).where(*_owed(older, now)).limit(1)).first() is not None
    )


def ask(session: Session, now: datetime, limit: int = 200) -> int:
    """Put questions into the ledger; how many."""
    older = age(session)
    if older is None:
        return 0
    oldest = select(EntryRow).where(*_owed(older, now)).order_by(col(EntryRow.received), col(EntryRow.reference))
    asked = set[int]()
    for row in session.exec(oldest.limit(limit).with_for_update(skip_locked=True)).all():
        if row.person_id is None or row.person_id in asked:
            continue
        asked.add(row.person_id)
        row.asked_again = now
        deliver(session, NoticeKind.STILL_TRUE, f"{row.reference}:{now:%Y%m%dT%H%M%S%f}", [row.person_id], now)
    session.flush()
    return len(asked)


def is_asked(row: EntryRow | None, person: int) -> bool:
    """Whether the question still stands: it is this person's, published, and was not confirmed since."""
    if row is None or row.person_id != person or row.state != EntryState.PUBLISHED.value:
        return False
    return row.asked_again is not None and row.received <= row.asked_again


def confirm(session: Session, person: int, reference: str, now: datetime) -> None:
    """The author says that their published entry is still true: its date is today's, its words stay."""
    row = history.lock(session, reference)
    if row is None or row.person_id != person or row.state != EntryState.PUBLISHED.value:
        return
    row.received = max(row.received, now)
    history.record(session, row, "confirm", EntryState.PUBLISHED, person, now, by_author=True)
