"""How far a text goes along with known names: where in it a name may end.

A text of n words has n² spans, and one message has up to ten thousand words. So nothing tries spans: the known names
stand in a tree of their words, which is walked along the text for as long as any name goes on as the text does. What
is read at one place in a text is so bounded by the longest name, whatever the text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dialogs.matching.spellings import Words

__all__ = ["CONNECTIVES", "Beginnings", "bare_of_connectives", "joined", "plain"]

CONNECTIVES = frozenset(
    (
        *("and", "or", "y", "o", "u", "et", "ou", "plus"),
        *("и", "или", "و", "او", "和", "与", "與", "及", "或", "跟"),
    )
)
"""Words between two choices; within a name they may be left out or written as a sign (`Trinidad & Tobago`)."""

MARGIN = 20
"""Words beyond twice the longest name: connectives between all its words, or a short name spelt out in letters."""

HERE = ""
"""The key in the tree that says a name ends here; no folded word is empty."""


def plain(words: Words) -> Words:
    """Without "and" between other words, whatever its language. At an edge such a word may be a code (`ET`)."""
    if len(words) < 3:
        return words
    return (words[0], *(word for word in words[1:-1] if word not in CONNECTIVES), words[-1])


def joined(words: Words) -> str:
    """Written in one word; never for names with digits, where `C1 1` would become `C11`."""
    return "" if any(word.isdigit() for word in words) else "".join(words)


def bare_of_connectives(words: Words) -> Words:
    """A name without any "and", also where it begins with one (`和平、正义与强大机构`)."""
    inner = tuple(word for word in words if word not in CONNECTIVES)
    return inner if len(inner) > 1 else words


@dataclass(frozen=True, slots=True)
class Beginnings:
    """Known names by how they begin. `reach`: words of a text that have to be looked at from one place on."""

    tree: Mapping[str, Any]
    in_one_word: Sequence[str]
    reach: int

    @classmethod
    def of(cls, names: Iterable[Words]) -> Beginnings:
        tree: dict[str, Any] = {}
        single: list[str] = []
        longest = 0
        for name in names:
            node = tree
            for word in name:
                node = node.setdefault(word, {})
            node[HERE] = True
            longest = max(longest, len(name))
            if len(name) == 1:
                single.append(name[0])
        return cls(tree, sorted(single), 2 * longest + MARGIN)

    def ends(self, words: Words) -> Iterator[int]:
        """How many of the first words may be a name as they stand, without "and", or written in one word."""
        yield from self.exact(words)
        if any(word in CONNECTIVES for word in words):
            yield from self._plain(words)
        yield from self._joined(words)

    def exact(self, words: Words) -> Iterator[int]:
        """How many of the first words are exactly a name, for each name that they begin with."""
        node = self.tree
        for length, word in enumerate(words, 1):
            if word not in node:
                return
            node = node[word]
            if HERE in node:
                yield length

    def _plain(self, words: Words) -> Iterator[int]:
        node = self.tree
        for length, word in enumerate(words, 1):
            if word not in CONNECTIVES:
                if word not in node:
                    return
                node = node[word]
            if HERE in node:
                yield length

    def _joined(self, words: Words) -> Iterator[int]:
        so_far, known = "", self.in_one_word
        for length, word in enumerate(words, 1):
            if word.isdigit():
                return
            so_far += word
            at = bisect_left(known, so_far)
            if at == len(known) or not known[at].startswith(so_far):
                return
            if known[at] == so_far:
                yield length
