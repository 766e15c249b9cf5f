"""One's settings, in one place: each opens its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs import choices, joining, news, privacy
from dialogs.events import Chose, Event
from dialogs.messages import M
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.talk import Talk

__all__ = ["hear", "show"]


def show(talk: Talk) -> Screen:
    ways = (
        Choice("language", M("choice.language"), number=1),
        Choice("reminders", M("choice.reminders"), number=2),
        Choice("access", M("choice.access"), number=3),
        Choice("joining", M("choice.join"), number=4),
        Choice("my_data", M("choice.my_data"), number=5),
        Choice("contact", M("choice.contact"), number=6),
        Choice("news", M("choice.news"), number=7),
    )
    lines = (Line(Kind.TITLE, M("settings.title")),)
    return Screen("settings", lines, choices.grid(ways, 2) + choices.row(choices.home()))


def hear(talk: Talk, event: Event) -> None:
    """Open the setting that was chosen."""
    way = WAYS.get(event.code) if isinstance(event, Chose) else None
    if way is None:
        talk.note(M("not_understood.review"))
    else:
        way(talk)


WAYS: Mapping[str, Callable[[Talk], None]] = {
    "language": lambda talk: talk.visit("language"),
    "reminders": lambda talk: talk.visit("reminders"),
    "access": lambda talk: talk.visit("access"),
    "joining": joining.offer,
    "my_data": privacy.ask_for_my_data,
    "contact": lambda talk: talk.visit("contact"),
    "news": news.open_news,
}
