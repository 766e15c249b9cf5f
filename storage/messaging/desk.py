"""The help desk's lists: what waits for an answer, who takes care of it, and what is done with.

A letter waits until it is answered or closed. Whoever takes care of one is named to the other organizers.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_
from sqlalchemy import select as rows
from sqlmodel import Session, col, select

from dialogs.domain.notice import NoticeKind
from dialogs.domain.organizers.inbox import Desk, DeskList, Helper, InboxMessage
from dialogs.domain.roles import Right
from storage.messaging import inbox
from storage.messaging.notices import Notice
from storage.organizers import organizers
from storage.people import people
from storage.tables import DeskAnswerRow, OrganizerMessageRow

__all__ = ["assign", "close", "helpers", "page", "reopen", "waits"]


def waits() -> ColumnElement[bool]:
    """Condition over `OrganizerMessageRow`: nobody has answered or closed it."""
    return and_(~_answered(), col(OrganizerMessageRow.closed).is_(None))


def _answered() -> ColumnElement[bool]:
    return exists().where(col(DeskAnswerRow.message_id) == col(OrganizerMessageRow.id))


def page(session: Session, person: int | None, shown: DeskList, skip: int = 0, limit: int = 8) -> Desk:
    """A page of a list: what waits the longest first, what is done the newest first.

    `person`: whose own list is counted; None: the command line, which has none.
    """
    mine = and_(waits(), col(OrganizerMessageRow.assignee) == person)
    done = or_(_answered(), col(OrganizerMessageRow.closed).is_not(None))
    which = {DeskList.WAITING: waits(), DeskList.MINE: mine, DeskList.DONE: done}
    numbers = {each: int(session.execute(_number(which[each])).scalar_one()) for each in which}
    oldest_first = col(OrganizerMessageRow.id) if shown is not DeskList.DONE else col(OrganizerMessageRow.id).desc()
    found = select(OrganizerMessageRow.id).where(which[shown]).order_by(oldest_first).offset(skip).limit(limit)
    letters = (inbox.letter(session, id or 0) for id in session.exec(found).all())
    waiting, own = numbers[DeskList.WAITING], numbers[DeskList.MINE]
    return Desk(shown, numbers[shown], waiting, own, tuple(each for each in letters if each is not None))


def _number(condition: ColumnElement[bool]) -> Select[int]:
    return rows(func.count()).select_from(OrganizerMessageRow).where(condition)


def helpers(session: Session) -> tuple[Helper, ...]:
    """Who can take care of a letter, by name."""
    able = organizers.who_may(session, Right.HELP)
    found = (Helper(each, people.name(session, each)) for each in able)
    return tuple(sorted(found, key=lambda one: (one.name, one.person)))


def assign(session: Session, who: int | None, id: int, person: int | None, now: datetime) -> InboxMessage | None:
    """Let an organizer take care of a letter, or nobody; None: it is gone, or they do not answer letters."""
    row = _locked(session, id)
    if row is None or (person is not None and person not in organizers.who_may(session, Right.HELP)):
        return None
    if row.assignee != person:
        row.assignee = person
        organizers.record(session, who, "desk_assigned" if person is not None else "desk_freed", str(id), now)
        _tell(session, id)
    return inbox.letter(session, id)


def close(session: Session, who: int | None, id: int, now: datetime) -> InboxMessage | None:
    """A letter needs no answer (any more); None: it is gone."""
    row = _locked(session, id)
    if row is None:
        return None
    if row.closed is None:
        row.closed = now
        organizers.record(session, who, "desk_closed", str(id), now)
        _tell(session, id)
    return inbox.letter(session, id)


def reopen(session: Session, who: int | None, id: int, now: datetime) -> InboxMessage | None:
    """A closed letter waits again; None: it is gone."""
    row = _locked(session, id)
    if row is None:
        return None
    if row.closed is not None:
        row.closed = None
        organizers.record(session, who, "desk_reopened", str(id), now)
        _tell(session, id)
    return inbox.letter(session, id)


def _locked(session: Session, id: int) -> OrganizerMessageRow | None:
    found = select(OrganizerMessageRow).where(OrganizerMessageRow.id == id).with_for_update()
    return session.exec(found.execution_options(populate_existing=True)).one_or_none()


def _tell(session: Session, id: int) -> None:
    """The copies that organizers have got say how it stands."""
    session.flush()
    for notice in session.exec(select(Notice).where(Notice.key == f"{NoticeKind.LETTER.value}:{id}")):
        notice.revision += 1
