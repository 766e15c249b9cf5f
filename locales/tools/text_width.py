"""How much room a text takes on a screen, in columns of a Latin letter."""

from __future__ import annotations

import unicodedata

__all__ = ["utf16_length", "width_of"]

NO_ROOM = ("Mn", "Me", "Cf", "Cc")


def width_of(text: str) -> int:
    """Columns: two for a wide character (Chinese, emoji), none for marks and controls, one for the rest."""
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in NO_ROOM:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def utf16_length(text: str) -> int:
    """The length in UTF-16 code units, which is what Telegram counts."""
    return len(text.encode("utf-16-le")) // 2
