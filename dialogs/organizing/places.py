"""Every organizers' place and command, with the right that each needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs.organizing import calls, contacts, desk, figures, history, menu, people, register
from dialogs.organizing.announcing import places as announcing
from dialogs.organizing.frame import OrganizersPlace
from dialogs.organizing.roles import Role, may
from dialogs.talk import Talk

__all__ = ["PLACES", "command_for", "open_to"]

PLACES: Mapping[str, OrganizersPlace] = {
    **menu.PLACES,
    **calls.PLACES,
    **announcing.PLACES,
    **contacts.PLACES,
    **desk.PLACES,
    **figures.PLACES,
    **register.PLACES,
    **people.PLACES,
    **history.PLACES,
}
"""By name. Each begins with `organize`, so that no other place is taken for one."""

COMMANDS = {entry.name: entry for entry in (menu.ENTRY, *menu.MENU)}


def open_to(role: Role | None, place: str) -> bool:
    """Whether someone in this role may be at a place; everyone may at those that are not the organizers'."""
    found = PLACES.get(place)
    return found is None or may(role, found.right)


def command_for(role: Role | None, name: str) -> Callable[[Talk, str], None] | None:
    """What a command does for someone in this role; None when there is none, or none for them: no difference shows."""
    entry = COMMANDS.get(name)
    if entry is None or not may(role, entry.right):
        return None
    return lambda talk, argument: entry.open(talk)
