"""The register's index: which entries have a word, a code, a state; and what of it the public has seen.

All of it follows from the entries, and is written in the transaction that writes them (`storage.search.index`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, LargeBinary, event
from sqlalchemy.orm import Mapper, object_session
from sqlalchemy.orm import Session as AnySession
from sqlmodel import Column, Field, Integer, Session, SQLModel, String, Text

from storage.engine.types import BigId, UtcMoment
from storage.tables.entries import EntryRow

__all__ = ["IndexedRow", "PostingRow", "RegisterStateRow"]

TOUCHED = "register_touched"
"""Under this name a session notes the references of entries that it wrote."""


class RegisterStateRow(SQLModel, table=True):
    """The one row that whoever changes the index holds until their commit: one at a time, in the order of versions.

    `version` counts the changes, `last` is the last number that was given.
    """

    __tablename__ = "register_state"

    id: int = Field(default=1, primary_key=True)
    version: int = Field(sa_column=Column(BigId, nullable=False))
    last: int = 0


class IndexedRow(SQLModel, table=True):
    """An entry in the index, by the number that stands for it in the bitmaps: the later it came, the higher.

    `made`: by which version of `storage.search.tokens`; `tokens`: what it is found by, compressed. Of what the public
    was shown, and only then: since when, the index's version when that last changed, the moment, and a digest of it.
    With `public` false and a `changed_in` it is a tombstone: mirrors have to know that it is gone.
    """

    __tablename__ = "register_entries"

    number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    reference: str = Field(sa_column=Column(String, unique=True, nullable=False))
    made: int
    tokens: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    public: bool = False
    digest: str | None = None
    since: datetime | None = Field(default=None, sa_type=UtcMoment)
    changed: datetime | None = Field(default=None, sa_type=UtcMoment)
    changed_in: int | None = Field(default=None, sa_column=Column(BigId, nullable=True, index=True))


class PostingRow(SQLModel, table=True):
    """The entries that have a token, as a roaring bitmap of their numbers.

    Compared byte by byte on both engines: a beginning is then a range of the key, whatever the database's language.
    """

    __tablename__ = "register_postings"
    __table_args__ = {"sqlite_with_rowid": False}

    token: str = Field(
        sa_column=Column(Text().with_variant(Text(collation="C"), "postgresql"), primary_key=True, nullable=False)
    )
    entries: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


@event.listens_for(EntryRow, "after_insert")
@event.listens_for(EntryRow, "after_update")
@event.listens_for(EntryRow, "after_delete")
def _touched(mapper: Mapper[Any], connection: Connection, entry: EntryRow) -> None:
    session = object_session(entry)
    if session is not None:
        session.info.setdefault(TOUCHED, set()).add(entry.reference)


@event.listens_for(AnySession, "before_commit")
def _committing(session: AnySession) -> None:
    if not isinstance(session, Session):
        return
    session.flush()
    references = session.info.pop(TOUCHED, None)
    if references:
        from storage.search.index import follow

        follow(session, references)
