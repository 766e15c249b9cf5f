"""Requests about calls and late codes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from dialogs.domain.conversation import Call
from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.roles import Right
from dialogs.domain.scores import Rubric
from dialogs.domain.values.geneva import GENEVA_NAME

__all__ = [
    "GENEVA_NAME",
    "LONGEST_NAME",
    "CallStanding",
    "CallWish",
    "CreateCall",
    "DeleteCall",
    "DescribeCall",
    "ListCalls",
    "MintLateCode",
    "MoveCall",
    "RenameCall",
    "SetCriteria",
    "Trouble",
    "is_code",
    "is_name",
    "overlapping",
    "usual_feeds",
]

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,19}")
LONGEST_NAME = 120
"""Characters of a report's or an event's name."""


class Trouble(StrEnum):
    """Why a call cannot be as it was wished."""

    EXISTS = "exists"
    ORDER = "order"  # it would close before it opens
    PAST = "past"  # the moment is over: the call would be closed at once, a late code useless
    OVERLAPS = "overlaps"  # with another call, which nobody agreed to
    NOT_EMPTY = "not_empty"  # there are entries or drafts in it
    BAD_CODE = "bad_code"
    BAD_NAME = "bad_name"
    BAD_CRITERIA = "bad_criteria"  # none that counts, too many, or one twice
    USES = "uses"  # a late code for nobody
    UNKNOWN = "unknown"


def is_code(text: str) -> bool:
    """Whether a call can have this code: it stands in references and links."""
    return CODE.fullmatch(text) is not None


def is_name(text: str) -> bool:
    """Whether a report or an event can be called so."""
    return 0 < len(text.strip()) <= LONGEST_NAME


def overlapping(opens: datetime, closes: datetime, calls: Iterable[Call], but: str = "") -> tuple[Call, ...]:
    """The calls (other than `but`) that are open at some moment of this period as well."""
    return tuple(call for call in calls if call.code != but and call.opens <= closes and opens <= call.closes)


@dataclass(frozen=True, slots=True)
class CallWish:
    """A call to be made. Empty `report` and `event`: the usual ones. `zone`: an IANA name. `overlapping`: another call
    may be open at the same time.
    """

    code: str
    opens: datetime
    closes: datetime
    report: str = ""
    event: str = ""
    zone: str = GENEVA_NAME
    overlapping: bool = False


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
    """Give a call another opening or close (None: as it is). `at_once`: it may close at a moment that is over.

    `overlapping`: another call may be open at the same time. Result: Trouble or None.
    """

    right: ClassVar[Right | None] = Right.CALLS
    code: str
    opens: datetime | None = None
    closes: datetime | None = None
    at_once: bool = False
    overlapping: bool = False


@dataclass(frozen=True, slots=True)
class DeleteCall(OrganizersRequest):
    """Delete a call in which nobody has begun anything. Result: Trouble or None."""

    right: ClassVar[Right | None] = Right.CALLS
    code: str


@dataclass(frozen=True, slots=True)
class RenameCall(OrganizersRequest):
    """Give a call in which nobody has begun anything another code. Result: Trouble or None."""

    right: ClassVar[Right | None] = Right.CALLS
    code: str
    to: str


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
class SetCriteria(OrganizersRequest):
    """Say by what the entries of a call are scored; None: they are not. Result: Trouble or None."""

    right: ClassVar[Right | None] = Right.CALLS
    code: str
    rubric: Rubric | None


@dataclass(frozen=True, slots=True)
class MintLateCode(OrganizersRequest):
    """A code that reopens a call until a moment for a number of people. Result: str, or Trouble."""

    right: ClassVar[Right | None] = Right.CALLS
    call: str
    until: datetime
    uses: int
