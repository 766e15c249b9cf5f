"""The entries behind numbers of the index, and the other way round."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select as rows
from sqlmodel import Session, col

from storage.tables.entries import EntryRow
from storage.tables.register import IndexedRow

__all__ = ["entries_at", "indexed"]


def entries_at(session: Session, numbers: Sequence[int]) -> list[tuple[IndexedRow, EntryRow]]:
    """The entries with these numbers, in this order. One that has gone meanwhile is left out."""
    query = rows(IndexedRow, EntryRow).join(EntryRow, col(EntryRow.reference) == col(IndexedRow.reference))
    found = {
        row.number: (row, entry) for row, entry in session.execute(query.where(col(IndexedRow.number).in_(numbers)))
    }
    return [found[number] for number in numbers if number in found]


def indexed(session: Session, reference: str) -> IndexedRow | None:
    """What the index has of an entry, or had of one that is gone and was shown to the public."""
    return session.execute(rows(IndexedRow).where(col(IndexedRow.reference) == reference)).scalar_one_or_none()
