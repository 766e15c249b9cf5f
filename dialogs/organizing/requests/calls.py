"""Requests about calls and late codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from dialogs.conversation import Call
from dialogs.organizing.requests.base import OrganizersRequest
from dialogs.organizing.roles import Right

__all__ = [
    "GENEVA",
    "CallStanding",
    "CallWish",
    "CreateCall",
    "DescribeCall",
    "ListCalls",
    "MintLateCode",
    "MoveCall",
    "Trouble",
    "usual_feeds",
]


GENEVA = "Europe/Zurich"
"""The zone in which calls are said unless another one is named."""


class Trouble(StrEnum):
    """Why a call cannot be as it was wished."""

    EXISTS = "exists"
    ORDER = "order"  # it would close before it opens
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CallWish:
    """A call to be made. Empty `report` and `event`: the usual ones. `zone`: an IANA name."""

    code: str
    opens: datetime
    closes: datetime
    report: str = ""
    event: str = ""
    zone: str = GENEVA


def usual_feeds(year: int) -> tuple[str, str]:
    """What a year's call feeds unless organizers say otherwise: its report, and the event where this is presented."""
    return f"WSIS Stocktaking Report {year}", f"WSIS Forum {year}"


@dataclass(frozen=True, slots=True)
class CallStanding:
    """A call in numbers. `concerned`: people who would be told if its close moved."""

    call: Call
    entries: int
    drafts: int
    concerned: int


@dataclass(frozen=True, slots=True)
class ListCalls(OrganizersRequest):
    """Result: tuple[CallStanding, ...], the one that counts now first."""

    right: ClassVar[Right | None] = Right.CALLS


@dataclass(frozen=True, slots=True)
class CreateCall(OrganizersRequest):
    """Make a call on this version of the questionnaire. Result: Trouble or None."""

    right: ClassVar[Right | None] = Right.CALLS
    wish: CallWish
    version: str


@dataclass(frozen=True, slots=True)
class MoveCall(OrganizersRequest):
    """Give a call another opening or close (None: as it is). Result: Trouble or None."""

    right: ClassVar[Right | None] = Right.CALLS
    code: str
    opens: datetime | None = None
    closes: datetime | None = None


@dataclass(frozen=True, slots=True)
class DescribeCall(OrganizersRequest):
    """Say what a call feeds, or on which version of the questionnaire it is (None: as it is): entries that are begun
    from then on are asked it, drafts may move to it. Result: Trouble or None.
    """

    right: ClassVar[Right | None] = Right.CALLS
    code: str
    report: str | None = None
    event: str | None = None
    version: str | None = None


@dataclass(frozen=True, slots=True)
class MintLateCode(OrganizersRequest):
    """A code that reopens a call until a moment for a number of people. Result: str, or Trouble."""

    right: ClassVar[Right | None] = Right.CALLS
    call: str
    until: datetime
    uses: int
