"""Notices: what is to reach people unasked. An announcement is one, and so is each rung of the reminders.

A notice has texts (announcements only: reminders are worded for each person), an audience, a time and a
state. The rows of `storage.messaging.deliveries` say what became of it for each person.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, event, func
from sqlalchemy.orm import Mapper
from sqlmodel import Column, Field, Session, SQLModel, col, delete, select, update

from dialogs.domain.announcements.announcement import following
from dialogs.domain.notice import NoticeKind, NoticeState
from storage.engine.types import BigId, Json, UtcMoment

__all__ = [
    "Notice",
    "NoticeText",
    "OptOut",
    "WrongMove",
    "due",
    "forget",
    "get",
    "move",
    "newest_of",
    "opt_in",
    "opt_out",
    "opted_out",
    "service",
    "texts",
    "unnumbered",
    "uploaded",
    "was_held",
]


class Notice(SQLModel, table=True):
    """`key` is unique: what makes the same notice once. `due` is the moment from which it may go out.

    `audience` is `storage.announcements.audiences.Audience` as JSON; `buttons` a list of
    `{label: {language: text}, url}`; `file` `{path, picture, remote}`. `planned_to` is the last person id
    for whom rows were written, `planned` that all were. `revision` counts the texts: above 1, messages that were
    sent are edited to it. `recalled` is the moment from which they are deleted instead.
    """

    __tablename__ = "notices"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    kind: str
    topic: str = Field(default="news")
    state: str = Field(default=NoticeState.DRAFT.value, index=True)
    language: str = Field(default="en")
    audience: dict[str, Any] = Field(default_factory=dict, sa_column=Column(Json, nullable=False))
    buttons: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(Json, nullable=False))
    file: dict[str, Any] | None = Field(default=None, sa_column=Column(Json, nullable=True))
    author: int | None = Field(default=None, sa_column=Column(BigId, nullable=True))
    approved_by: int | None = Field(default=None, sa_column=Column(BigId, nullable=True))
    created: datetime = Field(sa_type=UtcMoment)
    due: datetime = Field(sa_type=UtcMoment)
    started: datetime | None = Field(default=None, sa_type=UtcMoment)
    finished: datetime | None = Field(default=None, sa_type=UtcMoment)
    planned_to: int = Field(default=0, sa_column=Column(BigId, nullable=False))
    planned: bool = False
    revision: int = 1
    recalled: datetime | None = Field(default=None, sa_type=UtcMoment)


@event.listens_for(Notice, "before_insert")
def _count_upwards(mapper: Mapper[Any], connection: Connection, notice: Notice) -> None:
    """SQLite numbers from the highest id on: where there are only `unnumbered` ones, the next would be negative too,
    and pages, which show what is newer than what they have shown, would show none of it.
    """
    if notice.id is None and connection.dialect.name == "sqlite":
        newest = connection.execute(select(func.max(col(Notice.id)))).scalar()
        if newest is not None and newest < 0:
            notice.id = 1


class NoticeText(SQLModel, table=True):
    """The text of a notice in one language, as Telegram's HTML."""

    __tablename__ = "notice_texts"

    notice_id: int = Field(primary_key=True, foreign_key="notices.id")
    language: str = Field(primary_key=True)
    html: str


class OptOut(SQLModel, table=True):
    """A person wants nothing more of this topic."""

    __tablename__ = "opt_outs"

    person_id: int = Field(sa_column=Column(BigId, primary_key=True, autoincrement=False))
    topic: str = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcMoment)


class WrongMove(ValueError):
    """A notice cannot go from its state to the one asked for."""


def get(session: Session, notice: int, *, lock: bool = False) -> Notice:
    """The notice; LookupError when there is none. `lock`: keep others from changing it in this transaction."""
    query = select(Notice).where(Notice.id == notice)
    if lock:  # and read anew: what this session saw of it before may have been changed by whoever held the lock
        query = query.with_for_update().execution_options(populate_existing=True)
    found = session.exec(query).one_or_none()
    if found is None:
        raise LookupError(f"there is no notice {notice}")
    return found


def texts(session: Session, notice: int) -> dict[str, str]:
    """Language to HTML."""
    rows = session.exec(select(NoticeText).where(NoticeText.notice_id == notice))
    return {row.language: row.html for row in rows}


def move(session: Session, notice: int, to: NoticeState, now: datetime) -> bool:
    """Bring a notice into a state. False: it is there already. WrongMove: it cannot get there."""
    found = get(session, notice, lock=True)
    state = NoticeState(found.state)
    if state is to:
        return False
    if to not in following(state):
        raise WrongMove(f"notice {notice} is {state}, so it cannot become {to}")
    found.state = to.value
    if to is NoticeState.RUNNING:
        found.started = found.started or now
        found.finished = None
    if to.is_over:
        found.finished = now
    session.add(found)
    session.flush()
    return True


def newest_of(session: Session, kinds: Iterable[NoticeKind]) -> int:
    """The number of the newest notice of these kinds; 0: there is none."""
    query = select(func.max(Notice.id)).where(col(Notice.kind).in_([kind.value for kind in kinds]))
    return session.exec(query).one() or 0


def due(session: Session, now: datetime) -> list[int]:
    """Set scheduled notices running whose time has come; returns all that are running, announcements last."""
    session.execute(
        update(Notice)
        .where(col(Notice.state) == NoticeState.SCHEDULED.value, col(Notice.due) <= now)
        .values(state=NoticeState.RUNNING.value, started=now)
    )
    running = select(Notice.id).where(Notice.state == NoticeState.RUNNING.value)
    last = col(Notice.kind) == NoticeKind.ANNOUNCEMENT.value
    found = session.exec(running.order_by(last, col(Notice.due), col(Notice.id)))
    return [each for each in found if each is not None]


def uploaded(session: Session, notice: int, remote: str) -> None:
    """The notice's file is known to Telegram under this id from now on, so that it is uploaded once."""
    found = get(session, notice)
    if found.file is not None and found.file.get("remote") != remote:
        found.file = found.file | {"remote": remote}
        session.add(found)
        session.flush()


def was_held(session: Session, notice: int) -> bool:
    """Whether this announcement once paused itself."""
    held = select(Notice.id).where(col(Notice.key).startswith(f"{NoticeKind.HELD.value}:{notice}:"))
    return session.exec(held.limit(1)).first() is not None


def unnumbered() -> int:
    """An id for what organizers do not count: the numbers upwards of 0 are those of announcements that they see."""
    return -secrets.randbelow(2**31 - 1) - 1


def service(session: Session, kind: NoticeKind, about: str, now: datetime, id: int | None = None) -> int:
    """Begin news of the service's own, whose readers the caller writes into the ledger at once; its id."""
    notice = Notice(
        id=id,
        key=f"{kind.value}:{about}",
        kind=kind.value,
        topic="desk",
        state=NoticeState.RUNNING.value,
        created=now,
        due=now,
        started=now,
        planned=True,
    )
    session.add(notice)
    session.flush()
    assert notice.id is not None  # given by the flush
    return notice.id


def opt_out(session: Session, person: int, topic: str, now: datetime) -> bool:
    """Send this person nothing more of a topic. False: they had said so before."""
    if session.get(OptOut, (person, topic)) is not None:
        return False
    session.add(OptOut(person_id=person, topic=topic, at=now))
    session.flush()
    return True


def opt_in(session: Session, person: int, topic: str) -> None:
    """Take an opt-out back."""
    session.execute(delete(OptOut).where(col(OptOut.person_id) == person, col(OptOut.topic) == topic))


def opted_out(session: Session, person: int) -> set[str]:
    """The topics of which this person wants nothing."""
    return set(session.exec(select(OptOut.topic).where(OptOut.person_id == person)))


def forget(session: Session, person: int) -> None:
    """Erase what notices keep about a person."""
    session.execute(delete(OptOut).where(col(OptOut.person_id) == person))
