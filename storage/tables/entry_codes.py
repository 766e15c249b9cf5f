"""The codes of what was sent to a call: written with each version, in the same flush, and counted by the database.

An entry has the codes of the newest version that was sent to a call; an update that was sent to a later call has codes
of its own there.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, event, insert, inspect
from sqlalchemy.orm import Mapper
from sqlmodel import Column, Field, ForeignKey, SQLModel, String, col

from storage.tables.entries import EntryVersionRow

__all__ = ["EntryCodeRow"]


class EntryCodeRow(SQLModel, table=True):
    """A code that an entry has in a facet (`dialogs.questionnaire.entry_codes`). The key: as counted."""

    __tablename__ = "entry_codes"
    __table_args__ = {"sqlite_with_rowid": False}

    call: str = Field(primary_key=True)
    facet: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    reference: str = Field(
        sa_column=Column(
            String, ForeignKey("entries.reference", ondelete="CASCADE"), primary_key=True, index=True, nullable=False
        )
    )


@event.listens_for(EntryVersionRow, "after_insert")
def _sent(mapper: Mapper[Any], connection: Connection, version: EntryVersionRow) -> None:
    _write(connection, version, renewed=version.version > 1)


@event.listens_for(EntryVersionRow, "after_update")
def _changed(mapper: Mapper[Any], connection: Connection, version: EntryVersionRow) -> None:
    state: Any = inspect(version)
    if state.attrs["answers"].history.has_changes():
        _write(connection, version, renewed=True)


def _write(connection: Connection, version: EntryVersionRow, *, renewed: bool) -> None:
    from dialogs.questionnaire.entry_codes import codes_in  # a start waits for no questionnaire

    of_entry = (col(EntryCodeRow.reference) == version.reference, col(EntryCodeRow.call) == version.call)
    if renewed:
        connection.execute(delete(EntryCodeRow).where(*of_entry))
    rows = [
        {"call": version.call, "facet": facet, "code": code, "reference": version.reference}
        for facet, code in sorted(codes_in(version.answers or {}))
    ]
    connection.execute(insert(EntryCodeRow), rows)
