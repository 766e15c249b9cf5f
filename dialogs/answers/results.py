"""What can come of reading a typed answer, and what a reader is told about the moment it reads in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dialogs.domain.messages import Message, Month
from dialogs.domain.questionnaire import Question
from dialogs.matching.option import Option
from dialogs.text.vocabulary import Vocabulary

__all__ = ["Accepted", "Checker", "Context", "Doubtful", "Reader", "Reading", "Refusal", "Uncertain"]


@dataclass(frozen=True, slots=True)
class Accepted:
    """The text is an answer. `note` says how it was understood where that is not plain."""

    value: Any
    note: Message | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """The text is no answer: the message says what was wrong and how to mend it."""

    message: Message


@dataclass(frozen=True, slots=True)
class Uncertain:
    """The text may mean one of `candidates` (codes, at most 3, likeliest first).

    `understood`: where several may be chosen, the codes that were certain. `unknown`: the first piece of the text that
    is like nothing offered; there may be no candidates then.
    """

    candidates: tuple[str, ...]
    understood: tuple[str, ...] = ()
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """`value` could be meant as it stands, but looks like a slip for `better`; the message asks which."""

    value: Any
    message: Message
    better: Any


Reading = Accepted | Refusal | Uncertain | Doubtful


@dataclass(frozen=True, slots=True)
class Context:
    """The moment of reading: the person's language, what is offered, the current month and its bound.

    `ahead`: whether a month still to come makes sense (the start of an activity that is planned). `begun`: what was
    typed before, when half of an answer was in it (a year without its month). `shown`: how many of the options stand at
    the question itself, as some that can be typed belong to the next one (None: all).
    """

    language: str
    options: tuple[Option, ...]
    vocabulary: Vocabulary
    this_month: Month
    not_before: Month | None = None
    example: Message | None = None
    ahead: bool = False
    begun: str = ""
    shown: int | None = None


Reader = Callable[[Question, str, Context], Reading]
Checker = Callable[[Question, Any, Context], Message | None]
