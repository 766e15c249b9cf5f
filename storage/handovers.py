"""A section of a draft in a colleague's hands: by a one-time token, locked while it is there, revocable."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session, col, select

from storage.secrecy import hashed
from storage.tables import DraftRow, HandOverRow

__all__ = ["hand_over", "revoke", "take"]


def hand_over(
    session: Session, person: int, draft: str, section: str, now: datetime, token: Callable[[], str]
) -> str | None:
    """A token for a colleague; earlier ones for this section end. None when the draft isn't this person's."""
    if session.get_one(DraftRow, draft).person_id != person:
        return None
    revoke(session, person, draft, section)
    made = token()
    session.add(HandOverRow(token=hashed(made), draft_id=draft, section=section, made=now))
    return made


def take(session: Session, person: int, token: str) -> str | None:
    """Use a token: the draft it belongs to; None when it was used by somebody else, revoked, or is unknown."""
    row = session.exec(select(HandOverRow).where(HandOverRow.token == hashed(token)).with_for_update()).first()
    if row is None or row.revoked or row.colleague not in (None, person):
        return None
    draft = session.get_one(DraftRow, row.draft_id)
    if draft.person_id == person or draft.submitted is not None:
        return None
    row.colleague = person
    return row.draft_id


def revoke(session: Session, person: int, draft: str, section: str) -> None:
    """Take a section back: its tokens and the colleague's access end. What they answered stays."""
    if session.get_one(DraftRow, draft).person_id != person:
        return
    rows = select(HandOverRow).where(
        HandOverRow.draft_id == draft, HandOverRow.section == section, col(HandOverRow.revoked).is_(False)
    )
    for row in session.exec(rows):
        row.revoked = True
