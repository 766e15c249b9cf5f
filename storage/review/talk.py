"""What a reviewer and an author write each other about an entry. The bot carries it: neither sees who the other is."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from dialogs.domain.entries.review import Trouble
from dialogs.domain.notice import NoticeKind
from dialogs.text.language_detection import language_of
from storage.organizers import organizers
from storage.review import claims, history
from storage.review.delivery import deliver
from storage.tables import PersonRow, ReviewMessageRow

__all__ = ["to_author", "to_reviewer"]

A_DAY = 20
"""Messages of an author about an entry in a day."""


def to_author(session: Session, person: int, reference: str, text: str, now: datetime) -> Trouble | None:
    """A reviewer writes to the author."""
    row = claims.taken_up(session, person, reference, now)
    if isinstance(row, Trouble):
        return row
    if row.person_id is None:
        return Trouble.NOBODY
    organizers.record(session, person, "wrote_to_author", reference, now)
    _keep(session, person, reference, text, now, row.person_id, by_author=False)
    return None


def to_reviewer(session: Session, person: int, reference: str, text: str, now: datetime) -> Trouble | None:
    """An author writes to whoever reviews their entry; it stands with the entry for whoever reviews it next."""
    row = history.lock(session, reference)
    if row is None or row.person_id != person:
        return Trouble.GONE
    today = (
        select(func.count())
        .select_from(ReviewMessageRow)
        .where(
            ReviewMessageRow.reference == reference,
            col(ReviewMessageRow.by_author),
            col(ReviewMessageRow.at) > now - timedelta(days=1),
        )
    )
    if session.exec(today).one() >= A_DAY:
        return Trouble.NOT_NOW
    _keep(session, person, reference, text, now, row.reviewer, by_author=True)
    return None


def _keep(
    session: Session, person: int, reference: str, text: str, now: datetime, reader: int | None, *, by_author: bool
) -> None:
    language = language_of(text, session.get_one(PersonRow, person).language)
    row = ReviewMessageRow(
        reference=reference, person_id=person, by_author=by_author, text=text, language=language, at=now
    )
    session.add(row)
    session.flush()
    deliver(session, NoticeKind.REVIEW_SAID, str(row.id), [reader], now)
