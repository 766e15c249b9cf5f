"""Counting turns: what became of each, and how long it took."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Coroutine
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from bot.metrics.counts import TURN_SECONDS, TURNS
from dialogs.screens import Kind, Screen

__all__ = ["counted"]


class Outcome(Protocol):
    """What is looked at of a turn's outcome."""

    @property
    def screens(self) -> tuple[Screen, ...]: ...

    @property
    def again(self) -> bool: ...


P = ParamSpec("P")
S = TypeVar("S")
R = TypeVar("R", bound=Outcome)

Take = Callable[Concatenate[S, str, P], Coroutine[Any, Any, R]]


def counted(take: Take[S, P, R]) -> Take[S, P, R]:
    """Count each call of a method whose first argument is the channel as one turn."""

    @functools.wraps(take)
    async def counting(self: S, channel: str, /, *args: P.args, **named: P.kwargs) -> R:
        began, what = time.perf_counter(), "failed"
        try:
            outcome = await take(self, channel, *args, **named)
            what = _name(outcome)
            return outcome
        finally:
            TURNS[channel, what] += 1
            TURN_SECONDS.observe(time.perf_counter() - began)

    return counting


def _name(outcome: Outcome) -> str:
    if outcome.again:
        return "again"
    refused = any(line.kind is Kind.ERROR for screen in outcome.screens for line in screen.lines)
    return "refused" if refused else "taken"
