"""Every organizers' place and command, with the right that each needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs.domain.roles import Role, may
from dialogs.organizers import audit_log, console, inbox, menu, push, reminder_steps, reports, team
from dialogs.organizers.announcements import routes as announcing
from dialogs.organizers.calls import calls
from dialogs.organizers.contacts import contacts
from dialogs.organizers.entries import entry_search
from dialogs.organizers.flow import OrganizerRoute
from dialogs.organizers.review import assignees, decisions, entry, inputs, marking, queue, scoring
from dialogs.organizers.statistics import statistics
from dialogs.step_context import StepContext

__all__ = ["ROUTES", "command_for", "open_to"]

ROUTES: Mapping[str, OrganizerRoute] = {
    **menu.ROUTES,
    **calls.ROUTES,
    **announcing.ROUTES,
    **contacts.ROUTES,
    **inbox.ROUTES,
    **statistics.ROUTES,
    **reports.ROUTES,
    **entry_search.ROUTES,
    **push.ROUTES,
    **reminder_steps.ROUTES,
    **queue.ROUTES,
    **entry.ROUTES,
    **marking.ROUTES,
    **inputs.ROUTES,
    **scoring.ROUTES,
    **decisions.ROUTES,
    **assignees.ROUTES,
    **console.ROUTES,
    **team.ROUTES,
    **audit_log.ROUTES,
}
"""By name. Each begins with `organize`, so that no other place is taken for one."""

COMMANDS = {each.name: each for each in (menu.ENTRY, *menu.MENU)}


def open_to(role: Role | None, place: str) -> bool:
    """Whether someone in this role may be at a place; everyone may at those that are not the organizers'."""
    found = ROUTES.get(place)
    return found is None or may(role, found.right)


def command_for(role: Role | None, name: str) -> Callable[[StepContext, str], None] | None:
    """What a command does for someone in this role; None when there is none, or none for them: no difference shows."""
    found = COMMANDS.get(name)
    if found is None or not may(role, found.right):
        return None
    find = found.find
    return lambda ctx, argument: find(ctx, argument) if find is not None and argument.strip() else found.open(ctx)
