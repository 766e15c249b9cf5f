"""Near misses: which options a misspelt or shortened name may mean, likeliest first."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.matching.option_names import Names
from dialogs.matching.spellings import Spelling, Spelt, Words, spelling

__all__ = ["candidates", "one_slip_from", "surely_meant"]

MOST_CANDIDATES = 3

LIKE = 86
"""Percent of letters in common, from which a part of a name is worth offering."""

SURE_FROM = 8
"""Folded characters from which one slip may be forgiven without asking."""

APART = 3
"""Another option this near makes a slip ambiguous."""

LONGEST = 300
"""Folded characters between two separators beyond which nothing is guessed: that is prose, not a name with slips."""


def surely_meant(words: Words, names: Names) -> str | None:
    """The one option whose long name is a single slip away, when no other is near; else None."""
    typed = spelling(words)
    known = names.spelt.get(typed.numbers)
    if known is None or not SURE_FROM <= len(typed.text) <= known.longest + APART:
        return None
    distances: dict[str, int] = {}
    for place, distance in known.near(typed.text, APART):
        code = known.codes[place]
        distances[code] = min(distance, distances.get(code, distance))
    if len(distances) != 1:
        return None
    ((code, distance),) = distances.items()
    return code if distance <= 1 and _is_distinctive(words, names) else None


def one_slip_from(words: Words, names: Names) -> tuple[str, ...]:
    """Options whose name is a single slip from a text that is something else as it stands (`Saint-Martin`)."""
    typed = spelling(words)
    known = names.spelt.get(typed.numbers)
    if known is None or len(typed.text) < SURE_FROM:
        return ()
    found = (known.codes[place] for place, _ in known.near(typed.text, 1))
    return tuple(dict.fromkeys(found))[:MOST_CANDIDATES]


def _is_distinctive(words: Words, names: Names) -> bool:
    """Whether enough of it tells one option from the others; a slip in little changes what is meant."""
    return len(" ".join(names.distinctive(words))) >= SURE_FROM


def candidates(words: Words, names: Names) -> tuple[str, ...]:
    """Up to three options that a text may mean, likeliest first, as offered when equally likely."""
    words = names.telling(words)
    typed = spelling(words)
    known = names.spelt.get(typed.numbers)
    if known is None or len(typed.text) > LONGEST or (len(typed.text) < 2 and typed.text.isascii()):
        return ()
    ranks: dict[str, float] = {}
    for place, rank in _ranks(typed, known).items():
        code = known.codes[place]
        ranks[code] = min(rank, ranks.get(code, rank))
    order = {code: place for place, code in enumerate(names.order)}
    return tuple(sorted(ranks, key=lambda code: (ranks[code], order[code]))[:MOST_CANDIDATES])


def _ranks(typed: Spelling, known: Spelt) -> dict[int, float]:
    """How far each name is from what was typed, by its place; other words altogether have no rank.

    The first measure that a name passes decides, so each keeps what an earlier one found.
    """
    text, allowed = typed.text, _slips(len(typed.text))
    ranks = {place: float(distance) for place, distance in known.near(text, allowed)}
    if typed.joined != text:
        for place, distance in known.near_joined(typed.joined, allowed):
            ranks.setdefault(place, float(distance))
    for place in known.begun_by(text):
        ranks.setdefault(place, 1.5)
    for place in _shortened(typed, known):
        ranks.setdefault(place, 2.5)
    for place in _with_words_like(typed, known):
        ranks.setdefault(place, 3.5)
    _add_alike(ranks, text, known, allowed)
    return ranks


def _add_alike(ranks: dict[int, float], text: str, known: Spelt, allowed: int) -> None:
    """Add names of which a misspelt beginning, or a misspelt part, was typed."""
    if len(text) >= 4:
        for place, distance in known.near_beginning(text, allowed):
            ranks.setdefault(place, 3.0 + distance)
    if len(text) >= 5:
        for place, likeness in known.alike(text, LIKE):
            if len(known.texts[place]) >= 5:
                ranks.setdefault(place, 5.0 + (100 - likeness) / 10)


def _shortened(typed: Spelling, known: Spelt) -> set[int]:
    """Names of which every word typed begins a word: `agenda digital nac`."""
    if len(typed.joined) < 3 and typed.joined.isascii():
        return set()
    return _common(known.with_part_begun_by(word) for word in dict.fromkeys(typed.parts))


def _with_words_like(typed: Spelling, known: Spelt) -> set[int]:
    """Names to a word of which every word typed, of four letters or more, is one slip away."""
    if any(len(word) < 4 for word in typed.parts):
        return set()
    return _common(known.with_part_like(word) for word in dict.fromkeys(typed.parts))


def _common(found: Iterator[set[int]]) -> set[int]:
    """What all sets have in common; the rest of them is not looked at once that is nothing."""
    common = next(found, set())
    for places in found:
        common = common & places
        if not common:
            break
    return common


def _slips(length: int) -> int:
    """How many slips may stand between a text of a length and a name: one in short words, more in long."""
    return 0 if length < 3 else 1 if length < 6 else 2 if length < 12 else 3
