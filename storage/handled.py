"""Which updates were handled, and which of their screens have not been shown yet."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, tuple_
from sqlalchemy import select as rows
from sqlmodel import Session, col, select

from storage.tables import HandledRow

__all__ = ["beat", "find", "first_time", "forget_old", "mark", "shown", "unshown"]

NOBODY = 0
"""Stands for the person in marks that are about none."""

KEPT = timedelta(days=14)
"""How long a handled update is known: far longer than any channel sends one again."""


def find(session: Session, channel: str, update_id: str, person: int = NOBODY) -> HandledRow | None:
    """The mark of this update of a person, when it was handled before."""
    return session.get(HandledRow, (channel, update_id, person))


def mark(session: Session, channel: str, update_id: str, person: int, screens: str, now: datetime) -> None:
    """Mark an update as handled, with the screens it calls for."""
    session.add(HandledRow(channel=channel, update_id=update_id, person_id=person, at=now, screens=screens))
    session.flush()


def first_time(session: Session, channel: str, id: str, now: datetime) -> bool:
    """Whether something that is not a person's happens for the first time (in a fortnight); marks it."""
    if find(session, channel, id) is not None:
        return False
    mark(session, channel, id, NOBODY, "[]", now)
    shown(session, channel, id)
    return True


def beat(session: Session, channel: str, now: datetime) -> datetime | None:
    """Note that a channel is taking updates now; when it last did. Of several processes the first one hears it."""
    key = (f"{channel}/beat", "")
    row = session.exec(select(HandledRow).where(*_is(key)).with_for_update()).one_or_none()
    if row is None:
        mark(session, *key, NOBODY, "[]", now)
        shown(session, *key)
        return None
    before, row.at = row.at, now
    return before


def _is(key: tuple[str, str]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(HandledRow.channel) == key[0], col(HandledRow.update_id) == key[1]


def shown(session: Session, channel: str, *update_ids: str, person: int | None = None) -> None:
    """The screens of these updates have been shown. `person`: whose they are, where ids are not the channel's own."""
    rows = select(HandledRow).where(HandledRow.channel == channel, col(HandledRow.update_id).in_(update_ids))
    for row in session.exec(rows if person is None else rows.where(HandledRow.person_id == person)):
        row.screens = None


def unshown(
    session: Session, channel: str, limit: int, now: datetime, older_than: timedelta, under_way: Collection[str] = ()
) -> list[HandledRow]:
    """Handled updates of a channel whose screens were not shown, oldest first; taken out of turn for `older_than`, so
    that of several processes one shows them. Those `under_way` are left as they are.
    """
    waiting = select(HandledRow).where(HandledRow.channel == channel, col(HandledRow.screens).is_not(None))
    old = waiting.where(col(HandledRow.at) <= now - older_than).order_by(col(HandledRow.at), col(HandledRow.update_id))
    oldest = session.exec(old.limit(limit).with_for_update(skip_locked=True))
    found = [row for row in oldest if row.update_id not in under_way]
    for number, row in enumerate(found):
        row.at = now + timedelta(microseconds=number)  # they keep their order
    return found


def forget_old(session: Session, now: datetime, limit: int) -> bool:
    """Forget `limit` of the marks that no channel can ask about any more, the oldest first. False: no more are left."""
    key = (col(HandledRow.channel), col(HandledRow.update_id), col(HandledRow.person_id))
    old = rows(*key).where(col(HandledRow.at) < now - KEPT).order_by(col(HandledRow.at)).limit(limit)
    gone = session.execute(delete(HandledRow).where(tuple_(*key).in_(old)))
    return int(getattr(gone, "rowcount", 0)) == limit
