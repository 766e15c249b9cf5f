"""Updates that wait here because they could not be taken, so that their channel need not send them again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.tables import ParkedRow

__all__ = ["park", "parked", "release"]


def park(session: Session, channel: str, bodies: Mapping[int, Any], now: datetime) -> None:
    """Keep these updates, by their ids."""
    for id, body in bodies.items():
        session.merge(ParkedRow(channel=channel, update_id=id, body=body, at=now))
    session.flush()


def parked(session: Session, channel: str) -> dict[int, Any]:
    """All that are kept, by their ids, in order."""
    kept = select(ParkedRow).where(ParkedRow.channel == channel).order_by(col(ParkedRow.update_id))
    return {row.update_id: row.body for row in session.exec(kept)}


def release(session: Session, channel: str, ids: Collection[int]) -> None:
    """These have been taken."""
    session.execute(delete(ParkedRow).where(col(ParkedRow.channel) == channel, col(ParkedRow.update_id).in_(ids)))
