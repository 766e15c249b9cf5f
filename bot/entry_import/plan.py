"""What an import would do: every row read, each that cannot be used with its cell and why. Nothing is written."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot.entry_import.cells import Unreadable, read_cell
from bot.entry_import.mapping import HEAD, ImportFileError, Mapping
from dialogs.domain.questionnaire import Question
from dialogs.questionnaire.editions import edition_of
from dialogs.questionnaire.source import loader
from dialogs.text.language_detection import UNDETERMINED, language_of
from storage.entries.imported import OldEntry

__all__ = ["Plan", "Problem", "id_of", "make_plan"]

REFERENCE = re.compile(r"WSIS-(\d{4})-(\d{1,10})", re.IGNORECASE)
OURS = frozenset({"version", "call", "edition", "received", "files", "languages", "final_lines", "final_goals"})
"""Columns of our own export that are no answers."""
HIGHEST = 2**31 - 1
"""Of a number."""
SHOWN = 60
"""Characters of a cell that a problem shows."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is refused. `row`: as a spreadsheet numbers it."""

    row: int
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        return f"row {self.row}, {self.column}: {self.value!r} {self.reason}"


@dataclass(slots=True)
class Plan:
    entries: list[OldEntry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def id_of(*paths: Path | None) -> str:
    """The name of an import: it follows from the bytes of its files."""
    sums = hashlib.sha256(b"|".join(path.read_bytes() for path in paths if path is not None))
    return sums.hexdigest()[:12]


def make_plan(rows: Iterable[tuple[int, dict[str, Any]]], mapping: Mapping) -> Plan:
    """Read every row. ImportFileError when a column is not known: it would be lost without a word."""
    plan, seen, questions = Plan(), dict[str, int](), _questions()
    _expect(mapping.columns.values(), questions)
    for number, row in rows:
        problems: list[Problem] = []
        named = {mapping.columns.get(name, name): value for name, value in row.items()}
        if number <= 2:
            _expect((name for name in named if name not in OURS), questions)
        entry = _entry(number, named, mapping, questions, problems)
        if entry is not None and entry.reference in seen:
            reason = f"stands in row {seen[entry.reference]} already"
            problems.append(Problem(number, "reference", entry.reference, reason))
        if problems or entry is None:
            plan.problems += problems
        else:
            seen[entry.reference] = number
            plan.entries.append(entry)
    return plan


def _expect(names: Iterable[str], questions: dict[str, Question]) -> None:
    for name in names:
        if name and name not in HEAD and name.partition("@")[0] not in questions:
            advice = "name it in a --mapping, or leave it out of the file"
            raise ImportFileError(f"the column {name!r} is not known: {advice}")


def _entry(
    row: int, named: dict[str, Any], mapping: Mapping, questions: dict[str, Question], problems: list[Problem]
) -> OldEntry | None:
    numbers = _number(row, named, problems)
    answers = dict(_answers(row, named, mapping, questions, problems))
    if not answers.get("title"):
        problems.append(Problem(row, "title", "", "is missing"))
    submitted = _submitted(row, named, numbers[0] if numbers else 2000, problems)
    if problems or numbers is None or submitted is None:
        return None
    language = str(named.get("written_in") or _language(answers))
    answers = mapping.constants | answers
    return OldEntry(*numbers, submitted, language, answers, edition_of(answers, str(named.get("edition") or "")))


def _number(row: int, named: dict[str, Any], problems: list[Problem]) -> tuple[int, int] | None:
    """The year and the number of an entry."""
    given = str(named.get("reference") or f"WSIS-{named.get('year', '')}-{named.get('number', '')}").strip()
    found = REFERENCE.fullmatch(given.removesuffix(".0"))
    if found and 2003 <= int(found[1]) <= 2100 and 0 < int(found[2]) <= HIGHEST:
        return int(found[1]), int(found[2])
    column = "reference" if "reference" in named else "number"
    problems.append(Problem(row, column, given[:SHOWN], "is no reference such as WSIS-2019-000123"))
    return None


def _answers(
    row: int, named: dict[str, Any], mapping: Mapping, questions: dict[str, Question], problems: list[Problem]
) -> Iterator[tuple[str, Any]]:
    for key, value in named.items():
        question = questions.get(key.partition("@")[0])
        if question is None or key in HEAD or value is None:
            continue
        meant = mapping.values.get(question.id, {}).get(str(value).strip(), value)
        try:
            yield from _read(key, question, meant, mapping.separator)
        except Unreadable as error:
            problems.append(Problem(row, key, str(value)[:SHOWN], str(error)))


PER_GOAL = re.compile(r"(?:^|;\s)(\d{1,2}):\s")


def _read(key: str, question: Question, value: Any, separator: str) -> Iterator[tuple[str, Any]]:
    """The answers in a cell: one, or one for each goal (`4: text; 9: text`)."""
    if not question.repeat_for or "@" in key:
        yield key, read_cell(question, value, separator)
        return
    parts = PER_GOAL.split(str(value))
    if len(parts) < 3 or parts[0].strip():
        raise Unreadable("does not say for which goal: write 4: text; 9: text")
    for member, text in zip(parts[1::2], parts[2::2], strict=True):
        yield f"{key}@{member}", read_cell(question, text, separator)


def _submitted(row: int, named: dict[str, Any], year: int, problems: list[Problem]) -> datetime | None:
    """When it was sent; an older entry that does not say counts as sent at the start of its year."""
    given = named.get("submitted")
    if given in (None, ""):
        return datetime(year, 1, 1, tzinfo=UTC)
    try:
        at = datetime.fromisoformat(given.isoformat() if isinstance(given, date) else str(given).strip())
    except ValueError:
        problems.append(Problem(row, "submitted", str(given)[:SHOWN], "is no moment such as 2019-03-01T12:00Z"))
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _language(answers: dict[str, Any]) -> str:
    found = language_of(str(answers.get("description") or answers.get("title") or ""), "en")
    return found if found != UNDETERMINED else "en"


def _questions() -> dict[str, Question]:
    """Every question of any edition, as its newest asks it."""
    return {id: question for edition in loader.versions().values() for id, question in edition.by_id.items()}
