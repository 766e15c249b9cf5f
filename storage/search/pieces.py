"""The pieces of a title: what two titles have in common that mean the same activity, however they were typed.

A slip of the finger changes one place of one word, so a word is kept by its first and its last letters: one of the two
is whole. Words typed together or torn apart keep both. A long run of letters (a compound, or a script without spaces)
is kept by every few letters of it; ideographs, which stand for words, by pairs. Pairs of neighbours tell titles apart
whose words are all common ("digital skills"), and the whole title, in whatever order, finds its like at once. A title
of up to three words ("Zudife Hub") has so few pieces that a slip may hit all: it is kept by every three letters too.

A piece is a number, for it is compared and never read. Two pieces may have the same number: candidates are compared
letter by letter afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from zlib import crc32

from dialogs.text.normalize import words_of

__all__ = ["READ", "pieces_of"]

LETTERS = 4
"""Of a word's beginning and end. Three are shared by too many words, five are too often hit by a slip."""
LONG = 12
"""Letters of a word from which on both of its ends may be hit, and every few letters of it are kept."""
FEW_WORDS = 3
CLOSE = 3
"""Letters of the pieces of a title with no more than so many words."""
SHORT = 2
"""Letters of words that say little: of, de, la, и."""
IDEOGRAPHS = "㐀"
"""From this character on a single one is a word."""
MOST = 80
"""Pieces of a text: more than the longest title has that the questionnaire takes."""
READ = 400
"""Characters of a text that are looked at."""


def pieces_of(text: str) -> tuple[int, ...]:
    """All pieces of a text, each once, the whole first. A text without a letter or digit has none."""
    words = words_of(text[:READ])
    telling = [word for word in words if len(word) > SHORT or word >= IDEOGRAPHS or word.isdigit()] or list(words)
    parts = (*(part for word in telling for part in _parts(word)), *_pairs(telling), *_closely(telling))
    whole = "=" + " ".join(sorted(words))
    return tuple(dict.fromkeys(map(_number, (whole, *parts))))[:MOST] if words else ()


def _parts(word: str) -> Iterator[str]:
    if len(word) > LONG:
        yield from (word[at : at + LETTERS] for at in range(len(word) - LETTERS + 1))
        return
    yield word[:LETTERS]
    yield word[-LETTERS:]


def _pairs(words: list[str]) -> Iterator[str]:
    for one, other in pairwise(words):
        yield f"{one[:LETTERS]} {other[:LETTERS]}"


def _closely(words: list[str]) -> Iterator[str]:
    """Every few letters of the words of a short title, where each begins and ends included."""
    for word in words if len(words) <= FEW_WORDS else ():
        framed = f" {word} "
        yield from (framed[at : at + CLOSE] for at in range(len(framed) - CLOSE + 1))


def _number(piece: str) -> int:
    """32 bits, with a sign as both engines keep them."""
    return crc32(piece.encode()) - 2**31
