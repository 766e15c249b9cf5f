"""What organizers set about reminders."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from storage.engine.types import UtcMoment

__all__ = ["ReminderPlanRow"]


class ReminderPlanRow(SQLModel, table=True):
    """The one plan: names of steps that are switched off, hours before the close of those that were moved, the hour of
    the day, and texts by message key and language.
    """

    __tablename__ = "reminder_plan"

    id: int = Field(primary_key=True)
    switched_off: list[str] = Field(sa_type=JSON)
    hours_before: dict[str, int] = Field(sa_type=JSON)
    hour: int
    texts: dict[str, Any] = Field(sa_type=JSON)
    changed: datetime = Field(sa_type=UtcMoment)
