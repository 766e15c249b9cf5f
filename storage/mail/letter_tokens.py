"""The secrets that letters carry: what one proves, opens and stops. A look at one changes nothing: scanners look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from storage.people.token_hash import hashed
from storage.tables import DraftRow, LetterTokenRow, PersonRow

__all__ = ["OPENS", "STOPS", "Letter", "find", "forget_old", "mint", "revoke"]

OPENS = timedelta(days=30)
"""How long a letter's link opens its draft."""
STOPS = timedelta(days=400)
"""How long its way out is good: tokens are let go after that."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a token is good for now. `draft`: what it opens, None when it opens nothing (any more)."""

    person: int
    address: str
    topic: str
    confirms: bool
    draft: str | None
    language: str
    zone: str | None


def mint(
    session: Session,
    token: str,
    person: int,
    address: str,
    topic: str,
    now: datetime,
    *,
    draft: str | None = None,
    confirms: bool = False,
) -> None:
    """Keep the hash of a letter's token."""
    until = now + OPENS if draft is not None or confirms else None
    row = LetterTokenRow(
        token=hashed(token),
        person_id=person,
        address=address,
        topic=topic,
        made=now,
        confirms=confirms,
        draft_id=draft,
        until=until,
    )
    session.add(row)
    session.flush()


def find(session: Session, token: str, now: datetime) -> Letter | None:
    """What a token is good for; None: for nothing, or its person is gone."""
    row = session.get(LetterTokenRow, hashed(token))
    if row is None or row.made < now - STOPS:
        return None
    person = session.get(PersonRow, row.person_id)
    if person is None or person.forgotten:
        return None
    fresh = row.until is not None and row.until > now
    draft = session.get(DraftRow, row.draft_id) if fresh and row.draft_id is not None else None
    opens = (
        draft is not None and draft.person_id == row.person_id and draft.submitted is None and draft.discarded is None
    )
    return Letter(
        row.person_id,
        row.address,
        row.topic,
        row.confirms and fresh,
        row.draft_id if opens else None,
        person.language,
        person.zone,
    )


def forget_old(session: Session, now: datetime, limit: int) -> bool:
    """Let go of tokens whose letters are too old to stop anything, some at a time. False: there are no more."""
    old = session.exec(select(LetterTokenRow.token).where(LetterTokenRow.made < now - STOPS).limit(limit)).all()
    session.execute(delete(LetterTokenRow).where(col(LetterTokenRow.token).in_(old)))
    return len(old) == limit


def revoke(session: Session, person: int) -> None:
    """Links in letters that are out open nothing any more; their way out stays."""
    session.execute(update(LetterTokenRow).where(col(LetterTokenRow.person_id) == person).values(until=None))
