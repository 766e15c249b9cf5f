"""The questionnaire as a file that is filled in without a network: what is sent out, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dialogs.domain.messages import M

__all__ = ["FORMATS", "LABELS", "TAKE", "Cell", "Document", "FilledIn", "Problem"]

FORMATS = ("xlsx", "docx")
"""As endings of file names, the one that is offered first in front."""

LABELS = {"xlsx": M("choice.template_xlsx"), "docx": M("choice.template_docx")}

TAKE = ".take"
"""The choice that has the template sent, with its format."""


@dataclass(frozen=True, slots=True)
class Document:
    """A template that a screen offers, made when somebody takes it. `draft` is the id of the draft it is about.

    `send`: channels that send files by themselves do so with this screen; others offer it as a link anyway.
    """

    format: str
    draft: str
    language: str
    send: bool = False


class Problem(StrEnum):
    """Why a file that was sent is no template that can be read."""

    BROKEN = "broken"  # no workbook or document, or half of one
    HUGE = "huge"
    MACROS = "macros"
    NOT_OURS = "not_ours"
    OTHER_PROGRAM = "other_program"  # made by another version of the program, whose files are laid out differently
    NOT_FETCHED = "not_fetched"  # the app did not hand it over


@dataclass(frozen=True, slots=True)
class Cell:
    """A field for an answer, as it came back. `where`: how its person finds it: `C14`, or the number of the
    question in a document.

    `formula`: what stands there is worked out, or an error, and no answer.
    """

    key: str
    text: str
    where: str
    formula: bool = False


@dataclass(frozen=True, slots=True)
class FilledIn:
    """A template that came back. A question with several fields has several cells of one key, in order.

    `draft`: the one that it was made for; empty: for any. `version` and `language` are those it was made in.
    """

    problem: Problem | None = None
    draft: str = ""
    version: str = ""
    language: str = ""
    cells: tuple[Cell, ...] = ()
