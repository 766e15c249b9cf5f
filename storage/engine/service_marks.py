"""Marks of the service as a whole: see `storage.tables.MarkRow`."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from storage.tables import MarkRow

__all__ = ["BACKUP", "COURIER", "RETENTION", "at", "note"]

BACKUP = "backup"
COURIER = "courier"
RETENTION = "retention"


def note(session: Session, name: str, at: datetime, holder: str = "") -> None:
    """Set a mark, in place of an earlier one."""
    session.merge(MarkRow(name=name, holder=holder, at=at))
    session.flush()


def at(session: Session, name: str) -> datetime | None:
    """The moment of a mark; None when it was never set."""
    row = session.get(MarkRow, name)
    return row.at if row is not None else None
