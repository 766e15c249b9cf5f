"""Searches of the register that somebody follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dialogs.domain.organizers.entry_search import Wanted

__all__ = ["MOST", "FollowSearch", "Followed", "FollowedSearches", "StopFollowing"]

MOST = 20
"""Searches that a person can follow."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A search that somebody follows, by its number."""

    id: int
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class FollowSearch:
    """Effect: be told of what is new in this search, once a day at most."""

    wanted: Wanted
    at: datetime


@dataclass(frozen=True, slots=True)
class StopFollowing:
    """Effect: be told of this search no more; one of somebody else's changes nothing."""

    id: int


@dataclass(frozen=True, slots=True)
class FollowedSearches:
    """What the person follows. Result: tuple[Followed, ...], oldest first."""
