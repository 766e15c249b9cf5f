"""Lists of contacts that organizers send in the chat: kept until they are read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, delete, select

from dialogs.domain.events import FileRef
from dialogs.domain.organizers.contact_deeds import RowsToMend
from dialogs.domain.organizers.contacts import ListState
from storage.tables import ContactListRow

__all__ = ["add", "done", "newest", "remove_read", "rows_to_mend", "waiting"]

KEPT = timedelta(days=1)
"""How long what became of a list is kept, with its rows that are to be mended: they are about people."""


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
    """The list that this organizer sent last. Of its rows to mend `mend` says only how many there are."""
    row = _newest(session, person)
    if row is None:
        return None
    if row.result is None:
        return ListState(row.name)
    return ListState(row.name, {**row.result, "mend": len(row.result.get("mend", ()))})


def rows_to_mend(session: Session, person: int) -> RowsToMend:
    """The rows of this organizer's newest list that could not be read whole."""
    row = _newest(session, person)
    result = row.result if row is not None and row.result is not None else {}
    rows = tuple((tuple(cells), number, tuple(what)) for cells, number, what in result.get("mend", ()))
    return RowsToMend(tuple(result.get("header", ())), rows)


def _newest(session: Session, person: int) -> ContactListRow | None:
    rows = select(ContactListRow).where(ContactListRow.person_id == person).order_by(col(ContactListRow.at).desc())
    return session.exec(rows.limit(1)).first()


def remove_read(session: Session, now: datetime, limit: int) -> int:
    """Forget lists that were read long enough ago; how many."""
    old = select(ContactListRow.id).where(col(ContactListRow.at) < now - KEPT, col(ContactListRow.result).is_not(None))
    ids = list(session.exec(old.limit(limit)))
    session.execute(delete(ContactListRow).where(col(ContactListRow.id).in_(ids)))
    return len(ids)


def waiting(session: Session) -> list[tuple[str, str, int]]:
    """Lists whose bytes are here and that nobody has read yet: (id, name, organizer)."""
    rows = select(ContactListRow).where(col(ContactListRow.kept), col(ContactListRow.result).is_(None))
    return [(row.id, row.name, row.person_id) for row in session.exec(rows.order_by(col(ContactListRow.at)))]


def done(session: Session, id: str, result: Mapping[str, Any]) -> None:
    """A list was read."""
    row = session.get(ContactListRow, id)
    if row is not None:
        row.result = dict(result)
