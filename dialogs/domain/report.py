"""The yearly report: which of its texts organizers write, in each language."""

from __future__ import annotations

__all__ = ["CLOSING", "LINE", "LONGEST", "OPENING", "TEXTS", "is_text"]

OPENING = ("summary", "introduction")
"""Texts before the figures."""
CLOSING = ("acknowledgements", "disclaimer")
"""Texts at the end."""
TEXTS = (*OPENING, *CLOSING)

LINE = "line."
"""Before the code of an Action Line: what its facilitators say, at the head of its chapter."""

LONGEST = 20_000
"""Characters of a text: four pages."""


def is_text(name: str, lines: tuple[str, ...]) -> bool:
    """Whether a report has a text of this name; `lines`: the Action Lines that have chapters."""
    return name in TEXTS or (name.startswith(LINE) and name.removeprefix(LINE) in lines)
