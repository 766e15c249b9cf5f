"""Who is to review what, from a table: columns `reference` and `reviewer`, a reviewer by number or by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from bot.entry_import import table_files
from bot.entry_import.mapping import ImportFileError
from dialogs.domain.entries.review import Trouble
from dialogs.domain.roles import Right, may
from dialogs.text.normalize import normalize
from storage.organizers import organizers
from storage.people import people
from storage.review.assignments import Pair, assign

__all__ = ["NotUnderstood", "Refused", "reviewer", "rows_of", "summed", "take_in"]

COLUMNS = ("reference", "reviewer")


class NotUnderstood(Exception):
    """A file or a name that says nothing; the words say what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A pair that was not given, and why: a `Trouble`. `line`: as a spreadsheet numbers it; 0: there was no file."""

    reference: str
    why: str
    line: int = 0


Came = tuple[dict[str, int], list[Refused]]
"""How many entries each reviewer was given, by name; and what was not given."""


def rows_of(path: Path) -> list[tuple[int, dict[str, Any]]]:
    """The rows of a file that has both columns. NotUnderstood."""
    try:
        found = [(number, _lowered(row)) for number, row in table_files.rows_of(path)]
    except (ImportFileError, OSError) as error:
        raise NotUnderstood(str(error)) from None
    wrong = next((number for number, row in found if not all(name in row for name in COLUMNS)), None)
    if wrong is not None:
        raise NotUnderstood(f"{path}, line {wrong}: expected the columns {' and '.join(COLUMNS)}")
    return found


def _lowered(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name.strip().lower(): value for name, value in row.items()}


def take_in(session: Session, rows: Iterable[tuple[int, Mapping[str, Any]]], now: datetime) -> Came:
    """Give entries as a table says. A line that cannot be done does not hold up the others. NotUnderstood: nothing."""
    lines: dict[Pair, int] = {}
    for number, row in rows:
        pair = (str(row["reference"]).strip().upper(), reviewer(session, str(row["reviewer"]), number))
        lines.setdefault(pair, number)
    return summed(session, assign(session, None, lines, now), lines)


def summed(session: Session, came: Mapping[Pair, Trouble | None], lines: Mapping[Pair, int] | None = None) -> Came:
    """What came of pairs, as it is told."""
    given = Counter(person for (_, person), trouble in came.items() if trouble is None)
    refused = [Refused(pair[0], why.value, (lines or {}).get(pair, 0)) for pair, why in came.items() if why is not None]
    named = {people.name(session, person) or str(person): number for person, number in given.items()}
    return named, sorted(refused, key=lambda each: (each.line, each.reference))


def reviewer(session: Session, text: str, line: int = 0) -> int:
    """The reviewer whom a number or a name means. NotUnderstood: none, or more than one."""
    able = [each for each in organizers.everyone(session) if may(each.role, Right.REVIEW)]
    meant = normalize(text)
    found = {each.person for each in able if meant in (str(each.person), normalize(each.name))}
    if len(found) != 1:
        place = f"line {line}: " if line else ""
        many = "more than one reviewer is" if found else "no reviewer is"
        raise NotUnderstood(f"{place}{many} called {text.strip()} (see: stocktaking organizers list)")
    return found.pop()
