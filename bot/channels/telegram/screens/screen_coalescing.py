"""Screens that overtake each other: somebody who sends much at once gets one answer to it, not a dozen.

While a screen waits for its turn (Telegram wants no more than one message a second in a chat), the person may have
gone on. A question that was answered meanwhile need not be asked any more; what was said about the answers must
still be said. So the news of an overtaken question stand above the screen that overtook it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from aiogram.types import Message

from bot.turns.outcome import Outcome
from dialogs.domain.messages import Value
from dialogs.screens import Choice, Kind, Line, Screen

__all__ = ["TurnedUpdate", "now_worth_showing", "together"]

MOST_NEWS = 8
"""Lines of news that are kept: the latest ones."""

NEWS = (Kind.NOTE, Kind.ERROR, Kind.TEXT, Kind.HINT)


@dataclass(frozen=True, slots=True)
class TurnedUpdate:
    """What turns came to: the updates that are done once it is shown, and the message whose button was pressed.

    `retired` is a message whose buttons are taken away already, with the reply to the webhook.
    """

    address: str
    updates: tuple[str, ...]
    outcome: Outcome
    pressed: Message | None = None
    retired: int | None = None

    @property
    def stamp(self) -> int:
        """That of its newest screen."""
        stamp = self.outcome.screens[-1].stamp if self.outcome.screens else self.outcome.stamp
        return int(stamp) if stamp.isdecimal() else 0


def together(turns: Sequence[TurnedUpdate]) -> list[TurnedUpdate]:
    """The same turns in the order in which they were taken, with those that were overtaken put into their successors.

    What was left over by another process, or by this one before, comes in when newer ones may be waiting.
    """
    found: list[TurnedUpdate] = []
    for turn in sorted(turns, key=lambda turn: turn.stamp):
        if found and _overtaken(found[-1].outcome.screens, turn.outcome.screens):
            found[-1] = _merged(found[-1], turn)
        else:
            found.append(turn)
    return found


def _overtaken(earlier: Sequence[Screen], later: Sequence[Screen]) -> bool:
    """Whether the earlier screens only ask what the later ones ask again, or what has been answered meanwhile."""
    if not earlier:
        return True
    return bool(later) and all(screen.name.startswith("filling/") or screen.name == later[0].name for screen in earlier)


def _merged(earlier: TurnedUpdate, later: TurnedUpdate) -> TurnedUpdate:
    first, *rest = later.outcome.screens or earlier.outcome.screens
    before = earlier.outcome.screens if later.outcome.screens else ()
    news = [line for screen in before for line in _news(screen)]
    lines = tuple(dict.fromkeys([*news, *_news(first)]))[-MOST_NEWS:]
    shown = replace(
        first,
        lines=(*lines, *first.lines[len(_news(first)) :]),
        in_place=first.in_place and all(screen.in_place for screen in before),
        chosen_label=first.chosen_label if later.pressed else _chosen(before),
    )
    return TurnedUpdate(
        later.address,
        (*earlier.updates, *later.updates),
        replace(later.outcome, screens=(shown, *rest)),
        later.pressed or earlier.pressed,
        later.retired or earlier.retired,
    )


def _chosen(screens: Iterable[Screen]) -> Value | None:
    return next((screen.chosen_label for screen in screens if screen.chosen_label is not None), None)


def _news(screen: Screen) -> tuple[Line, ...]:
    """The lines above a screen's own: what came of the answer before it."""
    count = next((n for n, line in enumerate(screen.lines) if line.kind not in NEWS), 0)
    return screen.lines[:count]


def now_worth_showing(screen: Screen, stamp: int) -> Screen | None:
    """What to show of a screen while the newest one has this stamp.

    Of those that were overtaken (they waited in the store while the service was down, say), questions are not put
    again, and what changed in place is not changed back: what was wrong with an answer is all that is said. Others keep
    only the buttons that work without a stamp, and want no words.
    """
    if screen.stamp == str(stamp):
        return screen
    if screen.in_place or screen.name.startswith("filling/"):
        refused = tuple(line for line in _news(screen) if line.kind is Kind.ERROR)
        return replace(screen, lines=refused, rows=(), placeholder=None, in_place=False) if refused else None
    return replace(screen, rows=_lasting(screen), placeholder=None)


def _lasting(screen: Screen) -> tuple[tuple[Choice, ...], ...]:
    lasting = (tuple(c for c in row if c.url is not None or c.copies is not None) for row in screen.rows)
    return tuple(row for row in lasting if row)
