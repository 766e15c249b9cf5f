"""Updates that were handled: the reason why one that comes again has no second effect."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Column, Field, SQLModel

from storage.engine.types import BigId, UtcMoment

__all__ = ["HandledRow"]


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
