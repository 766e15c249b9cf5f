"""People, the accounts by which channels know them, and where in the conversation they are."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Column, Field, SQLModel

from storage.engine.types import BigId, Json, UtcMoment

__all__ = ["AccountRow", "JoinCodeRow", "OrganizerMessageRow", "PersonRow", "TranscriptRow"]


class PersonRow(SQLModel, table=True):
    """A person. `state` is where they are in the conversation, as the machine left it."""

    __tablename__ = "people"

    id: int | None = Field(default=None, sa_column=Column(BigId, primary_key=True, autoincrement=True))
    language: str = "en"
    language_chosen: bool = False
    zone: str | None = None
    country: str | None = None  # `storage.tables.person_country`
    consent: str | None = None
    reminders: str = "all"
    access: bool = False
    name: str = ""
    news: bool = True
    snoozed: datetime | None = Field(default=None, sa_type=UtcMoment)
    declined_call: str | None = None
    state: Any = Field(default=None, sa_type=Json, nullable=True)
    created: datetime = Field(sa_type=UtcMoment)
    seen: datetime = Field(sa_type=UtcMoment)
    merged_into: int | None = Field(default=None, sa_column=Column(BigId, nullable=True))
    forgotten: bool = False
    news_seen: int = 0  # the newest notice that their page has looked at


class AccountRow(SQLModel, table=True):
    """An address of a person in a channel: a Telegram id, the hash of a cookie, a name in a terminal.

    `last_message` bears the newest buttons. `asked_message` shows the newest screen, whose stamp is `asked_stamp`;
    `asked_first` showed the question of that screen for the first time.
    """

    __tablename__ = "accounts"

    channel: str = Field(primary_key=True)
    address: str = Field(primary_key=True)
    person_id: int = Field(sa_column=Column(BigId, index=True, nullable=False))
    reachable: bool = True
    last_message: int | None = Field(default=None, sa_column=Column(BigId, nullable=True))
    asked_message: int | None = Field(default=None, sa_column=Column(BigId, nullable=True))
    asked_first: int | None = Field(default=None, sa_column=Column(BigId, nullable=True))
    asked_stamp: int | None = None


class JoinCodeRow(SQLModel, table=True):
    """A one-time code that joins another app; only its hash is kept. `asked_by`: who wrote it in that app, and holds it
    from then on; `agreed`: they said yes there, and its maker has the last word.
    """

    __tablename__ = "join_codes"

    code: str = Field(primary_key=True)
    person_id: int = Field(sa_column=Column(BigId, index=True, nullable=False))
    until: datetime = Field(sa_type=UtcMoment)
    asked_by: int | None = Field(default=None, sa_column=Column(BigId, index=True, nullable=True))
    agreed: bool = False


class OrganizerMessageRow(SQLModel, table=True):
    """What a person wrote to the organizers, and whether it has reached them.

    `assignee`: the organizer who takes care of it; `closed`: when it was closed without an answer.
    """

    __tablename__ = "organizer_messages"

    id: int | None = Field(default=None, sa_column=Column(BigId, primary_key=True, autoincrement=True))
    person_id: int = Field(sa_column=Column(BigId, index=True, nullable=False))
    text: str
    language: str
    at: datetime = Field(sa_type=UtcMoment)
    delivered: bool = False
    assignee: int | None = Field(default=None, sa_column=Column(BigId, nullable=True))
    closed: datetime | None = Field(default=None, sa_type=UtcMoment)


class TranscriptRow(SQLModel, table=True):
    """What was said in a channel that keeps no history of its own."""

    __tablename__ = "transcripts"

    id: int | None = Field(default=None, sa_column=Column(BigId, primary_key=True, autoincrement=True))
    person_id: int = Field(sa_column=Column(BigId, index=True, nullable=False))
    who: str
    payload: str
    at: datetime = Field(sa_type=UtcMoment)
