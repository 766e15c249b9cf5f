"""Which updates were handled, and which of their screens have not been shown yet."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.tables import HandledRow

__all__ = ["find", "forget_old", "mark", "shown", "unshown"]

KEPT = timedelta(days=14)
"""How long a handled update is known: far longer than any channel sends one again."""


def find(session: Session, channel: str, update_id: str) -> HandledRow | None:
    """The mark of this update, when it was handled before."""
    return session.get(HandledRow, (channel, update_id))


def mark(session: Session, channel: str, update_id: str, person: int, screens: str, now: datetime) -> None:
    """Mark an update as handled, with the screens it calls for."""
    session.add(HandledRow(channel=channel, update_id=update_id, person_id=person, at=now, screens=screens))
    session.flush()


def shown(session: Session, channel: str, update_id: str) -> None:
    """The update's screens have been shown."""
    row = session.get(HandledRow, (channel, update_id))
    if row is not None:
        row.screens = None


def unshown(session: Session, channel: str, limit: int) -> list[HandledRow]:
    """Handled updates of a channel whose screens were not shown, oldest first."""
    waiting = select(HandledRow).where(HandledRow.channel == channel, col(HandledRow.screens).is_not(None))
    return list(session.exec(waiting.order_by(col(HandledRow.at)).limit(limit)))


def forget_old(session: Session, now: datetime) -> None:
    """Forget marks that no channel can ask about any more."""
    session.exec(delete(HandledRow).where(col(HandledRow.at) < now - KEPT))
