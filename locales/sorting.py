"""Putting names in the order in which people of a language look for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from dialogs.answers.fold import fold

__all__ = ["in_order", "sort_key"]

T = TypeVar("T")

PINYIN = "gb18030"
"""Its first plane is in the order of pinyin for the 3,755 most common characters, which names are written in."""


def sort_key(text: str, language: str) -> tuple[bytes, str]:
    """What to compare texts by: accents, case and the variants of Arabic letters make no difference, as in CLDR's
    first level; Chinese goes by pinyin. The text itself decides between equals."""
    folded = fold(text)
    compared = folded.encode(PINYIN if language.split("-")[0] == "zh" else "utf-8", "replace")
    return compared, text


def in_order(texts: Iterable[tuple[str, T]], language: str) -> list[T]:
    """Things in the order of their names: pairs of name and thing in, things out."""
    return [thing for _, thing in sorted(texts, key=lambda pair: sort_key(pair[0], language))]
