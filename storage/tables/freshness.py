"""After how long authors are asked whether their published entries are still true."""

from __future__ import annotations

from sqlmodel import Column, Field, Integer, SQLModel

__all__ = ["FreshnessRow"]


class FreshnessRow(SQLModel, table=True):
    """One row (`id` 1), where organizers have set it: `days` since an entry was sent or confirmed."""

    __tablename__ = "freshness"

    id: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    days: int
