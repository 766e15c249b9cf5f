"""Letters by mail: what somebody said about being written to, and the tokens that letters carry."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Column, Field, Integer, SQLModel

from storage.engine.types import BigId, UtcMoment

__all__ = ["LetterKeyRow", "LetterTokenRow", "MailboxRow"]


class MailboxRow(SQLModel, table=True):
    """What a person answered when they were asked about letters. Once `confirmed`, their address is an account too.

    `address` is the one that they were asked about. `agreed`: they said yes; nothing but the letter that asks for
    confirmation goes to an address that is not `confirmed`. `news`: announcements as well. `first`:
    rather than by another channel.
    """

    __tablename__ = "mailboxes"

    person_id: int = Field(sa_column=Column(BigId, primary_key=True, autoincrement=False))
    address: str
    asked: datetime = Field(sa_type=UtcMoment)
    agreed: bool = False
    confirmed: datetime | None = Field(default=None, sa_type=UtcMoment)
    news: bool = False
    first: bool = False


class LetterTokenRow(SQLModel, table=True):
    """A secret that one letter carries; only its hash is kept.

    `confirms`: it proves that the address is read by who gave it. `draft_id`: what it opens, until `until` (None: it
    opens nothing, or nothing any more). `topic`: what its way out stops.
    """

    __tablename__ = "letter_tokens"

    token: str = Field(primary_key=True)
    person_id: int = Field(sa_column=Column(BigId, index=True, nullable=False))
    address: str = Field(index=True)
    topic: str
    made: datetime = Field(sa_type=UtcMoment)
    confirms: bool = False
    draft_id: str | None = None
    until: datetime | None = Field(default=None, sa_type=UtcMoment)


class LetterKeyRow(SQLModel, table=True):
    """The one key that the ids of letters are made with; the migration that makes the table makes it."""

    __tablename__ = "letter_keys"

    id: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    key: str
