"""The organizers' console: one-time links into it, and the browsers that are in."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Column, Field, SQLModel

from storage.engine.types import BigId, UtcMoment

__all__ = ["ConsoleLinkRow", "ConsoleSessionRow"]


class ConsoleLinkRow(SQLModel, table=True):
    """A link into the console; only its hash is kept. It goes when it is used."""

    __tablename__ = "console_links"

    token: str = Field(primary_key=True)
    person_id: int = Field(sa_column=Column(BigId, index=True, nullable=False))
    until: datetime = Field(sa_type=UtcMoment)


class ConsoleSessionRow(SQLModel, table=True):
    """A browser that is in the console, by the hash of its cookie, with the `role` that its person had then."""

    __tablename__ = "console_sessions"

    secret: str = Field(primary_key=True)
    person_id: int = Field(sa_column=Column(BigId, index=True, nullable=False))
    role: str
    until: datetime = Field(sa_type=UtcMoment)
