"""Contacts: people whom the organizers know by a list, whether or not they have ever written to the bot."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Column, Field, ForeignKey, SQLModel

from storage.engine.types import BigId, Json, Sealed, SealedJson, UtcMoment

__all__ = [
    "ContactGroupRow",
    "ContactImportRow",
    "ContactListRow",
    "ContactRow",
    "KindWordRow",
    "UnwantedContactRow",
]


class ContactRow(SQLModel, table=True):
    """Somebody on a list. `key` makes the same one once; `token` is that of their personal start link.

    The token is kept readable, unlike other secrets of ours: links are printed again for every mailing, and it opens
    nothing but what stands in the same row. `person_id` and `started`: who followed the link first, and when.
    `folded`: what it is found by. `source`: the import that it came by; `changed_in`: the last one that changed it, and
    `before` what these fields said until then. What names somebody is sealed where a key is set.
    """

    __tablename__ = "contacts"

    id: int | None = Field(default=None, sa_column=Column(BigId, primary_key=True, autoincrement=True))
    key: str = Field(sa_column=Column(Sealed(findable=True), unique=True, nullable=False))
    name: str = Field(default="", sa_column=Column(Sealed(), nullable=False))
    organisation: str = Field(default="", sa_column=Column(Sealed(), nullable=False))
    email: str = Field(default="", sa_column=Column(Sealed(), nullable=False))
    country: str = ""
    language: str = ""
    kind: str = ""
    token: str = Field(unique=True)
    imported: datetime = Field(sa_type=UtcMoment)
    person_id: int | None = Field(default=None, sa_column=Column(BigId, index=True, nullable=True))
    started: datetime | None = Field(default=None, sa_type=UtcMoment)
    folded: str = Field(default="", sa_column=Column(Sealed(), nullable=False))
    source: str = Field(default="", index=True)
    changed_in: str = Field(default="", index=True)
    before: Any = Field(default=None, sa_column=Column(SealedJson, nullable=True))


class ContactImportRow(SQLModel, table=True):
    """An import of a list, which can be undone. Its numbers are those of `storage.contacts.contacts.Tally`."""

    __tablename__ = "contact_imports"

    id: str = Field(primary_key=True)
    name: str = ""
    at: datetime = Field(sa_type=UtcMoment)
    new: int = 0
    changed: int = 0
    undone: bool = False


class ContactGroupRow(SQLModel, table=True):
    """A contact is in a group of the organizers' own, such as `press`."""

    __tablename__ = "contact_groups"

    name: str = Field(primary_key=True)
    contact_id: int = Field(
        sa_column=Column(
            BigId, ForeignKey("contacts.id", ondelete="CASCADE"), primary_key=True, index=True, autoincrement=False
        )
    )


class KindWordRow(SQLModel, table=True):
    """What the organizers' lists call a kind of organisation: `word` is folded, `kind` a code (`CSO`)."""

    __tablename__ = "contact_kind_words"

    word: str = Field(primary_key=True)
    kind: str


class UnwantedContactRow(SQLModel, table=True):
    """Somebody who was on a list and asked to be forgotten: the next list must not bring them back.

    Only a hash is left, by which they are recognized when they come again, and nobody is found.
    """

    __tablename__ = "contacts_unwanted"

    key: str = Field(primary_key=True)


class ContactListRow(SQLModel, table=True):
    """A list that an organizer sent in the chat. `kept`: its bytes are here; `result` is what became of it."""

    __tablename__ = "contact_lists"

    id: str = Field(primary_key=True)
    person_id: int = Field(sa_column=Column(BigId, index=True, nullable=False))
    source: str
    name: str
    kind: str
    size: int = Field(sa_column=Column(BigId, nullable=False))
    at: datetime = Field(sa_type=UtcMoment)
    kept: bool = False
    result: Any = Field(default=None, sa_type=Json, nullable=True)
