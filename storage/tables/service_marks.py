"""What is kept about the service as a whole."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.engine.types import UtcMoment

__all__ = ["MarkRow"]


class MarkRow(SQLModel, table=True):
    """`courier`: the process that may send (`holder`), until `at`. `backup`: when the last one was made."""

    __tablename__ = "service_marks"

    name: str = Field(primary_key=True)
    holder: str = ""
    at: datetime = Field(sa_type=UtcMoment)
