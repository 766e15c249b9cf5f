"""People who looked in and never answered anything: nothing of them needs to be kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, or_
from sqlmodel import Session, col, select

from storage.people import privacy
from storage.tables import (
    AccountRow,
    ContactRow,
    EntryRow,
    FollowRow,
    HandOverRow,
    LateUseRow,
    OrganizerMessageRow,
    OrganizerRow,
    PersonRow,
    SessionRow,
)

__all__ = ["AFTER", "find", "forget_sessions", "remove"]

AFTER = timedelta(days=14)
"""How long somebody who never answered is remembered after their last visit."""


def find(session: Session, now: datetime, limit: int = 200) -> list[int]:
    """People known only by a cookie who agreed to nothing, wrote to nobody, and were not here for AFTER.

    Before the agreement no answer is kept, so that there can be none of theirs; a draft that was only opened counts for
    nothing.
    """
    longest_away = select(PersonRow.id).where(*_idle(now)).order_by(col(PersonRow.seen)).limit(limit)
    return [id for id in session.exec(longest_away) if id is not None]


def remove(session: Session, person: int, now: datetime) -> bool:
    """Remove somebody, unless they came back meanwhile."""
    still = select(PersonRow).where(PersonRow.id == person, *_idle(now)).with_for_update()
    row = session.exec(still).one_or_none()
    if row is None:
        return False
    privacy.forget(session, person)
    session.delete(session.get_one(PersonRow, person))
    session.flush()
    return True


def forget_sessions(session: Session, now: datetime) -> None:
    """Forget sessions and codes that are over, with the cookies of those that were replaced."""
    over = select(SessionRow.address).where(col(SessionRow.until) < now)
    session.exec(delete(AccountRow).where(col(AccountRow.channel) == "web", col(AccountRow.address).in_(over)))
    session.exec(delete(SessionRow).where(col(SessionRow.until) < now))


def _idle(now: datetime) -> tuple[ColumnElement[bool], ...]:
    id = col(PersonRow.id)
    elsewhere = exists().where(col(AccountRow.person_id) == id, col(AccountRow.channel) != "web")
    merged = PersonRow.__table__.alias("merged")  # type: ignore[attr-defined]
    owned = (EntryRow, ContactRow, LateUseRow, OrganizerMessageRow, OrganizerRow, FollowRow)
    return (
        col(PersonRow.seen) < now - AFTER,
        col(PersonRow.consent).is_(None),
        ~col(PersonRow.forgotten),
        col(PersonRow.merged_into).is_(None),
        ~or_(
            elsewhere,
            exists().where(merged.c.merged_into == id),
            exists().where(col(HandOverRow.colleague) == id),
            *(exists().where(col(table.person_id) == id) for table in owned),
        ),
    )
