"""Texts broken into lines that fit, by the columns they take: nothing here measures a font."""

from __future__ import annotations

from collections.abc import Iterator

from locales.tools.text_width import width_of

__all__ = ["wrapped"]

OPENING, CLOSING = "\u2066\u2067\u2068", "\u2069"


def wrapped(text: str, columns: int, most: int = 2) -> list[str]:
    """At most `most` lines of so many columns; what doesn't fit ends in an ellipsis.

    Marks of isolation are left out: a line that is broken inside one would leave it open.
    """
    plain = "".join(character for character in text if character not in OPENING + CLOSING)
    lines = list(_lines(plain, columns))
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], _cut(lines[most - 1], columns - 1)]


def _lines(text: str, columns: int) -> Iterator[str]:
    line = ""
    for word in _words(text):
        if line and width_of(line + word.rstrip()) > columns:
            yield line.rstrip()
            line = ""
        line += word
    if line:
        yield line.rstrip()


def _words(text: str) -> Iterator[str]:
    """Pieces between which a line may break: after a space, and beside every wide character."""
    piece = ""
    for character in text:
        if width_of(character) == 2:
            if piece:
                yield piece
            piece = ""
            yield character
        else:
            piece += character
            if character == " ":
                yield piece
                piece = ""
    if piece:
        yield piece


def _cut(line: str, columns: int) -> str:
    while line and width_of(line) > columns:
        line = line[:-1]
    return line.rstrip() + "…"
