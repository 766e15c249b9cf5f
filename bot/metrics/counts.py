"""What is counted while the service works: plain numbers, so that counting costs nothing and imports nothing.

`bot.metrics.page` turns them into Prometheus' format when somebody asks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import accumulate

__all__ = ["REFUSED_BY_TELEGRAM", "RESPONSES", "TURNS", "TURN_SECONDS", "Histogram"]


class Histogram:
    """How many observations were at most each of `bounds` (seconds, rising), and their sum."""

    def __init__(self, *bounds: float) -> None:
        self.bounds = bounds
        self.sum = 0.0
        self._each = [0] * (len(bounds) + 1)

    def observe(self, seconds: float) -> None:
        self._each[bisect_left(self.bounds, seconds)] += 1
        self.sum += seconds

    @property
    def buckets(self) -> list[tuple[str, int]]:
        """Each bound as text with how many were at most that; the last is `+Inf`."""
        names = [*(format(bound, "g") for bound in self.bounds), "+Inf"]
        return list(zip(names, accumulate(self._each), strict=True))


TURNS: Counter[tuple[str, str]] = Counter()
"""Updates by (channel, outcome): `taken`, `refused` (the answer was), `again` (handled before), `failed`."""

TURN_SECONDS = Histogram(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
"""How long a turn took, from its beginning to its commit."""

RESPONSES: Counter[str] = Counter()
"""Answers over HTTP by status code."""

REFUSED_BY_TELEGRAM: Counter[str] = Counter()
"""Methods that Telegram refused, by what it meant: `Unreachable`, `Gone`, ... and `RetryAfter` for a 429."""
