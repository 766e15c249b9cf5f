"""`/organize`: what this organizer may do, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs import choices
from dialogs.events import Chose, Event
from dialogs.messages import M
from dialogs.organizing import calls, contacts, desk, figures, history, people, register
from dialogs.organizing.announcing import places as announcing
from dialogs.organizing.frame import Entry, OrganizersPlace, enter, ways_out
from dialogs.organizing.roles import ROLE_NAMES, Role, may
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.talk import Talk

__all__ = ["ENTRY", "MENU", "PLACES", "entries_for"]

MENU: tuple[Entry, ...] = (
    calls.ENTRY,
    announcing.ENTRY,
    desk.ENTRY,
    contacts.ENTRY,
    figures.ENTRY,
    register.ENTRY,
    people.ENTRY,
    history.ENTRY,
)
"""Every line of the menu, in its order."""


def entries_for(role: Role | None) -> Iterator[Entry]:
    """The lines that someone in this role sees."""
    return (entry for entry in MENU if may(role, entry.right))


def show(talk: Talk) -> Screen:
    role = talk.conversation.role
    lines = [Line(Kind.TITLE, M("organize.title"))]
    if role is not None:
        lines.append(Line(Kind.TEXT, M("organize.role", role=ROLE_NAMES[role])))
    ways = [Choice(entry.name, entry.label, number=n) for n, entry in enumerate(entries_for(role), 1)]
    if not ways:
        lines.append(Line(Kind.HINT, M("organize.nothing_yet")))
    return Screen("organize", tuple(lines), choices.column(ways) + ways_out())


def hear(talk: Talk, event: Event) -> None:
    chosen = event.code if isinstance(event, Chose) else ""
    entry = next((entry for entry in entries_for(talk.conversation.role) if entry.name == chosen), None)
    if entry is not None:
        entry.open(talk)
    elif chosen == ".back":
        talk.return_()
    else:
        talk.note(M("not_understood.review"))


ENTRY = Entry("organize", M("organize.title"), None, lambda talk: enter(talk, "organize"))

PLACES = {"organize": OrganizersPlace(None, show, hear)}
