"""Requests about the organizers themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.roles import Right, Role

__all__ = [
    "ChangeRole",
    "Invitation",
    "Invite",
    "ListInvitations",
    "ListOrganizers",
    "Logged",
    "OpenInvitation",
    "Organizer",
    "ReadLog",
    "Remove",
    "RevokeInvitation",
]


@dataclass(frozen=True, slots=True)
class Organizer:
    """An organizer. `named`: in the settings, so nobody can change them in the chat."""

    person: int
    name: str
    role: Role
    named: bool = False


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link to become an organizer: it works once, until then."""

    token: str
    until: datetime


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """An invitation that nobody has used yet. `handle` names it and says nothing of the link.

    `by` and `name`: who made it; None: the command line.
    """

    handle: str
    role: Role
    by: int | None
    name: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Logged:
    """A line of the log. Without `person`: the command line or the settings. `details` are plain JSON values."""

    id: int
    at: datetime
    person: int | None
    name: str
    action: str
    subject: str
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ListOrganizers(OrganizersRequest):
    """Result: tuple[Organizer, ...], owners first."""

    right: ClassVar[Right | None] = Right.ORGANIZERS


@dataclass(frozen=True, slots=True)
class Invite(OrganizersRequest):
    """Make a link for a new organizer. Result: Invitation."""

    right: ClassVar[Right | None] = Right.ORGANIZERS
    role: Role


@dataclass(frozen=True, slots=True)
class ListInvitations(OrganizersRequest):
    """Result: tuple[OpenInvitation, ...], those that end first at the head."""

    right: ClassVar[Right | None] = Right.ORGANIZERS


@dataclass(frozen=True, slots=True)
class RevokeInvitation(OrganizersRequest):
    """End an invitation. Result: tuple[OpenInvitation, ...], those that are left."""

    right: ClassVar[Right | None] = Right.ORGANIZERS
    handle: str


@dataclass(frozen=True, slots=True)
class ChangeRole(OrganizersRequest):
    """Give an organizer another role. Result: bool, False when it cannot be: the last owner, one of the settings."""

    right: ClassVar[Right | None] = Right.ORGANIZERS
    person: int
    role: Role


@dataclass(frozen=True, slots=True)
class Remove(OrganizersRequest):
    """Take an organizer's role away. Result: bool, as of ChangeRole."""

    right: ClassVar[Right | None] = Right.ORGANIZERS
    person: int


@dataclass(frozen=True, slots=True)
class ReadLog(OrganizersRequest):
    """The log's lines before this id (None: the newest). Result: tuple[Logged, ...], newest first."""

    right: ClassVar[Right | None] = Right.ORGANIZERS
    before: int | None = None
    limit: int = 10
