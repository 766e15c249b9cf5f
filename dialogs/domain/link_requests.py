"""What is asked of the store when two apps are joined. Nothing moves before both sides have said yes.

one app                              the other app
OfferJoin: a code
                                     AskToJoin: the code is written there, and what would move is shown
                                     AgreeToJoin, or WithdrawJoin
LookAtJoin: who asks, and what moves
ConfirmJoin, or RefuseJoin
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

__all__ = [
    "AgreeToJoin",
    "AskToJoin",
    "Belongings",
    "ConfirmJoin",
    "JoinRequest",
    "JoinTrouble",
    "Joinable",
    "Joined",
    "LookAtJoin",
    "OfferJoin",
    "RefuseJoin",
    "Whom",
    "WithdrawJoin",
]


class JoinTrouble(StrEnum):
    """Why a code joins nothing."""

    UNKNOWN = "unknown"  # wrong, used, over, or held by somebody else
    OVER = "over"  # one's own code has ended meanwhile
    OWN = "own"  # made by the same person
    ORGANIZER = "organizer"  # an organizer's account moves nowhere: their rights would go along


@dataclass(frozen=True, slots=True)
class Whom:
    """Somebody as the other side may know them: what their app calls them (perhaps nothing), and their channels."""

    person: int
    name: str
    apps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Belongings:
    """What moves: the titles of the unfinished entries ("" for those without), and how many were sent."""

    drafts: tuple[str, ...]
    entries: int


@dataclass(frozen=True, slots=True)
class Joinable:
    """Whom somebody is to be joined with, and what would move. `asks`: they are those who ask, and it is theirs."""

    whom: Whom
    moving: Belongings
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Joined:
    """It is done. `stamp` is that of the newest screen in the app that came: its buttons are old from now on."""

    stamp: int


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """What all of them have: `at`, the moment it was sent."""

    at: datetime


@dataclass(frozen=True, slots=True)
class OfferJoin(JoinRequest):
    """A new one-time code, valid 15 minutes; older ones end. Result: str; while somebody waits: Joinable, who it is."""


@dataclass(frozen=True, slots=True)
class AskToJoin(JoinRequest):
    """Write down a code of another app; it is held for this person. Result: Joinable, or JoinTrouble."""

    code: str


@dataclass(frozen=True, slots=True)
class AgreeToJoin(JoinRequest):
    """Say yes to moving there. Result: bool, False when the code is over."""


@dataclass(frozen=True, slots=True)
class WithdrawJoin(JoinRequest):
    """Think better of it: the code is free again. Result: None."""


@dataclass(frozen=True, slots=True)
class LookAtJoin(JoinRequest):
    """Who has said yes with one's own code. Result: Joinable; None: nobody yet; JoinTrouble: the code is over."""


@dataclass(frozen=True, slots=True)
class ConfirmJoin(JoinRequest):
    """Take in what comes with this person, who was shown. Result: Joined, or None when they no longer ask."""

    person: int


@dataclass(frozen=True, slots=True)
class RefuseJoin(JoinRequest):
    """Let nobody in: the code ends. Result: None."""
