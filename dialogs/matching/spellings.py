"""Known names in the forms that near misses are measured in, compared with a typed text all at once.

Comparing name by name costs ten milliseconds for the names of all countries, so the loops over names run inside
rapidfuzz, and what every word begins is looked up in a sorted list.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import partial_ratio
from rapidfuzz.process import extract

__all__ = ["Spelling", "Spelt", "Words", "spelling", "spelt_by_numbers"]

Words = tuple[str, ...]

MOST_WORDS_KEPT = 40
"""Words of a text whose spelling is remembered: longer ones come once."""


@dataclass(frozen=True, slots=True, eq=False)
class Spelling:
    """A name in the forms that near misses are measured in; `numbers` are the numbers in it."""

    text: str
    joined: str
    parts: Words
    numbers: Words


def spelling(words: Words) -> Spelling:
    """The spelling of a name, or of what was typed. Those of names and short answers are remembered."""
    return _kept(words) if len(words) <= MOST_WORDS_KEPT else _spelling(words)


@lru_cache(maxsize=16_384)
def _kept(words: Words) -> Spelling:
    return _spelling(words)


def _spelling(words: Words) -> Spelling:
    numbers = tuple(word for word in words if word.isdigit())
    return Spelling(" ".join(words), "".join(words), words, numbers)


class Spelt:
    """Names with the same numbers in them. Every method gives places in `codes`: which name it was."""

    def __init__(self, names: Sequence[tuple[Spelling, str]]) -> None:
        self.codes = tuple(code for _, code in names)
        self.texts = tuple(name.text for name, _ in names)
        self.joined = tuple(name.joined for name, _ in names)
        self.longest = max((len(text) for text in self.texts), default=0)
        places: dict[str, list[int]] = defaultdict(list)
        for place, (name, _) in enumerate(names):
            for part in dict.fromkeys(name.parts):
                places[part].append(place)
        self._parts = sorted(places)
        self._places = places

    def near(self, text: str, slips: int) -> Iterator[tuple[int, int]]:
        """Names at most so many slips away, with their distance."""
        return _within(text, self.texts, slips)

    def near_joined(self, text: str, slips: int) -> Iterator[tuple[int, int]]:
        """The same for names written in one word."""
        return _within(text, self.joined, slips)

    def near_beginning(self, text: str, slips: int) -> Iterator[tuple[int, int]]:
        """Names whose beginning, as long as the text, is at most so many slips away."""
        return _within(text, [name[: len(text)] for name in self.texts], slips)

    def begun_by(self, text: str) -> Iterator[int]:
        """Names that begin with a text."""
        return (place for place, name in enumerate(self.texts) if name.startswith(text))

    def with_part_begun_by(self, word: str) -> set[int]:
        """Names one of whose words begins with a word."""
        found: set[int] = set()
        for at in range(bisect_left(self._parts, word), len(self._parts)):
            if not self._parts[at].startswith(word):
                break
            found.update(self._places[self._parts[at]])
        return found

    def with_part_like(self, word: str) -> set[int]:
        """Names one of whose words is at most one slip from a word."""
        return {place for at, _ in _within(word, self._parts, 1) for place in self._places[self._parts[at]]}

    def alike(self, text: str, percent: float) -> Iterator[tuple[int, float]]:
        """Names that have so many percent of their letters in common with a part of the text, or it with a part of
        theirs."""
        for _, likeness, place in extract(text, self.texts, scorer=partial_ratio, limit=None, score_cutoff=percent):
            yield place, likeness


def _within(text: str, names: Sequence[str], slips: int) -> Iterator[tuple[int, int]]:
    for _, distance, place in extract(text, names, scorer=OSA.distance, limit=None, score_cutoff=slips):
        yield place, distance


def spelt_by_numbers(names: Iterable[tuple[Spelling, str]]) -> Mapping[Words, Spelt]:
    """Names by the numbers in them: a wrong number is never a slip of spelling."""
    groups: dict[Words, list[tuple[Spelling, str]]] = defaultdict(list)
    for name, code in names:
        groups[name.numbers].append((name, code))
    return {numbers: Spelt(group) for numbers, group in groups.items()}
