"""Who watches an announcement being sent, and by which message."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from storage.tables import LiveRow

__all__ = ["Watched", "end", "find", "forget", "go_on", "note", "summed_up", "watch", "watched"]


@dataclass(frozen=True, slots=True)
class Watched:
    """An announcement that a person watches. Without `message` they have not been told anything yet."""

    notice: int
    person: int
    message: int | None
    summed_up: bool = False


def watch(session: Session, notice: int, person: int) -> None:
    """Keep this person informed, by the message they have already if there is one."""
    row = session.get(LiveRow, (notice, person))
    if row is None:
        session.add(LiveRow(notice_id=notice, person_id=person))
    else:
        row.over = False
    session.flush()


def watched(session: Session) -> list[Watched]:
    """Everything that is watched and not over."""
    rows = session.exec(select(LiveRow).where(col(LiveRow.over).is_(False)).order_by(col(LiveRow.notice_id)))
    return [_watched(row) for row in rows]


def find(session: Session, notice: int, person: int) -> Watched | None:
    """How this person watches it; None: not at all."""
    row = session.get(LiveRow, (notice, person))
    return _watched(row) if row is not None else None


def note(session: Session, each: Watched, message: int) -> None:
    """Remember which message it is."""
    session.get_one(LiveRow, (each.notice, each.person)).message = message
    session.flush()


def summed_up(session: Session, each: Watched) -> None:
    """They have the summary, and need no second one."""
    session.get_one(LiveRow, (each.notice, each.person)).summed_up = True
    session.flush()


def go_on(session: Session, notice: int) -> None:
    """More of it is sent: whoever watches gets another summary at the end."""
    session.execute(update(LiveRow).where(col(LiveRow.notice_id) == notice).values(summed_up=False))


def end(session: Session, each: Watched) -> None:
    """The last word is said: the message stays as it is, until somebody does something again."""
    row = session.get(LiveRow, (each.notice, each.person))
    if row is not None:
        row.over = True
        session.flush()


def forget(session: Session, person: int) -> None:
    """Someone who asked to be forgotten watches nothing."""
    session.execute(delete(LiveRow).where(col(LiveRow.person_id) == person))


def _watched(row: LiveRow) -> Watched:
    return Watched(row.notice_id, row.person_id, row.message, row.summed_up)
