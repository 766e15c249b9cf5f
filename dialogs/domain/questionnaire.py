"""What a questionnaire is: sections of questions, as the loader reads them from a versioned data file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from dialogs.domain.messages import M, Message, Month
from dialogs.domain.question_roles import QuestionRole

__all__ = ["Check", "Condition", "Limits", "Move", "Question", "QuestionKind", "Questionnaire", "Section", "Wording"]


class QuestionKind(StrEnum):
    ONE = "one"
    SEVERAL = "several"
    YES_NO = "yes_no"
    TEXT = "text"
    LONG_TEXT = "long_text"
    EMAIL = "email"
    URL = "url"
    NUMBER = "number"
    MONTH = "month"
    DATE = "date"
    COUNTRY = "country"
    COUNTRIES = "countries"
    FILE = "file"
    ITEMS = "items"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Condition:
    """All of `clauses` must hold. A clause is (fact, test, value): a fact is a question's id or a derived
    fact of the journey (`chosen_lines`, `chosen_goals`, `suggested_goals`, `goal`); a test is one of
    `is`, `in`, `includes`, `more_than`, `given`.
    """

    clauses: tuple[tuple[str, str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of an answer; None: no bound. Words are counted as the text's language does."""

    max_chars: int | None = None
    min_words: int | None = None
    max_words: int | None = None
    min: int | None = None
    max: int | None = None
    not_before: Month | str | None = None  # a month, or the id of the question that holds it
    max_files: int | None = None
    max_mb_each: int | None = None
    min_digits: int | None = None  # of a text that is to hold a figure


@dataclass(frozen=True, slots=True)
class Wording:
    """Another way to put a question where a condition holds: the catalogues have it under `question.<words>.ask`."""

    words: str
    when: Condition


@dataclass(frozen=True, slots=True)
class Move:
    """What becomes of an answer of another edition: the text of `source` is appended to that of `to`, its codes are
    added to those of `to`, or it is recoded into `to` by `codes`.
    """

    source: str
    to: str
    how: str  # append, add or recode
    codes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `options` names a list: one of the edition's own, whose members are `codes`, or a derived one of
    `options.py`. `role` is what the program knows the question by.

    `repeat_for`: a derived fact whose every member gets the question once (`chosen_goals`); `required_for`
    narrows where a repeated question is required, `required_if` when an optional one is. `keep`: on an update
    the old answer stays unless changed. `required_from`: the day in Geneva from which an optional question is
    required; `frozen_from`: the day from which its answer stands as it is, and is not asked for any more.
    `words`: whose texts it has in the catalogues, when not its own; `asked_as`: whose question alone. `wordings`: other
    ways to put it.
    `alone`: options that stand alone. `asked_for` narrows where a repeated question is gone through: for the other
    members it waits until somebody wants it. `only_if_given`: no longer asked, but for those who have answered it.
    `public`: whether its answer may be shown with a published entry. `anew`: every entry answers it anew.
    `remembered`: offered again from one's last entry.
    `why`, `example`: whether the catalogues hold `question.<id>.why` and `.example`.
    """

    id: str
    kind: QuestionKind
    required: bool
    limits: Limits = Limits()
    options: str | None = None
    role: QuestionRole | None = None
    ask_if: Condition | None = None
    repeat_for: str | None = None
    required_for: str | None = None
    asked_for: str | None = None
    required_if: Condition | None = None
    required_from: date | None = None
    frozen_from: date | None = None
    only_if_given: bool = False
    alone: tuple[str, ...] = ()
    words: str | None = None
    asked_as: str | None = None
    wordings: tuple[Wording, ...] = ()
    public: bool = True
    keep: bool = False
    anew: bool = False
    remembered: bool = False
    why: bool = False
    example: bool = False
    basis: str = ""
    line: int = 0
    codes: tuple[str, ...] = ()

    @property
    def ask(self) -> Message:
        """The question itself, as a message."""
        return Message(f"question.{self.asked_as or self.words or self.id}.ask")

    @property
    def label(self) -> Message:
        """Its short name, for lists and the check."""
        return Message(self.text("label"))

    def text(self, part: str) -> str:
        """The key of one of its texts: ask, label, help, why, example."""
        return f"question.{self.words or self.id}.{part}"


@dataclass(frozen=True, slots=True)
class Section:
    """`words`: whose texts it has in the catalogues, when not its own."""

    id: str
    questions: tuple[Question, ...]
    ask_if: Condition | None = None
    always: bool = False  # asked on every update, whatever changed
    words: str | None = None

    @property
    def title(self) -> Message:
        return M(self.text("title"))

    def text(self, part: str) -> str:
        """The key of one of its texts: title, purpose."""
        return f"section.{self.words or self.id}.{part}"


@dataclass(frozen=True, slots=True)
class Check:
    """A cross-check at the end: `kind` names a rule of `checks.py`, `questions` where to mend it."""

    kind: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """One edition. `lists`: its own option lists, by name, as codes. `scopes`: which sections an update goes through
    for each answer to "What changed?", or which single questions. `required_first`: what is required is asked first,
    and then the entry may be sent. `moves`: what becomes of answers of other editions; `carried`: answers that no
    question asks for and that stay with an entry.
    """

    version: str
    sections: tuple[Section, ...]
    checks: tuple[Check, ...] = ()
    by_id: Mapping[str, Question] = field(default_factory=dict)
    section_of: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    scopes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    ids: Mapping[QuestionRole, str] = field(default_factory=dict)
    required_first: bool = False
    moves: tuple[Move, ...] = ()
    carried: tuple[str, ...] = ()

    def by_role(self, role: QuestionRole) -> Question | None:
        """The question that plays this role; None when this edition has none."""
        return self.by_id.get(self.ids.get(role, ""))

    def id_of(self, role: QuestionRole) -> str:
        """The id of the question that plays this role; empty, as no question is called, when this edition has none."""
        return self.ids.get(role, "")
