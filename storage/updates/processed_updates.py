"""Which updates were handled, and which of their screens have not been shown yet."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, bindparam, delete, insert, not_, or_, tuple_, update
from sqlalchemy import select as rows
from sqlmodel import Session, col, select

from storage.engine import process_registry
from storage.engine.prepared import execute, table_of
from storage.engine.process_registry import NOBODY
from storage.tables import HandledRow

__all__ = [
    "beat",
    "find",
    "first_time",
    "forget_old",
    "is_left",
    "is_waiting",
    "mark",
    "shown",
    "still_ours",
    "take_over",
    "unmark",
]

NO_PERSON = 0
"""Stands for the person in marks that are about none."""

KEPT = timedelta(days=14)
"""How long a handled update is known: far longer than any channel sends one again."""

PATIENCE = timedelta(seconds=30)
"""How long a process that is not registered (one of an older version, say) may be busy with showing screens."""

LONGEST_SHOWING = timedelta(minutes=10)
"""How long any process may be: one that is frozen keeps its lock. Far longer than a failing line is tried."""

HANDLED = table_of(HandledRow)
MARK = insert(HANDLED)
SHOWN = update(HANDLED).where(HANDLED.c.channel == bindparam("on"), HANDLED.c.update_id == bindparam("which"))
SHOWN = SHOWN.values(screens=None)
SHOWN_TO = SHOWN.where(HANDLED.c.person_id == bindparam("whose"))


def find(session: Session, channel: str, update_id: str, person: int = NO_PERSON) -> HandledRow | None:
    """The mark of this update of a person, when it was handled before."""
    return session.get(HandledRow, (channel, update_id, person))


def mark(
    session: Session,
    channel: str,
    update_id: str,
    person: int,
    screens: str | None,
    now: datetime,
    worker: int | None = None,
) -> None:
    """Mark an update as handled, with the screens it calls for and the process that is going to show them."""
    key = {"channel": channel, "update_id": update_id, "person_id": person}
    execute(session, MARK, {**key, "at": now, "screens": screens, "worker": worker})


def first_time(session: Session, channel: str, id: str, now: datetime) -> bool:
    """Whether something that is not a person's happens for the first time (in a fortnight); marks it."""
    if find(session, channel, id) is not None:
        return False
    mark(session, channel, id, NO_PERSON, None, now)
    return True


def unmark(session: Session, channel: str, id: str) -> None:
    """Let something that is not a person's happen for the first time again."""
    if (row := find(session, channel, id)) is not None:
        session.delete(row)


def beat(session: Session, channel: str, now: datetime) -> datetime | None:
    """Note that a channel is taking updates now; when it last did. Of several processes the first one hears it."""
    key = (f"{channel}/beat", "")
    row = session.exec(select(HandledRow).where(*_is(key)).with_for_update()).one_or_none()
    if row is None:
        mark(session, *key, NO_PERSON, None, now)
        return None
    before, row.at = row.at, now
    return before


def _is(key: tuple[str, str]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(HandledRow.channel) == key[0], col(HandledRow.update_id) == key[1]


def shown(session: Session, channel: str, *update_ids: str, person: int | None = None) -> None:
    """The screens of these updates have been shown. `person`: whose they are, where ids are not the channel's own."""
    for id in update_ids:
        named = {"on": channel, "which": id}
        execute(session, SHOWN, named) if person is None else execute(session, SHOWN_TO, {**named, "whose": person})


def is_waiting(session: Session, channel: str, person: int, *, but: Collection[str] = ()) -> bool:
    """Whether screens for a person have not been shown yet in a channel, or are just being shown: of other updates."""
    waiting = select(HandledRow.update_id).where(HandledRow.channel == channel, HandledRow.person_id == person)
    waiting = waiting.where(col(HandledRow.update_id).not_in(but))
    return session.exec(waiting.where(col(HandledRow.screens).is_not(None)).limit(1)).first() is not None


def still_ours(session: Session, channel: str, update_ids: Collection[str], worker: int) -> bool:
    """Whether any of these updates still waits for this process to show its screens."""
    mine = select(HandledRow.update_id).where(*_among(channel, update_ids), col(HandledRow.screens).is_not(None))
    if worker != NOBODY:
        mine = mine.where(or_(col(HandledRow.worker).is_(None), col(HandledRow.worker) == worker))
    return session.exec(mine.limit(1)).first() is not None


def is_left(
    session: Session, channel: str, now: datetime, worker: int, *, alone: bool, under_way: Collection[str] = ()
) -> bool:
    """Whether `take_over` would find anything."""
    left = select(HandledRow.update_id).where(*_left(channel, now, worker, alone, under_way))
    return session.exec(left.limit(1)).first() is not None


def take_over(
    session: Session,
    channel: str,
    now: datetime,
    worker: int,
    *,
    alone: bool,
    under_way: Collection[str] = (),
    limit: int = 100,
) -> list[HandledRow]:
    """Handled updates of a channel whose screens nobody shows any more, oldest first: they are this `worker`'s now. The
    rows still say whose they were.

    Those `under_way` are left as they are. Where other processes may be (not `alone`), so are those of a process that
    lives, and for PATIENCE those of one that is not registered.
    """
    oldest = select(HandledRow).where(*_left(channel, now, worker, alone, under_way))
    oldest = oldest.order_by(col(HandledRow.at), col(HandledRow.update_id)).limit(limit)
    found = list(session.exec(oldest.with_for_update(skip_locked=True)))
    if found and not alone:
        taken = _among(channel, [row.update_id for row in found])
        ours = update(HandledRow).where(*taken).values(worker=worker, at=now)
        session.exec(ours, execution_options={"synchronize_session": False})
    return found


def _left(channel: str, now: datetime, mine: int, alone: bool, under_way: Collection[str]) -> list[ColumnElement[bool]]:
    waiting = [col(HandledRow.channel) == channel, col(HandledRow.screens).is_not(None)]
    if under_way:
        waiting.append(col(HandledRow.update_id).not_in(under_way))
    if alone:
        return waiting
    worker, at = col(HandledRow.worker), col(HandledRow.at)
    silent = and_(worker.is_(None), at <= now - PATIENCE)
    dead = not_(process_registry.alive(worker))
    return [*waiting, or_(silent, worker.in_((NOBODY, mine)), dead, at <= now - LONGEST_SHOWING)]


def _among(channel: str, update_ids: Collection[str]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(HandledRow.channel) == channel, col(HandledRow.update_id).in_(update_ids)


def forget_old(session: Session, now: datetime, limit: int) -> bool:
    """Forget `limit` of the marks that no channel can ask about any more, the oldest first. False: no more are left."""
    key = (col(HandledRow.channel), col(HandledRow.update_id), col(HandledRow.person_id))
    old = rows(*key).where(col(HandledRow.at) < now - KEPT).order_by(col(HandledRow.at)).limit(limit)
    gone = session.execute(delete(HandledRow).where(tuple_(*key).in_(old)))
    return int(getattr(gone, "rowcount", 0)) == limit
