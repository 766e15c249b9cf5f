"""Updates that were handled: the reason why one that comes again has no second effect. And those that wait here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Column, Field, SQLModel

from storage.engine.types import BigId, Json, UtcMoment

__all__ = ["HandledRow", "ParkedRow"]


class HandledRow(SQLModel, table=True):
    """An update of a person in a channel. `screens` are those it called for, until they have been shown. `worker` is
    the process that shows them (`engine.process_registry`): None where none is registered, 0 for whoever comes first.

    The person is part of the key: whoever repeats somebody else's id does something of their own.
    """

    __tablename__ = "handled_updates"

    channel: str = Field(primary_key=True)
    update_id: str = Field(primary_key=True)
    person_id: int = Field(sa_column=Column(BigId, primary_key=True, autoincrement=False, index=True))
    at: datetime = Field(sa_type=UtcMoment, index=True)
    screens: str | None = None
    worker: int | None = None


class ParkedRow(SQLModel, table=True):
    """An update that could not be taken yet, as it came: the channel was told that it is taken, so it is kept here."""

    __tablename__ = "parked_updates"

    channel: str = Field(primary_key=True)
    update_id: int = Field(sa_column=Column(BigId, primary_key=True, autoincrement=False))
    body: Any = Field(sa_type=Json)
    at: datetime = Field(sa_type=UtcMoment)
