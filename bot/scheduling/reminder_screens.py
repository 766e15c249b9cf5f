"""What a reminder says: the entry's name, what is left, an honest estimate of the minutes, the close."""

from __future__ import annotations

from datetime import datetime

from dialogs.domain.messages import M, Message, Moment, Value
from dialogs.screens import Choice, Kind, Line, Screen, Style

__all__ = ["UNMEASURED", "minutes_for", "unfinished", "update"]

UNMEASURED = 35.0
"""Seconds a question takes, until enough people have answered to know: 15 minutes for about 26 questions."""


def unfinished(
    draft: str, name: str | None, open_questions: int, seconds_each: float, closes: datetime, *, last: bool = False
) -> Screen:
    """The reminder of a draft. `name` is its title, if it has one already."""
    title = M("remind.title", name=name) if name else M("remind.title_unnamed")
    left: list[Value] = [M("remind.ready")]
    if open_questions:
        left = [M("remind.open", open_questions), M("remind.minutes", minutes_for(open_questions, seconds_each))]
    lines = (
        Line(Kind.TITLE, title),
        *(Line(Kind.TEXT, text) for text in left),
        Line(Kind.TEXT, _closing(closes, last)),
    )
    return Screen("reminder", lines, _ways(Choice(f"remind:continue:{draft}", M("remind.continue"), Style.PRIMARY)))


def update(name: str, closes: datetime, *, last: bool = False) -> Screen:
    """The reminder of an earlier entry that was not updated in this call."""
    lines = (
        Line(Kind.TITLE, M("remind.update_title", name=name)),
        Line(Kind.TEXT, M("remind.update_how")),
        Line(Kind.TEXT, _closing(closes, last)),
    )
    return Screen("reminder/update", lines, _ways(Choice("remind:continue:", M("remind.update"), Style.PRIMARY)))


def minutes_for(open_questions: int, seconds_each: float) -> int:
    """Whole minutes, rounded up, at least one."""
    return max(1, -int(-open_questions * seconds_each // 60))


def _closing(closes: datetime, last: bool) -> Message:
    return M("remind.last", closes=Moment(closes)) if last else M("remind.closes", closes=Moment(closes))


def _ways(first: Choice) -> tuple[tuple[Choice, ...], ...]:
    return (
        (first,),
        (
            Choice("remind:tomorrow", M("remind.tomorrow"), Style.QUIET),
            Choice("remind:never", M("remind.never"), Style.QUIET),
        ),
    )
