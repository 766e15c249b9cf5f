"""News of a call: who has something unfinished in it is told when its close moves. Written into the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists
from sqlalchemy import select as rows
from sqlmodel import Session, col, select

from dialogs.domain.announcements.announcement import following
from dialogs.domain.notice import NoticeKind, NoticeState
from storage.announcements import audiences
from storage.announcements.audiences import Audience
from storage.messaging import notices
from storage.messaging.notices import Notice
from storage.tables import CallRow, DraftRow

__all__ = [
    "TOPIC",
    "Moved",
    "close_moved",
    "concerned",
    "is_for_a_page",
    "moved_at",
    "read_key",
    "still_true",
]

TOPIC = "drafts"
"""The topic of reminders: these are news of one's own unfinished entry."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What a notice about a moved close says, as its key keeps it: `close:2027:<before>|<closes>#<how often>`."""

    call: str
    before: datetime
    closes: datetime

    @property
    def key(self) -> str:
        return f"close:{self.call}:{self.before.isoformat()}|{self.closes.isoformat()}"


def read_key(key: str) -> Moved:
    """What the key of a notice says. ValueError: it is another kind of notice."""
    head, _, rest = key.partition(":")
    call, _, rest = rest.partition(":")
    before, bar, closes = rest.partition("|")
    if head != "close" or not bar:
        raise ValueError(f"{key!r} is not about a close")
    return Moved(call, datetime.fromisoformat(before), datetime.fromisoformat(closes.partition("#")[0]))


def concerned(session: Session, call: str) -> int:
    """How many people would be told now."""
    return audiences.count(session, _unfinished(call), TOPIC)


def close_moved(session: Session, call: str, before: datetime, closes: datetime, now: datetime) -> None:
    """Tell whom it concerns. News of an earlier move that has not gone out yet is overtaken: it stops."""
    earlier = select(Notice).where(col(Notice.key).startswith(f"close:{call}:"))
    told = 0
    for notice in session.exec(earlier.with_for_update()):
        told += 1
        if notice.id is not None and NoticeState.STOPPED in following(NoticeState(notice.state)):
            notices.move(session, notice.id, NoticeState.STOPPED, now)
    session.add(
        Notice(
            key=f"{Moved(call, before, closes).key}#{told}",
            kind=NoticeKind.CALL.value,
            topic=TOPIC,
            state=NoticeState.SCHEDULED.value,
            audience=_unfinished(call).as_json(),
            created=now,
            due=now,
        )
    )
    session.flush()


def moved_at(session: Session, call: str, closes: datetime) -> datetime | None:
    """Since when the call closes then, if its close was ever moved there."""
    moves = session.exec(select(Notice.key, Notice.created).where(col(Notice.key).startswith(f"close:{call}:")))
    return max((created for key, created in moves if read_key(key).closes == closes), default=None)


def still_true(session: Session, moved: Moved) -> bool:
    """Whether the call still closes when the notice says."""
    row = session.get(CallRow, moved.call)
    return row is not None and row.closes == moved.closes


def is_for_a_page(session: Session, notice: Notice, person: int) -> bool:
    """Whether this person would have been told by a message, if one could reach them."""
    moved, audience = read_key(notice.key), Audience.of(notice.audience)
    begun = exists().where(
        col(DraftRow.person_id) == person,
        col(DraftRow.call) == moved.call,
        col(DraftRow.submitted).is_(None),
        col(DraftRow.corrects).is_(None),
        col(DraftRow.started) <= notice.created,
    )
    return (
        still_true(session, moved)
        and bool(session.execute(rows(begun)).scalar_one())
        and audiences.concerns(session, audience, notice.topic, person)
        and not audiences.holds(session, audience, notice.topic, person)
    )


def _unfinished(call: str) -> Audience:
    return Audience(call=call, unfinished=True, not_declined=True)
