"""When a push is tried again: soon at first, then ever later, and never all at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

__all__ = ["GIVEN_UP", "pause", "row_retry"]

FIRST = 5.0
"""Seconds before the second try, at the most."""
LONGEST = 6 * 3600.0
"""Seconds between two tries, at the most."""
GIVEN_UP = timedelta(days=5)
"""How long an event is tried before it is for people to look at."""


def pause(failures: int, random: Callable[[], float]) -> float:
    """Seconds until the next try after this many failures: doubling, of which a random half is taken off."""
    most = min(LONGEST, FIRST * 2.0 ** min(failures, 20))
    return most * (0.5 + random() / 2)


def row_retry(attempt: int, first: datetime | None, now: datetime, random: Callable[[], float]) -> datetime | None:
    """When an event is tried again; None: it has been tried for long enough."""
    if first is not None and now - first >= GIVEN_UP:
        return None
    return now + timedelta(seconds=pause(attempt, random))
