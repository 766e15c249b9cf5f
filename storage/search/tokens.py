"""What a text is found by: its words in all their forms, and what a search looks for, the same on both engines.

The words of a text are folded and stemmed (`storage.search.stems`). Ideographs stand without spaces: each one is a
token, and each two neighbours. A word with hyphens is its parts and the whole: `egovernment` finds `e-government`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dialogs.text.normalize import normalize
from storage.search.stems import all_languages, forms_of, stemmed_in

__all__ = ["VERSION", "Sought", "sought", "tokens"]

VERSION = 2
"""Counted up when an entry gets other tokens than before: entries are indexed anew then, while the service goes on."""

IDEOGRAPH = "㐀-䶿一-鿿豈-﫿𠀀-𲎯"
HYPHEN = "-‐‑‒–"
PIECE = re.compile(rf"[{IDEOGRAPH}]+|[^\W_{IDEOGRAPH}]+(?:[{HYPHEN}][^\W_{IDEOGRAPH}]+)*")
FIRST_PARTS = frozenset(
    ("cyber", "tele", "micro", "multi", "broad", "block", "crowd", "e", "m", "i", "start", "on", "web", "inter", "co")
)
"""What is written as one word with the next, with a hyphen, or apart: cyber security."""

LONGEST = 40
"""Characters of a token: longer words are cut, as those are addresses or no words at all."""
MOST = 3_000
"""Tokens of a text: an entry's longest texts have a quarter of that."""
WORDS = 24
"""Words of a search that are looked at."""


@dataclass(frozen=True, slots=True)
class Sought:
    """One word of a search. A text has it when it has all tokens of any one of these ways."""

    ways: tuple[tuple[str, ...], ...]
    typed: str
    """As it stands in the text, folded: what a beginning is compared with."""


def tokens(text: str, language: str) -> list[str]:
    """The tokens of a text, each once, in the order in which they come first."""
    found: dict[str, None] = {}
    for part in _parts(text):
        for token in _of_part(part, language):
            found[token[:LONGEST]] = None
            if len(found) >= MOST:
                return list(found)
    return list(found)


def sought(text: str) -> tuple[Sought, ...]:
    """The words of a search, each with the ways in which a text may have it; none for a text without a word."""
    return tuple(_wanted(part) for part in _parts(text[:1_000])[:WORDS])


def _parts(text: str) -> list[tuple[str, ...]]:
    """The words of a text in lower case, each with its parts: `e-government`, `e government` are (e, government)."""
    pieces: list[tuple[str, ...]] = [tuple(re.split(f"[{HYPHEN}]", piece)) for piece in PIECE.findall(_lower(text))]
    joined: list[tuple[str, ...]] = []
    for piece in pieces:
        before: tuple[str, ...] = joined[-1] if joined else ()
        if len(before) == 1 and before[0] in FIRST_PARTS and not _is_ideographs(piece[0]):
            joined[-1] = (*before, *piece)
        else:
            joined.append(piece)
    return joined


def _lower(text: str) -> str:
    """In lower case, composed, without the marks of vowels and without characters that nobody sees."""
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
    if composed.isascii():
        return composed
    return "".join(each for each in composed if unicodedata.category(each) not in ("Mn", "Cf") and each != "ـ")


def _is_ideographs(part: str) -> bool:
    return "㐀" <= part[0] <= "鿿" or part[0] >= "豈"


def _of_part(part: Sequence[str], language: str) -> Iterator[str]:
    if len(part) == 1 and _is_ideographs(part[0]):
        run = normalize(part[0]).replace(" ", "")
        yield from run
        yield from (one + other for one, other in pairwise(run))
        return
    for word in part:
        yield from forms_of(word, stemmed_in(word, language))
    if len(part) > 1:
        whole = "".join(part)
        yield from forms_of(whole, stemmed_in(whole, language))


def _wanted(part: tuple[str, ...]) -> Sought:
    if len(part) == 1 and _is_ideographs(part[0]):
        run = normalize(part[0]).replace(" ", "")
        return Sought((tuple(_pairs(run)),), run)
    whole = "".join(part)
    ways: list[tuple[str, ...]] = [(form[:LONGEST],) for form in forms_of(whole, all_languages(whole))]
    if len(part) > 1:
        ways.append(tuple(normalize(word)[:LONGEST] for word in part if normalize(word)))
    return Sought(tuple(dict.fromkeys(ways)), normalize(whole).replace(" ", ""))


def _pairs(run: str) -> Iterator[str]:
    """Ideographs two by two, most words have two: 农村教育 is in a text that has 农村 and, elsewhere, 教育."""
    if len(run) == 1:
        yield run
    yield from (run[at : at + 2] for at in range(0, len(run) - 1, 2))
    if len(run) > 1 and len(run) % 2:
        yield run[-2:]
