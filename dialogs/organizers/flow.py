"""What an organizers' place consists of, and how one comes and goes.

A conversation of organizers is a module with `ROUTES` (its screens, each with the right it needs) and an `ENTRY` (its
line in the menu, which is its command as well). `dialogs.organizers.routes` lists the modules; nothing else has to know
them. The machine sees to it that nobody is at a place without the right, and that nobody else learns that it exists.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from dialogs import choices
from dialogs.domain.events import Event
from dialogs.domain.messages import Message
from dialogs.domain.organizers.overview import ReadOverview
from dialogs.domain.roles import Right
from dialogs.screens import Screen
from dialogs.step_context import StepContext

__all__ = ["MenuEntry", "OrganizerRoute", "enter", "to_menu", "ways_out"]


class OrganizerRoute(NamedTuple):
    """A place with the right that it needs (None: any organizer)."""

    right: Right | None
    render: Callable[[StepContext], Screen]
    handle: Callable[[StepContext, Event], None]


class MenuEntry(NamedTuple):
    """A line of the menu. `name` is its code and its command: `/calls`, described by the message `command.calls`.

    `find`: what the command does with words behind it, as in `/calls 2028`.
    """

    name: str
    label: Message
    right: Right | None
    open: Callable[[StepContext], None]
    find: Callable[[StepContext, str], None] | None = None


def enter(ctx: StepContext, name: str, /, **args: Any) -> None:
    """Go to an organizers' place. One's own running question waits: leaving the menu leads back to it."""
    if ctx.position.name.startswith("organize"):
        ctx.goto(name, **args)
    else:
        ctx.push(name, **args)


def to_menu(ctx: StepContext, code: str = "") -> None:
    """Go to the menu, which says what waits now, and how this call stands; without its code the one that counts."""
    chosen = next((call for call in ctx.conversation.calls if call.code == code.strip()), None)
    call = chosen or ctx.conversation.call
    enter(ctx, "organize", **({"call": chosen.code} if chosen is not None else {}))
    ctx.ask(ReadOverview(call.code if call is not None else ""))


def ways_out() -> choices.Rows:
    """Back to the place above, or home."""
    return choices.row(choices.back(), choices.home())
