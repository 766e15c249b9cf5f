"""Who may do what among the organizers: a role is a set of rights, and nobody has more than they need."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from dialogs.domain.messages import Message

__all__ = ["RIGHTS", "ROLE_NAMES", "Right", "Role", "may"]


class Role(StrEnum):
    OWNER = "owner"
    ORGANIZER = "organizer"
    REVIEWER = "reviewer"
    TRANSLATOR = "translator"


class Right(StrEnum):
    """What a place, a command or a request needs."""

    ORGANIZERS = "organizers"  # who the organizers are, and the log of what they did
    CALLS = "calls"  # open, extend and close calls; late codes
    ANNOUNCE = "announce"  # compose, send and approve announcements
    CONTACTS = "contacts"  # lists of contacts, who can be reached
    HELP = "help"  # read and answer what people write
    FIGURES = "figures"
    ENTRIES = "entries"  # find and read entries that were sent
    REVIEW = "review"  # read entries whole, ask their authors for changes, decide
    REPORT = "report"  # have the yearly report made
    DECIDE = "decide"  # tell authors what was decided; publish, decline, withdraw, merge, mark as test or spam
    TRANSLATE = "translate"  # the texts of announcements in other languages


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.OWNER: frozenset(Right),
    Role.ORGANIZER: frozenset(
        {
            *(Right.CALLS, Right.ANNOUNCE, Right.TRANSLATE, Right.CONTACTS, Right.HELP),
            *(Right.FIGURES, Right.ENTRIES, Right.REVIEW, Right.DECIDE, Right.REPORT),
        }
    ),
    Role.REVIEWER: frozenset({Right.REVIEW, Right.FIGURES, Right.ENTRIES}),
    Role.TRANSLATOR: frozenset({Right.TRANSLATE}),
}

ROLE_NAMES: Mapping[Role, Message] = {
    Role.OWNER: Message("choice.role_owner"),
    Role.ORGANIZER: Message("choice.role_organizer"),
    Role.REVIEWER: Message("choice.role_reviewer"),
    Role.TRANSLATOR: Message("choice.role_translator"),
}


def may(role: Role | None, right: Right | None) -> bool:
    """Whether someone in this role has a right; `right` None: any organizer has it."""
    return role is not None and (right is None or right in RIGHTS[role])
