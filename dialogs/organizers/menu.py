"""`/organize`: what this organizer may do, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs import choices
from dialogs.account.call_standing import standing_of_call
from dialogs.domain.conversation import CallState
from dialogs.domain.events import Chose, Event, QueryResult
from dialogs.domain.messages import Code, M
from dialogs.domain.roles import ROLE_NAMES, Role, may
from dialogs.organizers import audit_log, console, inbox, overview, push, reminder_steps, reports, team
from dialogs.organizers.announcements import routes as announcing
from dialogs.organizers.calls import calls
from dialogs.organizers.contacts import contacts
from dialogs.organizers.entries import entry_search
from dialogs.organizers.flow import MenuEntry, OrganizerRoute, to_menu, ways_out
from dialogs.organizers.review import queue
from dialogs.organizers.statistics import statistics
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["ENTRY", "MENU", "ROUTES", "entries_for"]

MENU: tuple[MenuEntry, ...] = (
    calls.ENTRY,
    announcing.ENTRY,
    inbox.ENTRY,
    contacts.ENTRY,
    statistics.ENTRY,
    reports.ENTRY,
    queue.ENTRY,
    entry_search.ENTRY,
    push.ENTRY,
    reminder_steps.ENTRY,
    team.ENTRY,
    audit_log.ENTRY,
    console.ENTRY,
)
"""Every line of the menu, in its order."""


def entries_for(role: Role | None) -> Iterator[MenuEntry]:
    """The lines that someone in this role sees."""
    return (entry for entry in MENU if may(role, entry.right))


def render(ctx: StepContext) -> Screen:
    role = ctx.conversation.role
    lines = [Line(Kind.TITLE, M("organize.title"))]
    if role is not None:
        lines.append(Line(Kind.TEXT, M("organize.role", role=ROLE_NAMES[role])))
    waiting = ctx.args.get("waiting")
    chosen, call = calls.call_of(ctx), calls.call_of(ctx) or ctx.conversation.call
    if chosen is not None:
        lines.append(Line(Kind.TEXT, M("calls.one", code=Code(chosen.code), state=calls.STATES[chosen.state(ctx.at)])))
    if waiting is not None and call is not None:
        is_over = chosen is not None and chosen.state(ctx.at) is CallState.CLOSED
        lines += [*(() if is_over else standing_of_call(call, ctx.at)), *overview.lines(waiting)]
    ways = [Choice(entry.name, entry.label, number=n) for n, entry in enumerate(entries_for(role), 1)]
    if not ways:
        lines.append(Line(Kind.HINT, M("organize.nothing_yet")))
    return Screen("organize", tuple(lines), choices.column(ways) + ways_out())


def handle(ctx: StepContext, event: Event) -> None:
    if isinstance(event, QueryResult):
        ctx.update(waiting=overview.kept(event.result))
        return
    chosen = event.code if isinstance(event, Chose) else ""
    entry = next((entry for entry in entries_for(ctx.conversation.role) if entry.name == chosen), None)
    if entry is not None:
        entry.open(ctx)
    elif chosen == ".back":
        ctx.pop()
    else:
        ctx.note(M("not_understood.review"))


ENTRY = MenuEntry("organize", M("organize.title"), None, to_menu, to_menu)

ROUTES = {"organize": OrganizerRoute(None, render, handle)}
