"""The sheets of a questionnaire's workbook: which columns each has, and what a cell of a column holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from enum import Enum, auto

from dialogs.domain.question_roles import QuestionRole
from dialogs.domain.questionnaire import Limits, QuestionKind

__all__ = [
    "CHOICES",
    "LIMITS",
    "OPTION_KEY",
    "QUESTIONS",
    "RULES",
    "SECTIONS",
    "SETTINGS",
    "SHEETS",
    "TEXT_KEY",
    "Cell",
]


class Cell(Enum):
    """What a cell holds, and how it is written."""

    TEXT = auto()
    FLAG = auto()  # yes or no
    NUMBER = auto()
    DAY = auto()  # 2027-02-15
    CODES = auto()  # a, b
    CONDITION = auto()  # status is completed and coverage in [local, part]
    WORDINGS = auto()  # will_start when status is planned; ...
    CODE_MAP = auto()  # {"yes": show, "no": none}


SETTINGS: Mapping[str, Cell] = {"version": Cell.TEXT, "required_first": Cell.FLAG, "carried": Cell.CODES}
"""The fields of the whole, a row each."""

SECTIONS: Mapping[str, Cell] = {
    "id": Cell.TEXT,
    "ask_if": Cell.CONDITION,
    "always": Cell.FLAG,
    "words": Cell.TEXT,
}

LIMITS: Mapping[str, Cell] = {
    each.name: Cell.TEXT if each.name == "not_before" else Cell.NUMBER for each in fields(Limits)
}
"""A column each, so that nobody needs to know how limits are written."""

QUESTIONS: Mapping[str, Cell] = {
    "section": Cell.TEXT,
    "id": Cell.TEXT,
    "kind": Cell.TEXT,
    "required": Cell.FLAG,
    "options": Cell.TEXT,
    "role": Cell.TEXT,
    **LIMITS,
    "ask_if": Cell.CONDITION,
    "required_if": Cell.CONDITION,
    "required_from": Cell.DAY,
    "frozen_from": Cell.DAY,
    "repeat_for": Cell.TEXT,
    "required_for": Cell.TEXT,
    "asked_for": Cell.TEXT,
    "only_if_given": Cell.FLAG,
    "alone": Cell.CODES,
    "words": Cell.TEXT,
    "asked_as": Cell.TEXT,
    "wordings": Cell.WORDINGS,
    "public": Cell.FLAG,
    "keep": Cell.FLAG,
    "anew": Cell.FLAG,
    "remembered": Cell.FLAG,
    "why": Cell.FLAG,
    "example": Cell.FLAG,
    "basis": Cell.TEXT,
}

RULES: Mapping[str, Cell] = {
    "rule": Cell.TEXT,
    "from": Cell.TEXT,
    "to": Cell.CODES,
    "how": Cell.TEXT,
    "codes": Cell.CODE_MAP,
}
"""`scope`: what an answer to "What has changed?" opens; `move`: where an older edition's answers go."""

OPTION_KEY = ("list", "code")
TEXT_KEY = ("of", "name", "part")
"""What stands before the languages."""

SHEETS = ("questionnaire", "sections", "questions", "options", "texts", "rules")

CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": tuple(kind.value for kind in QuestionKind),
    "role": tuple(role.value for role in QuestionRole),
    "rule": ("scope", "move"),
    "how": ("append", "add", "recode"),
    **{name: ("yes", "no") for name, cell in {**SECTIONS, **QUESTIONS}.items() if cell is Cell.FLAG},
}
"""What the spreadsheet offers in a column as a list."""
