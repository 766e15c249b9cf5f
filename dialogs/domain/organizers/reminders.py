"""Requests about reminders: seen, moved, switched off, reworded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.roles import Right

__all__ = ["MoveStep", "ReadReminders", "SayReminder", "SwitchStep"]


@dataclass(frozen=True, slots=True)
class ReadReminders(OrganizersRequest):
    """Result: ReminderPlan."""

    right: ClassVar[Right | None] = Right.CALLS


@dataclass(frozen=True, slots=True)
class SwitchStep(OrganizersRequest):
    """Switch a step on or off. Result: ReminderPlan, or PlanTrouble."""

    right: ClassVar[Right | None] = Right.CALLS
    step: str = ""
    on: bool = True


@dataclass(frozen=True, slots=True)
class MoveStep(OrganizersRequest):
    """Have a step come so long before the close. Result: ReminderPlan, or PlanTrouble."""

    right: ClassVar[Right | None] = Right.CALLS
    step: str = ""
    before: timedelta = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SayReminder(OrganizersRequest):
    """Say a text of reminders in other words in a language; an empty one is the usual again. Result: ReminderPlan."""

    right: ClassVar[Right | None] = Right.CALLS
    key: str = ""
    language: str = ""
    text: str = ""
