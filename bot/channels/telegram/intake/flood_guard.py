"""Floods: who sends hundreds of updates a second is told so once, kindly, and slows nobody down.

Counted is when things were *sent*, where Telegram says so: what was waiting for us while we were away is no flood,
however quickly it comes in.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from enum import Enum

__all__ = ["Flood", "Gate"]

BURST = 60.0
"""Updates that somebody may send at once: far more than a person types, taps or forwards in a minute."""

RATE = 2.0
"""Updates a second that somebody may go on sending."""

PEOPLE_REMEMBERED = 10_000


class Gate(Enum):
    """What to do with an update."""

    OPEN = "take it"
    FIRST = "let it go, and say so"
    SHUT = "let it go"


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float
    told: bool = False


class Flood:
    """A bucket a person. After a flood the gate opens again when half of the bucket has filled up."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def gate(self, address: str, at: float) -> Gate:
        """Whether to take an update that was sent at `at` (seconds)."""
        bucket = self._buckets.setdefault(address, _Bucket(BURST, at))
        self._buckets.move_to_end(address)
        while len(self._buckets) > PEOPLE_REMEMBERED:
            self._buckets.popitem(last=False)
        bucket.tokens = min(BURST, bucket.tokens + max(0.0, at - bucket.at) * RATE)
        bucket.at = max(bucket.at, at)
        if bucket.told and bucket.tokens < BURST / 2:
            return Gate.SHUT
        bucket.told = False
        if bucket.tokens < 1:
            bucket.told = True
            return Gate.FIRST
        bucket.tokens -= 1
        return Gate.OPEN
