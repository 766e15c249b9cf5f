"""What changed in a text, word by word, in any script: Chinese and Japanese by characters, all others by words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

__all__ = ["Part", "Piece", "changes", "marked"]

IDEOGRAPHS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
TOKEN = re.compile(rf"[{IDEOGRAPHS}]|[^\W{IDEOGRAPHS}]+|\s+|[^\w\s]", re.UNICODE)
MOST = 4_000
"""Words that are compared one by one; the time grows with the square. Longer texts are compared by sentences."""
SENTENCE = re.compile(r"[^.!?\u3002\u061f\n]*[.!?\u3002\u061f\n]*\s*")


class Part(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    part: Part
    text: str


def changes(before: str, after: str) -> tuple[Piece, ...]:
    """The texts as one, in pieces: what both have, what went, what came. Joined they give either text back."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    if len(old) + len(new) > MOST:
        old, new = ([each for each in SENTENCE.findall(text) if each] for text in (before, after))
    if len(old) + len(new) > MOST:
        return tuple(piece for piece in (Piece(Part.REMOVED, before), Piece(Part.ADDED, after)) if piece.text)
    return tuple(_pieces(old, new))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield Piece(Part.SAME, "".join(old[i:j]))
            continue
        if j > i:
            yield Piece(Part.REMOVED, "".join(old[i:j]))
        if m > k:
            yield Piece(Part.ADDED, "".join(new[k:m]))


def marked(before: str, after: str, around: int = 60) -> str:
    """The changes as plain text, `[-gone-] {+come+}`, long stretches without any left out."""
    pieces = changes(before, after)
    shown = []
    for place, piece in enumerate(pieces):
        if piece.part is Part.REMOVED:
            shown.append(f"[-{piece.text}-]")
        elif piece.part is Part.ADDED:
            shown.append(f"{{+{piece.text}+}}")
        else:
            shown.append(_shortened(piece.text, around, first=place == 0, last=place == len(pieces) - 1))
    return "".join(shown)


def _shortened(text: str, around: int, *, first: bool, last: bool) -> str:
    if len(text) <= 2 * around:
        return text
    head, tail = ("" if first else text[:around]), ("" if last else text[-around:])
    return f"{head}…{tail}"
