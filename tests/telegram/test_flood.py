"""The gate against floods: it opens again, it tells of a second flood too, and strangers cost no memory."""

from __future__ import annotations

import pytest

from bot.channels.telegram.intake.flood_guard import BURST, PEOPLE_REMEMBERED, RATE, Flood, Gate


def sends(flood: Flood, count: int, at: float, who: str = "anna") -> list[Gate]:
    return [flood.gate(who, at) for _ in range(count)]


@pytest.mark.feature("S9", "C16")
def test_after_a_flood_the_gate_opens_again_and_a_second_flood_is_told_again() -> None:
    flood, half = Flood(), BURST / 2 / RATE
    burst = int(BURST)
    assert sends(flood, burst + 3, 0.0) == [*[Gate.OPEN] * burst, Gate.FIRST, Gate.SHUT, Gate.SHUT]
    assert flood.gate("anna", half - 1) is Gate.SHUT, "half of the bucket has not filled up yet"
    assert flood.gate("anna", half + 1) is Gate.OPEN
    assert Gate.OPEN in sends(flood, 5, half + 2), "it stays open"
    again = sends(flood, burst, half + 3)
    assert again.count(Gate.FIRST) == 1 and again[-1] is Gate.SHUT
    assert sends(flood, burst, half + 1000) == [Gate.OPEN] * burst, "a full bucket, and not more than full"
    assert flood.gate("anna", half + 1000) is Gate.FIRST
    assert flood.gate("ben", 0.0) is Gate.OPEN, "nobody else is concerned"


@pytest.mark.feature("S9")
def test_however_many_strangers_write_only_so_many_are_remembered() -> None:
    flood = Flood()
    sends(flood, int(BURST) + 1, 0.0)
    for number in range(PEOPLE_REMEMBERED + 500):
        flood.gate(f"stranger {number}", 0.0)
        if number % 1000 == 0:
            assert flood.gate("anna", 0.0) is Gate.SHUT, "who floods on is not forgotten"
    assert len(flood._buckets) == PEOPLE_REMEMBERED
