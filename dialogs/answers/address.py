"""Addresses as phones, office programs and Chinese keyboards write them, in plain characters that can be seen."""

from __future__ import annotations

import re
import unicodedata

from dialogs.text.unicode_forms import ByCharacter

__all__ = ["plain_address"]

FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""Full-width letters, digits and signs to those of ASCII."""

SMART = {
    **dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u00b4`\u201b"), "'"),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212\ufe58\ufe63"), "-"),
}
"""Apostrophes and hyphens that programs put in place of the typed ones."""

IDEOGRAPHIC_DOT = re.compile(r"(?<=\w)[。｡](?=\w)")
LOOSE_JOINER = re.compile(r"(?<![^\W\d_a-zA-Z])[\u200c\u200d]|[\u200c\u200d](?![^\W\d_a-zA-Z])")
"""A joiner that is not between two letters of a script that needs it, such as Persian's."""

JOINERS = "\u200c\u200d"


def _plain(character: str) -> str:
    """A plain character for it, or nothing where nobody sees one (Unicode's default-ignorable format characters)."""
    code = ord(character)
    if code in FULL_WIDTH or code in SMART:
        return chr(FULL_WIDTH[code]) if code in FULL_WIDTH else SMART[code]
    hidden = unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f" or character == "\u034f"
    return "" if hidden and character not in JOINERS else character


PLAIN = ByCharacter(_plain)


def plain_address(text: str) -> str:
    """An address, or a text with one in it, without what hides in it and with plain signs."""
    return IDEOGRAPHIC_DOT.sub(".", LOOSE_JOINER.sub("", text.translate(PLAIN)))
