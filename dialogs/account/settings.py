"""One's settings, in one place: each opens its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs import choices
from dialogs.account import account_linking, follows, letters, privacy, subscriptions
from dialogs.domain.events import Chose, Event
from dialogs.domain.messages import M
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["handle", "render"]


def render(ctx: StepContext) -> Screen:
    ways = (
        Choice("language", M("choice.language"), number=1),
        Choice("reminders", M("choice.reminders"), number=2),
        Choice("access", M("choice.access"), number=3),
        Choice("joining", M("choice.join"), number=4),
        Choice("my_data", M("choice.my_data"), number=5),
        Choice("contact", M("choice.contact"), number=6),
        Choice("news", M("choice.news"), number=7),
        Choice("follows", M("choice.follows"), number=8),
        *((Choice("letters", M("choice.letters"), number=9),) if ctx.world.letters else ()),
    )
    lines = (Line(Kind.TITLE, M("settings.title")),)
    return Screen("settings", lines, choices.grid(ways, 2) + choices.row(choices.home()))


def handle(ctx: StepContext, event: Event) -> None:
    """Open the setting that was chosen."""
    way = WAYS.get(event.code) if isinstance(event, Chose) else None
    if way is None:
        ctx.note(M("not_understood.review"))
    else:
        way(ctx)


WAYS: Mapping[str, Callable[[StepContext], None]] = {
    "language": lambda ctx: ctx.push("language"),
    "reminders": lambda ctx: ctx.push("reminders"),
    "access": lambda ctx: ctx.push("access"),
    "joining": account_linking.offer,
    "my_data": privacy.ask_for_my_data,
    "contact": lambda ctx: ctx.push("contact"),
    "news": subscriptions.open_news,
    "follows": follows.open_follows,
    "letters": letters.open_letters,
}
