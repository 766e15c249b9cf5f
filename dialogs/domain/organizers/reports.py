"""Requests for the yearly report: what to make, and how what was asked for stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.report import OrderState
from dialogs.domain.roles import Right

__all__ = ["ListReports", "OrderReport", "Ordered"]


@dataclass(frozen=True, slots=True)
class Ordered:
    """A report that somebody asked for. `entries`: how many it has; `reason`: why it could not be made."""

    id: int
    call: str
    language: str
    form: str
    draft: bool
    state: OrderState
    asked: datetime
    entries: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ListReports(OrganizersRequest):
    """Result: tuple of Ordered, newest first: the last ones that any organizer asked for."""

    right: ClassVar[Right | None] = Right.REPORT
    looks: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class OrderReport(OrganizersRequest):
    """Have the report of a call made. Asked for twice while it waits, it is made once. Result: as of `ListReports`, or
    None when there is no such call, language or form.
    """

    right: ClassVar[Right | None] = Right.REPORT
    call: str
    language: str
    form: str
    draft: bool = False
