"""A cell as an answer: codes, labels in any of the languages, and what spreadsheets make of dates and numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from dialogs.domain.questionnaire import Question, QuestionKind
from dialogs.form.answer_format import option_shown
from dialogs.knowledge import action_lines, countries, goals
from dialogs.questionnaire.register import values_of
from dialogs.questionnaire.source import loader
from dialogs.text.normalize import normalize
from locales.words import Words

__all__ = ["Unreadable", "read_cell"]

LONGEST = 20_000
"""Characters of a text; older entries may be longer than the questionnaire allows today."""
YES, NO = (
    frozenset({"yes", "true", "1", "y", "oui", "si", "да", "是", "نعم"}),
    frozenset({"no", "false", "0", "n", "non", "нет", "否", "لا"}),
)
YEAR = re.compile(r"(?:19|20)\d{2}")
MONTH = re.compile(r"(\d{4})-(\d{2})(?:-\d{2}.*)?")
GUARDED = re.compile(r"'(?=[=+\-@＝＋－＠])")
"""The apostrophe by which our export keeps a text from being a formula."""
CODES: dict[str, Sequence[str]] = {
    **dict.fromkeys(("lines", "main_line"), tuple(action_lines.LINES)),
    "sublines": tuple(action_lines.SUBLINES),
    **dict.fromkeys(("goals", "goals_suggested", "main_goal"), tuple(map(str, goals.GOALS))),
}


class Unreadable(ValueError):
    """Why a cell is no answer."""


def read_cell(question: Question, value: Any, separator: str) -> Any:
    """The answer that a cell means, as it is kept. Unreadable: none."""
    match question.kind:
        case QuestionKind.SEVERAL | QuestionKind.COUNTRIES:
            parts = value if isinstance(value, list) else str(value).split(separator)
            return list(dict.fromkeys(_code(question, part) for part in parts if str(part).strip()))
        case QuestionKind.ONE | QuestionKind.COUNTRY:
            return _code(question, value)
        case QuestionKind.YES_NO:
            return _yes_no(value)
        case QuestionKind.NUMBER:
            return _number(value)
        case QuestionKind.MONTH:
            return _month(value)
        case QuestionKind.DATE:
            return _date(value)
        case QuestionKind.FILE | QuestionKind.ITEMS | QuestionKind.PLACE:
            return value
        case _:
            return _text(value)


def _text(value: Any) -> str:
    text = GUARDED.sub("", str(value).replace("\x00", "").strip())
    if len(text) > LONGEST:
        raise Unreadable(f"has {len(text)} characters, more than {LONGEST}")
    return text


def _yes_no(value: Any) -> bool:
    said = normalize(str(value))
    if said not in YES | NO:
        raise Unreadable("is neither yes nor no")
    return said in YES


def _number(value: Any) -> int:
    digits = re.sub(r"[\s,’']", "", str(value)).removesuffix(".0")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 16):
        raise Unreadable("is no whole number")
    return int(digits)


def _month(value: Any) -> str:
    found = MONTH.fullmatch(value.isoformat() if isinstance(value, date) else str(value).strip())
    if found is None or not 1 <= int(found[2]) <= 12:
        raise Unreadable("is no month such as 2019-03")
    return f"{found[1]}-{found[2]}"


def _date(value: Any) -> str:
    """A month, or a year alone."""
    text = str(value).strip().removesuffix(".0")
    if YEAR.fullmatch(text):
        return text
    try:
        return _month(value)
    except Unreadable:
        raise Unreadable("is no month such as 2019-03, nor a year") from None


def _code(question: Question, value: Any) -> str:
    names = _names(question)
    code = names.get(normalize(str(value)))
    if code is None and names:
        raise Unreadable("is none of the question's options")
    return code or _text(value)


NAMES: dict[tuple[str, tuple[str, ...]], dict[str, str]] = {}
"""What is made once for each question."""


def _names(question: Question) -> dict[str, str]:
    """Every way of naming an option: its code, and its label in each language."""
    key = (question.id, question.codes)
    if key not in NAMES:
        NAMES[key] = _made(question)
    return NAMES[key]


def _made(question: Question) -> dict[str, str]:
    """Of every edition: an older entry has the options of its time."""
    words, found, codes = Words.ours(), dict[str, str](), list[str]()
    asked = [edition.by_id[question.id] for edition in loader.versions().values() if question.id in edition.by_id]
    for each in reversed(asked):
        for code in _codes(each):
            codes.append(code)
            for language in words.languages:
                found.setdefault(normalize(words.say(option_shown(each, code), language)), code)
    return found | {normalize(code): code for code in codes}


def _codes(question: Question) -> Sequence[str]:
    if question.kind in (QuestionKind.COUNTRY, QuestionKind.COUNTRIES):
        return (*countries.MEMBERS, countries.INTERNATIONAL)
    if question.id == "targets":
        return values_of("target")
    return question.codes or CODES.get(question.id, ())
