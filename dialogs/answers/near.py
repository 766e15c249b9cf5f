"""Near misses: which options a misspelt or shortened name may mean, likeliest first."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import partial_ratio

from dialogs.answers.names import Names, Spelling, Words, spelling

__all__ = ["candidates", "surely_meant"]

MOST_CANDIDATES = 3

LIKE = 86
"""Percent of letters in common, from which a part of a name is worth offering."""

SURE_FROM = 8
"""Folded characters from which one slip may be forgiven without asking."""

APART = 3
"""Another option this near makes a slip ambiguous."""


def surely_meant(words: Words, names: Names) -> str | None:
    """The one option whose long name is a single slip away, when no other is near; else None."""
    typed = spelling(words)
    if len(typed.text) < SURE_FROM:
        return None
    distances: dict[str, int] = {}
    for name, code in _comparable(typed, names):
        distance = OSA.distance(typed.text, name.text, score_cutoff=APART)
        if distance <= APART:
            distances[code] = min(distance, distances.get(code, distance))
    if len(distances) != 1:
        return None
    ((code, distance),) = distances.items()
    return code if distance <= 1 else None


def candidates(words: Words, names: Names) -> tuple[str, ...]:
    """Up to three options that a text may mean, likeliest first, as offered when equally likely."""
    typed = spelling(words)
    if len(typed.text) < 2 and typed.text.isascii():
        return ()
    ranks: dict[str, float] = {}
    for name, code in _comparable(typed, names):
        rank = _rank(typed, name)
        if rank is not None:
            ranks[code] = min(rank, ranks.get(code, rank))
    order = {code: place for place, code in enumerate(names.order)}
    return tuple(sorted(ranks, key=lambda code: (ranks[code], order[code]))[:MOST_CANDIDATES])


def _comparable(typed: Spelling, names: Names) -> Iterator[tuple[Spelling, str]]:
    """Names with the same numbers in them: a wrong number is never a slip of spelling."""
    return ((name, code) for name, code in names.spelt if name.numbers == typed.numbers)


def _rank(typed: Spelling, name: Spelling) -> float | None:
    """How far a name is from what was typed; None when it is another word altogether."""
    allowed = _slips(len(typed.text))
    distance = OSA.distance(typed.text, name.text, score_cutoff=allowed)
    if distance > allowed and typed.joined != typed.text:
        distance = OSA.distance(typed.joined, name.joined, score_cutoff=allowed)
    if distance <= allowed:
        return float(distance)
    if name.text.startswith(typed.text):
        return 1.5
    if _is_shortened(typed, name):
        return 2.5
    if _has_words_like(typed, name):
        return 3.5
    return _alike(typed.text, name.text, allowed)


def _alike(text: str, name: str, allowed: int) -> float | None:
    """A rank for a misspelt beginning of a name, or a misspelt part of it."""
    beginning = OSA.distance(text, name[: len(text)], score_cutoff=allowed) if len(text) >= 4 else allowed + 1
    if beginning <= allowed:
        return 3.0 + beginning
    likeness = partial_ratio(text, name, score_cutoff=LIKE) if min(len(text), len(name)) >= 5 else 0
    return 5.0 + (100 - likeness) / 10 if likeness >= LIKE else None


def _is_shortened(typed: Spelling, name: Spelling) -> bool:
    """Whether every word typed begins a word of the name: `agenda digital nac`."""
    if len(typed.joined) < 3 and typed.joined.isascii():
        return False
    return all(any(part.startswith(word) for part in name.parts) for word in typed.parts)


def _has_words_like(typed: Spelling, name: Spelling) -> bool:
    """Whether every word typed, of four letters or more, is one slip from a word of the name."""
    return all(
        len(word) >= 4 and any(OSA.distance(word, part, score_cutoff=1) <= 1 for part in name.parts)
        for word in typed.parts
    )


def _slips(length: int) -> int:
    """How many slips may stand between a text of a length and a name: one in short words, more in long."""
    return 0 if length < 3 else 1 if length < 6 else 2 if length < 12 else 3
