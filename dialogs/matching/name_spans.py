"""Where what a text names may end, at one place in it: the few spans that are worth comparing with the known names."""

from __future__ import annotations

from dialogs.matching.option_names import Names
from dialogs.matching.ordinals import prefixes
from dialogs.matching.spellings import Words

__all__ = ["LOOK_ALIKES", "latin", "lengths"]

LOOK_ALIKES = str.maketrans("асеорхуктмнв", "aceopxyktmhb")
"""Cyrillic letters that look like Latin ones in codes: `С7` typed on a Russian keyboard."""


LONGEST_CODE = 3
"""Letters of a code; a longer word is a word (`направление`)."""

ARABIC_LINE = frozenset(("ج", "جيم"))
"""The Arabic Plan of Action numbers its lines جيم 1 to جيم 11; people write ج1."""

ARABIC_LETTERS = {"ا": "a", "ب": "b", "ج": "c", "د": "d"}
"""The letters of targets in the United Nations' Arabic texts: 3-د is 3.d."""


def latin(words: Words) -> Words:
    """Words with the letters of codes as the Latin ones: Cyrillic ones that look alike, Arabic ones beside a number."""
    if "".join(words).isascii():
        return words
    return tuple(_latin(words, at) for at in range(len(words)))


def _latin(words: Words, at: int) -> str:
    word = words[at]
    if word in ARABIC_LINE and words[at + 1 : at + 2] and words[at + 1].isdigit():
        return "c"
    if word in ARABIC_LETTERS and at and words[at - 1].isdigit():
        return ARABIC_LETTERS[word]
    return word.translate(LOOK_ALIKES) if len(word) <= LONGEST_CODE else word


def lengths(words: Words, names: Names) -> set[int]:
    """How many of the first words may be a name, a code or a number.

    Every span that means something is among them; whether one does is for `Names.meant` and `number_meant` to say.
    """
    found = set(names.beginnings.ends(words))
    for before in prefixes(words, names.family):
        rest = words[before:]
        if before:
            found.update(before + length for length in names.beginnings.exact(rest))
        if rest[0].isdigit():
            found.add(before + 1)
    return found
