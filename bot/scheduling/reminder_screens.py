"""What a reminder says: the entry's name, what is left, an honest estimate of the minutes, the close."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from dialogs.domain.messages import M, Message, Moment, Value
from dialogs.screens import Choice, Kind, Line, Screen, Style

__all__ = ["UNMEASURED", "minutes_for", "own_key", "unfinished", "update"]

Said = Callable[[str], str]

UNMEASURED = 35.0
"""Seconds a question takes, until enough people have answered to know: 15 minutes for about 26 questions."""


def own_key(key: str) -> str:
    """Where the organizers' own words for a text stand."""
    return f"own.{key}"


def _same(key: str) -> str:
    return key


def unfinished(
    draft: str,
    name: str | None,
    open_questions: int,
    seconds_each: float,
    closes: datetime,
    *,
    last: bool = False,
    said: Said = _same,
) -> Screen:
    """The reminder of a draft. `name` is its title, if it has one already; `said` gives the key of a text in use."""
    title = Message(said("remind.title"), {"name": name}) if name else Message(said("remind.title_unnamed"))
    left: list[Value] = [Message(said("remind.ready"))]
    if open_questions:
        left = [M("remind.open", open_questions), M("remind.minutes", minutes_for(open_questions, seconds_each))]
    lines = (
        Line(Kind.TITLE, title),
        *(Line(Kind.TEXT, text) for text in left),
        Line(Kind.TEXT, _closing(closes, last, said)),
    )
    return Screen("reminder", lines, _ways(Choice(f"remind:continue:{draft}", M("remind.continue"), Style.PRIMARY)))


def update(name: str, closes: datetime, *, last: bool = False, said: Said = _same) -> Screen:
    """The reminder of an earlier entry that was not updated in this call."""
    lines = (
        Line(Kind.TITLE, Message(said("remind.update_title"), {"name": name})),
        Line(Kind.TEXT, Message(said("remind.update_how"))),
        Line(Kind.TEXT, _closing(closes, last, said)),
    )
    return Screen("reminder/update", lines, _ways(Choice("remind:continue:", M("remind.update"), Style.PRIMARY)))


def minutes_for(open_questions: int, seconds_each: float) -> int:
    """Whole minutes, rounded up, at least one."""
    return max(1, -int(-open_questions * seconds_each // 60))


def _closing(closes: datetime, last: bool, said: Said) -> Message:
    return Message(said("remind.last" if last else "remind.closes"), {"closes": Moment(closes)})


def _ways(first: Choice) -> tuple[tuple[Choice, ...], ...]:
    return (
        (first,),
        (
            Choice("remind:tomorrow", M("remind.tomorrow"), Style.QUIET),
            Choice("remind:never", M("remind.never"), Style.QUIET),
        ),
    )
