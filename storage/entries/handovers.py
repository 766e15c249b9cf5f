"""A section of a draft in a colleague's hands: by a one-time token, locked while it is there, revocable."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session, col, select

from storage.entries import rights
from storage.people.token_hash import hashed
from storage.tables import DraftRow, HandOverRow

__all__ = ["hand_over", "revoke", "take"]


def hand_over(session: Session, draft: str, section: str, now: datetime, token: Callable[[], str]) -> str:
    """A token for a colleague; earlier ones for this section end."""
    revoke(session, draft, section)
    made = token()
    session.add(HandOverRow(token=hashed(made), draft_id=draft, section=section, made=now))
    return made


def take(session: Session, person: int, token: str) -> str | None:
    """Use a token: the draft it belongs to.

    None: it is unknown, revoked or used by somebody else, or the draft is one's own, sent or discarded.
    """
    row = session.exec(select(HandOverRow).where(HandOverRow.token == hashed(token)).with_for_update()).first()
    if row is None or row.revoked or row.colleague not in (None, person):
        return None
    draft = session.get_one(DraftRow, row.draft_id)
    if draft.person_id == person or draft.submitted is not None or draft.discarded is not None:
        return None
    row.colleague = person
    return row.draft_id


def revoke(session: Session, draft: str, section: str) -> None:
    """Take a section back: its tokens and the colleague's access end. What they answered stays.

    The draft is locked first: an answer that the colleague is giving comes before this, or not at all.
    """
    rights.lock(session, draft)
    rows = select(HandOverRow).where(
        HandOverRow.draft_id == draft, HandOverRow.section == section, col(HandOverRow.revoked).is_(False)
    )
    for row in session.exec(rows):
        row.revoked = True
