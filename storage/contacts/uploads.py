"""Lists of contacts that organizers send in the chat: kept until they are read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from dialogs.domain.events import FileRef
from dialogs.domain.organizers.contacts import ListState
from storage.tables import ContactListRow

__all__ = ["add", "done", "newest", "waiting"]


def add(session: Session, person: int, file: FileRef, now: datetime) -> None:
    """Keep a list that was sent. Its bytes follow."""
    session.add(
        ContactListRow(
            id=file.id,
            person_id=person,
            source=file.source,
            name=file.name,
            kind=file.kind,
            size=file.size,
            at=now,
        )
    )
    session.flush()


def newest(session: Session, person: int) -> ListState | None:
    """The list that this organizer sent last."""
    rows = select(ContactListRow).where(ContactListRow.person_id == person).order_by(col(ContactListRow.at).desc())
    row = session.exec(rows.limit(1)).first()
    return ListState(row.name, row.result) if row is not None else None


def waiting(session: Session) -> list[tuple[str, str, int]]:
    """Lists whose bytes are here and that nobody has read yet: (id, name, organizer)."""
    rows = select(ContactListRow).where(col(ContactListRow.kept), col(ContactListRow.result).is_(None))
    return [(row.id, row.name, row.person_id) for row in session.exec(rows.order_by(col(ContactListRow.at)))]


def done(session: Session, id: str, result: Mapping[str, Any]) -> None:
    """A list was read."""
    row = session.get(ContactListRow, id)
    if row is not None:
        row.result = dict(result)
