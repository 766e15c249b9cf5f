"""Near misses: which options a misspelt or shortened name may mean, likeliest first."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import partial_ratio

from dialogs.answers.names import Names, Words

__all__ = ["candidates", "surely_meant"]

MOST_CANDIDATES = 3
SURE_FROM = 8
"""Folded characters from which one slip may be forgiven without asking."""

APART = 3
"""Another option this near makes a slip ambiguous."""


def surely_meant(words: Words, names: Names) -> str | None:
    """The one option whose long name is a single slip away, when no other is near; else None."""
    text = " ".join(words)
    if len(text) < SURE_FROM:
        return None
    distances: dict[str, int] = {}
    for spelt, code in _comparable(words, names):
        distance = OSA.distance(text, spelt, score_cutoff=APART)
        if distance <= APART:
            distances[code] = min(distance, distances.get(code, distance))
    if len(distances) != 1:
        return None
    ((code, distance),) = distances.items()
    return code if distance <= 1 else None


def candidates(words: Words, names: Names) -> tuple[str, ...]:
    """Up to three options that a text may mean, likeliest first, as offered when equally likely."""
    text = " ".join(words)
    if len(text) < 2 and text.isascii():
        return ()
    ranks: dict[str, float] = {}
    for spelt, code in _comparable(words, names):
        rank = _rank(text, words, spelt)
        if rank is not None:
            ranks[code] = min(rank, ranks.get(code, rank))
    order = {code: place for place, code in enumerate(names.order)}
    return tuple(sorted(ranks, key=lambda code: (ranks[code], order[code]))[:MOST_CANDIDATES])


def _comparable(words: Words, names: Names) -> Iterator[tuple[str, str]]:
    """Names with the same numbers in them: a wrong number is never a slip of spelling."""
    numbers = [word for word in words if word.isdigit()]
    for spelt, code in names.spelt:
        if numbers == [word for word in spelt.split() if word.isdigit()]:
            yield spelt, code


def _rank(text: str, words: Words, spelt: str) -> float | None:
    """How far a name is from what was typed; None when it is another word altogether."""
    allowed = _slips(len(text))
    distance = min(
        OSA.distance(text, spelt, score_cutoff=allowed),
        OSA.distance("".join(words), spelt.replace(" ", ""), score_cutoff=allowed),
    )
    if distance <= allowed:
        return float(distance)
    if spelt.startswith(text):
        return 1.5
    if _shortened(words, spelt.split()):
        return 2.5
    beginning = OSA.distance(text, spelt[: len(text)], score_cutoff=allowed)
    if len(text) >= 4 and beginning <= allowed:
        return 3.0 + beginning
    likeness = partial_ratio(text, spelt) if min(len(text), len(spelt)) >= 5 else 0
    return 5.0 + (100 - likeness) / 10 if likeness >= 80 else None


def _shortened(words: Words, name: list[str]) -> bool:
    """Whether every word typed begins a word of the name: `agenda digital nac`."""
    text = "".join(words)
    if len(text) < 3 and text.isascii():
        return False
    return all(any(part.startswith(word) for part in name) for word in words)


def _slips(length: int) -> int:
    """How many slips may stand between a text of a length and a name: one in short words, more in long."""
    return 0 if length < 3 else 1 if length < 6 else 2 if length < 12 else 3
