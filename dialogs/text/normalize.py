"""Folding: what stays of a typed text when spelling habits, keyboards and scripts' variants are forgiven.

`fold` is for comparing, never for showing: two texts that fold to the same are taken as the same word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from dialogs.text.unicode_forms import ByCharacter, normalized

__all__ = ["normalize", "spelt_out", "western_digits", "words_of"]

VARIANTS = str.maketrans(
    {
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ې": "ي",
        "ۍ": "ي",
        "ة": "ه",
        "ۀ": "ه",
        "ہ": "ه",
        "ھ": "ه",
        "ە": "ه",
        "ک": "ك",
        "ڪ": "ك",
        "ء": None,
        "ـ": None,
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
    }
)
"""Letters that keyboards and spelling habits exchange, after marks are off (أ إ آ are ا by then)."""

DROPPED = frozenset({"Cf", "Cc", "Cs", "Co", "Cn"})
"""Categories of characters nobody sees: bidi marks, zero-width joiners, controls."""

LINES = re.compile(r"[\t\n\r\f\v\x1c-\x1f\x85]")
LETTER_OR_DIGIT = ("L", "N", "M")
IDEOGRAPH = "㐀-䶿一-鿿豈-﫿𠀀-𲎯"
WORD = re.compile(rf"[{IDEOGRAPH}]|\d+|[^\W\d{IDEOGRAPH}_]+", re.UNICODE)


LONGEST_KEPT = 200
"""Characters of a text whose folding is remembered: names and short answers come again, long texts only fill memory."""


def normalize(text: str) -> str:
    """Fold a text: NFKC, case, accents, Arabic and Persian letter variants, digits of any script to ASCII.

    Bidi and zero-width marks go, punctuation and symbols become a space, spaces are collapsed.
    Folding twice gives the same as folding once.
    """
    return _kept(text) if len(text) <= LONGEST_KEPT else _fully(text)


@lru_cache(maxsize=16_384)
def _kept(text: str) -> str:
    return _fully(text)


def _fully(text: str) -> str:
    once = _fold(text)
    return once if (again := _fold(once)) == once else _fold(again)


def _fold(text: str) -> str:
    spread = normalized("NFKD", LINES.sub(" ", text)).casefold()
    spread = normalized("NFKD", spread)
    return " ".join(normalized("NFKC", spread.translate(FOLDED)).split())


def _character(character: str) -> str:
    """One decomposed character, folded: itself, its ASCII digit, a space, or nothing."""
    if character.isascii():
        return character if character.isalnum() else " "
    category = unicodedata.category(character)
    if unicodedata.combining(character) or category in DROPPED:
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(character))
    return character if category[0] in LETTER_OR_DIGIT else " "


def western_digits(text: str) -> str:
    """The same text with the decimal digits of every script written 0 to 9; all else untouched."""
    return text if text.isascii() else text.translate(WESTERN)


def _western(character: str) -> str:
    is_digit = unicodedata.category(character) == "Nd"
    return str(unicodedata.decimal(character)) if is_digit else character


FOLDED = ByCharacter(lambda character: _character(character).translate(VARIANTS))
WESTERN = ByCharacter(_western)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, folded, with numbers and single ideographs apart: `C7-ehea` is (c, 7, ehea)."""
    return _kept_words(text) if len(text) <= LONGEST_KEPT else _words(text)


@lru_cache(maxsize=16_384)
def _kept_words(text: str) -> tuple[str, ...]:
    return _words(text)


def _words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(normalize(text)))


BETWEEN_IDEOGRAPHS = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")


def spelt_out(words: Iterable[str]) -> str:
    """Words as one writes them side by side: with spaces between, but for Chinese, which has none."""
    return BETWEEN_IDEOGRAPHS.sub("", " ".join(words))
