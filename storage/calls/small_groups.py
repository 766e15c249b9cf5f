"""Hiding small groups: a number must not point at a person, also not by subtraction."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["LEAST", "enough", "folded", "large"]

LEAST = 5
"""Groups of fewer are hidden."""


def enough(number: int) -> int | None:
    """The number, or None when it is too small to be said. Zero tells on nobody."""
    return number if number >= LEAST or number == 0 else None


def folded(groups: Mapping[str, int], rest: str) -> tuple[tuple[str, int], ...]:
    """The groups, the largest first; those too small are one group, `rest`.

    When they are too small even together, the smallest of the others joins them: the sum is known, and what is missing
    from it would be the hidden number. Nothing is shown when nothing else is left.
    """
    ordered = sorted(((name, number) for name, number in groups.items() if number), key=lambda g: (-g[1], g[0]))
    shown = [group for group in ordered if group[1] >= LEAST]
    hidden = sum(number for _, number in ordered[len(shown) :])
    while 0 < hidden < LEAST and shown:
        hidden += shown.pop()[1]
    return tuple(shown) + (((rest, hidden),) if hidden >= LEAST else ())


def large(groups: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """The groups that are large enough, the largest first: where one can be in several, the sum gives nothing away."""
    shown = ((name, number) for name, number in groups.items() if number >= LEAST)
    return tuple(sorted(shown, key=lambda group: (-group[1], group[0])))
