"""The register's index: what entries are found by. Written with the entry, whoever writes it, in the same flush."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, event, insert, inspect
from sqlalchemy.orm import Mapper
from sqlmodel import Column, Field, ForeignKey, SQLModel, String, col

from dialogs.text.normalize import normalize
from storage.search.pieces import pieces_of
from storage.search.texts import about_of, said_of
from storage.tables.entries import EntryRow

__all__ = ["PieceRow", "SearchRow"]


def _of_an_entry(**options: Any) -> Any:
    """The entry that a row is about; the row goes with it."""
    return Column(String, ForeignKey("entries.reference", ondelete="CASCADE"), primary_key=True, **options)


class SearchRow(SQLModel, table=True):
    """An entry's folded `title`, all that it `said` (`storage.search.texts`), and the codes it is `about`."""

    __tablename__ = "entry_search"

    reference: str = Field(sa_column=_of_an_entry())
    title: str
    said: str
    about: str


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
    if any(state.attrs[name].history.has_changes() for name in ("title", "organisation", "answers")):
        for table in (PieceRow, SearchRow):
            connection.execute(delete(table).where(col(table.reference) == entry.reference))
        _index(connection, entry)


def _index(connection: Connection, entry: EntryRow) -> None:
    answers = entry.answers or {}
    said = said_of(entry.reference, entry.title, entry.organisation, answers)
    found = {"reference": entry.reference, "title": normalize(entry.title), "said": said, "about": about_of(answers)}
    connection.execute(insert(SearchRow), found)
    pieces = [{"piece": piece, "reference": entry.reference} for piece in pieces_of(entry.title)]
    if pieces:
        connection.execute(insert(PieceRow), pieces)
