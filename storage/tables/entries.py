"""Calls, the entries sent to them, and late codes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.orm import Mapper
from sqlmodel import Column, Field, SQLModel, UniqueConstraint

from dialogs.domain.entries.entry import EntryState
from dialogs.domain.values.geneva import GENEVA_NAME
from dialogs.text.normalize import normalize
from storage.engine.types import BigId, Json, UtcMoment

__all__ = ["CallRow", "EntryRow", "EntryVersionRow", "LateCodeRow", "LateUseRow"]


class CallRow(SQLModel, table=True):
    """A yearly call. `last_number` is the number of the newest reference; `report` and `event` what it feeds;
    `zone` the IANA time zone in which its moments are said; `rubric` by what its entries are scored, as
    `dialogs.domain.scores.Rubric` puts it (empty: nothing is scored).
    """

    __tablename__ = "calls"

    code: str = Field(primary_key=True)
    year: int
    opens: datetime = Field(sa_type=UtcMoment)
    closes: datetime = Field(sa_type=UtcMoment)
    version: str
    last_number: int = 0
    report: str = ""
    event: str = ""
    zone: str = GENEVA_NAME
    rubric: Any = Field(default=None, sa_type=Json, nullable=True)


class EntryRow(SQLModel, table=True):
    """An entry of the register at its newest version. Without `person_id`: its person asked to be forgotten.
    `language` is what most of it is written in, `languages` those of its texts by key, where they are known.
    `state` is one of `dialogs.domain.entries.entry.EntryState`; `publish` repeats the answer of that name, for
    queries; `merged_into` is the entry that a merged one leads to. `reviewer` has claimed it, until `claimed_until`;
    `body` is the organisation's name folded: whoever is of it does not review the entry. `imported`: by which import it
    came, where it was not sent here.
    `body` is the organisation's name folded: whoever is of it does not review the entry.
    queries; `merged_into` is the entry that a merged one leads to. `edition` is the version of the questionnaire that
    its answers follow. `asked_again`: when its author was asked last whether it is still true.
    """

    __tablename__ = "entries"
    __table_args__ = (UniqueConstraint("call", "number"),)

    reference: str = Field(primary_key=True)
    call: str = Field(foreign_key="calls.code")
    number: int
    person_id: int | None = Field(default=None, sa_column=Column(BigId, index=True, nullable=True))
    title: str
    organisation: str
    country: str | None = None
    language: str
    version: int = 1
    submitted: datetime = Field(sa_type=UtcMoment)
    received: datetime = Field(sa_type=UtcMoment)
    answers: Any = Field(default=None, sa_type=Json, nullable=True)
    languages: Any = Field(default=None, sa_type=Json, nullable=True)
    state: str = EntryState.RECEIVED.value
    publish: bool = False
    merged_into: str | None = None
    reviewer: int | None = Field(default=None, sa_column=Column(BigId, nullable=True))
    claimed_until: datetime | None = Field(default=None, sa_type=UtcMoment)
    body: str = ""
    imported: str | None = Field(default=None, index=True)
    edition: str = "2027"
    asked_again: datetime | None = Field(default=None, sa_type=UtcMoment)


@event.listens_for(EntryRow, "before_insert")
@event.listens_for(EntryRow, "before_update")
def _derive(mapper: Mapper[Any], connection: Connection, entry: EntryRow) -> None:
    """What queries ask for and the entry says elsewhere."""
    entry.publish = (entry.answers or {}).get("publish") is True
    entry.body = normalize(entry.organisation)


class EntryVersionRow(SQLModel, table=True):
    """A version of an entry, as it was sent. Unique per draft: a draft becomes an entry once."""

    __tablename__ = "entry_versions"

    reference: str = Field(primary_key=True, foreign_key="entries.reference")
    version: int = Field(primary_key=True)
    draft_id: str = Field(unique=True)
    call: str
    submitted: datetime = Field(sa_type=UtcMoment)
    received: datetime = Field(sa_type=UtcMoment)
    answers: Any = Field(default=None, sa_type=Json, nullable=True)
    edition: str = "2027"


class LateCodeRow(SQLModel, table=True):
    """A code that reopens a closed call, until a moment and for a number of people; only its hash is kept."""

    __tablename__ = "late_codes"

    code: str = Field(primary_key=True)
    call: str = Field(foreign_key="calls.code")
    until: datetime = Field(sa_type=UtcMoment)
    uses_left: int = 1


class LateUseRow(SQLModel, table=True):
    """Someone for whom a call is open again."""

    __tablename__ = "late_uses"

    person_id: int = Field(sa_column=Column(BigId, primary_key=True, autoincrement=False))
    call: str = Field(primary_key=True, foreign_key="calls.code")
    until: datetime = Field(sa_type=UtcMoment)
