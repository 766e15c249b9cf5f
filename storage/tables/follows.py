"""Searches of the register that people follow."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Column, Field, LargeBinary, SQLModel

from storage.engine.types import BigId, Json, UtcMoment

__all__ = ["FollowRow"]


class FollowRow(SQLModel, table=True):
    """A search (`Wanted` as JSON) that a person follows.

    `known` are the entries that they know of, by their numbers in the index, as a bitmap: those that were there when
    they began, and those they were told of. `looked`: the version of the index that was looked at last. `told`: when
    news were written into the ledger last, of the entries `news` (a bitmap too), by the notice about `batch`.
    """

    __tablename__ = "followed_searches"

    id: int | None = Field(default=None, sa_column=Column(BigId, primary_key=True, autoincrement=True))
    person_id: int = Field(sa_column=Column(BigId, nullable=False, index=True))
    wanted: Any = Field(default_factory=dict, sa_column=Column(Json, nullable=False))
    begun: datetime = Field(sa_type=UtcMoment)
    known: bytes = Field(default=b"", sa_column=Column(LargeBinary, nullable=False))
    looked: int = Field(default=0, sa_column=Column(BigId, nullable=False))
    told: datetime | None = Field(default=None, sa_type=UtcMoment)
    news: bytes = Field(default=b"", sa_column=Column(LargeBinary, nullable=False))
    batch: str = ""
