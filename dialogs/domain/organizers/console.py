"""Requests about the console in a browser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.roles import Right

__all__ = ["ConsoleLink", "MintConsoleLink", "SignOutEverywhere"]


@dataclass(frozen=True, slots=True)
class ConsoleLink:
    """A link that lets one browser in, once. `site` is where this service is found, empty when nobody said."""

    path: str
    until: datetime
    site: str = ""


@dataclass(frozen=True, slots=True)
class MintConsoleLink(OrganizersRequest):
    """Result: ConsoleLink."""

    right: ClassVar[Right | None] = None


@dataclass(frozen=True, slots=True)
class SignOutEverywhere(OrganizersRequest):
    """End every session of one's own. Result: None."""

    right: ClassVar[Right | None] = None
