"""Editions of the questionnaire that organizers made."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from storage.engine.types import UtcMoment

__all__ = ["EditionRow"]


class EditionRow(SQLModel, table=True):
    """An edition: its structure as the file would have it, and the texts that differ from the catalogues, by key and
    language. Until it is `published` nobody is asked it and it may be replaced; from then on it stands as it is.
    """

    __tablename__ = "questionnaires"

    version: str = Field(primary_key=True)
    structure: str
    texts: dict[str, Any] = Field(sa_type=JSON)
    changed: datetime = Field(sa_type=UtcMoment)
    published: datetime | None = Field(default=None, sa_type=UtcMoment)
