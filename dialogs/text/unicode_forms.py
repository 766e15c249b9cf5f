"""Unicode's normal forms, in time that grows with the text and no faster.

Marks on one letter are put into their order by exchanging neighbours, which takes the square of their number: half a
second for 20,000 of them. No script puts more than a few on a letter, so a longer run is normalized in parts
(UAX 15 does the same in its Stream-Safe Text Format).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Literal

__all__ = ["ByCharacter", "normalized"]

MOST_MARKS = 30
"""UAX 15's bound for marks in a row."""

SUSPECT = re.compile(rf"[^\w\s\x00-\u02ff]{{{MOST_MARKS + 1}}}")
"""A run that may be all marks: what is neither a letter, a digit nor a space, beyond the Latin letters."""


def normalized(form: Literal["NFC", "NFKC", "NFKD"], text: str) -> str:
    """The text in a normal form; nothing is lost, however many marks are on one letter."""
    if SUSPECT.search(text) is None:
        return unicodedata.normalize(form, text)
    return "".join(unicodedata.normalize(form, part) for part in _parts(text))


def _parts(text: str) -> Iterator[str]:
    """The text cut wherever another mark would be too many in a row."""
    start = marks = 0
    for at, character in enumerate(text):
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks > MOST_MARKS:
            yield text[start:at]
            start, marks = at, 1
    yield text[start:]


MOST_CHARACTERS_KEPT = 20_000
"""More than any six languages write with; somebody who sends every character there is does not fill the memory."""


class ByCharacter(dict[int, str]):
    """A table for `str.translate` that asks a function when it meets a character for the first time.

    A text is then changed character by character at the speed of C.
    """

    def __init__(self, change: Callable[[str], str]) -> None:
        super().__init__()
        self.change = change

    def __missing__(self, code: int) -> str:
        changed = self.change(chr(code))
        if len(self) < MOST_CHARACTERS_KEPT:
            self[code] = changed
        return changed
