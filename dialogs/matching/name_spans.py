"""Where what a text names may end, at one place in it: the few spans that are worth comparing with the known names."""

from __future__ import annotations

from dialogs.matching.option_names import Names
from dialogs.matching.ordinals import prefixes
from dialogs.matching.spellings import Words

__all__ = ["LOOK_ALIKES", "latin", "lengths"]

LOOK_ALIKES = str.maketrans("асеорхуктмнв", "aceopxyktmhb")
"""Cyrillic letters that look like Latin ones in codes: `С7` typed on a Russian keyboard."""


def latin(words: Words) -> Words:
    """Words with the Cyrillic letters of codes as the Latin ones that they look like."""
    return tuple(word.translate(LOOK_ALIKES) for word in words)


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
