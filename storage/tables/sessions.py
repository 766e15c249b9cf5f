"""Sessions of browsers: when their cookie was renewed, what it was replaced by, and codes to come back."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Column, Field, SQLModel

from storage.engine.types import BigId, UtcMoment

__all__ = ["SessionRow"]


class SessionRow(SQLModel, table=True):
    """What is known of a session beside its account. `address` is the hash of its cookie, or of a code to come back,
    which is a session without an account. `role` is the organizers' role that it was made for. `successor` is the
    address that replaces it from its first use on; `until` when it ends, if it does. `draft_id`: it
    was opened by a letter and is good for this draft alone.
    """

    __tablename__ = "web_sessions"

    address: str = Field(primary_key=True)
    person_id: int = Field(sa_column=Column(BigId, index=True, nullable=False))
    role: str | None = None
    renewed: datetime = Field(sa_type=UtcMoment)
    successor: str | None = Field(default=None, index=True)
    until: datetime | None = Field(default=None, sa_type=UtcMoment)
    draft_id: str | None = None
