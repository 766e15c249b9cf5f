"""The titles of entries, as others are compared with them: written with the entry, in the same flush."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, event, insert, inspect
from sqlalchemy.orm import Mapper
from sqlmodel import Column, Field, ForeignKey, SQLModel, String, col

from dialogs.text.normalize import normalize
from storage.search.pieces import pieces_of
from storage.tables.entries import EntryRow

__all__ = ["PieceRow", "SearchRow"]


def _of_an_entry(**options: Any) -> Any:
    """The entry that a row is about; the row goes with it."""
    return Column(String, ForeignKey("entries.reference", ondelete="CASCADE"), primary_key=True, **options)


class SearchRow(SQLModel, table=True):
    """An entry's title, folded."""

    __tablename__ = "entry_search"

    reference: str = Field(sa_column=_of_an_entry())
    title: str


class PieceRow(SQLModel, table=True):
    """A piece of an entry's title (`storage.search.pieces`). The key's order is that of the question: who has it?"""

    __tablename__ = "entry_pieces"
    __table_args__ = {"sqlite_with_rowid": False}

    piece: int = Field(primary_key=True)
    reference: str = Field(sa_column=_of_an_entry(index=True))


@event.listens_for(EntryRow, "after_insert")
def _inserted(mapper: Mapper[Any], connection: Connection, entry: EntryRow) -> None:
    _index(connection, entry)


@event.listens_for(EntryRow, "after_update")
def _updated(mapper: Mapper[Any], connection: Connection, entry: EntryRow) -> None:
    state: Any = inspect(entry)
    if state.attrs["title"].history.has_changes():
        for table in (PieceRow, SearchRow):
            connection.execute(delete(table).where(col(table.reference) == entry.reference))
        _index(connection, entry)


def _index(connection: Connection, entry: EntryRow) -> None:
    connection.execute(insert(SearchRow), {"reference": entry.reference, "title": normalize(entry.title)})
    pieces = [{"piece": piece, "reference": entry.reference} for piece in pieces_of(entry.title)]
    if pieces:
        connection.execute(insert(PieceRow), pieces)
