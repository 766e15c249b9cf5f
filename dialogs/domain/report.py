"""The yearly report: which of its texts organizers write, in each language; its forms, and how an order stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

__all__ = [
    "CLOSING",
    "FORMS",
    "LINE",
    "LONGEST",
    "LONGEST_COMMENT",
    "OPENING",
    "TEXTS",
    "Comment",
    "OrderState",
    "is_text",
]

OPENING = ("summary", "introduction")
"""Texts before the figures."""
CLOSING = ("acknowledgements", "disclaimer")
"""Texts at the end."""
TEXTS = (*OPENING, *CLOSING)

FORMS = ("pdf", "docx", "xlsx", "html")
"""What a report can be made as, in the order in which it is offered."""

LINE = "line."
"""Before the code of an Action Line: what its facilitators say, at the head of its chapter."""

LONGEST = 20_000
"""Characters of a text: four pages."""


LONGEST_COMMENT = 4_000
"""Characters of a comment on a draft."""


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody says of an entry in a draft. `at`: when they wrote it, if that is known."""

    reference: str
    who: str
    text: str
    at: datetime | None = None


class OrderState(StrEnum):
    """How a report stands that an organizer asked for."""

    WAITING = "waiting"
    MAKING = "making"
    MADE = "made"
    FAILED = "failed"
    EXPIRED = "expired"  # it was made, and its file is gone by now


def is_text(name: str, lines: tuple[str, ...]) -> bool:
    """Whether a report has a text of this name; `lines`: the Action Lines that have chapters."""
    return name in TEXTS or (name.startswith(LINE) and name.removeprefix(LINE) in lines)
