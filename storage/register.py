"""The register searched: by Action Line, goal, country, year and words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Text, type_coerce
from sqlmodel import Session, col, select

from dialogs.answers.fold import fold
from dialogs.organizing.requests.register import FoundEntry, Wanted
from storage.tables import EntryRow

__all__ = ["matching", "page", "read"]


def matching(session: Session, wanted: Wanted) -> Iterator[FoundEntry]:
    """Every entry that is wanted, newest first, a hundred at a time in memory."""
    query = select(EntryRow).where(*_by_column(wanted))
    rows = session.exec(query.order_by(col(EntryRow.reference).desc()).execution_options(yield_per=100))
    sought = fold(wanted.words).split()
    for row in rows:
        entry = _as_found(row)
        if _is_about(row.answers or {}, wanted) and _says(entry, sought):
            yield entry


def page(session: Session, wanted: Wanted, skip: int, limit: int) -> tuple[int, tuple[FoundEntry, ...]]:
    """How many there are, and `limit` of them after the first `skip`."""
    found = matching(session, wanted)
    passed = sum(1 for _ in islice(found, skip))
    shown = tuple(islice(found, limit))
    return passed + len(shown) + sum(1 for _ in found), shown


def read(session: Session, reference: str) -> FoundEntry | None:
    """One entry."""
    row = session.get(EntryRow, reference)
    return _as_found(row) if row is not None else None


def _by_column(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    """What the database can look for. Codes stand in quotation marks in the text that answers are kept as."""
    if wanted.country:
        yield col(EntryRow.country) == wanted.country
    if wanted.call:
        yield col(EntryRow.call) == wanted.call
    for code in (wanted.line, wanted.goal):
        if code:
            yield type_coerce(col(EntryRow.answers), Text).contains(f'"{code}"')


def _is_about(answers: Any, wanted: Wanted) -> bool:
    lines, goals = _all(answers, "lines", "sublines"), _all(answers, "goals_suggested", "goals")
    return (not wanted.line or wanted.line in lines) and (not wanted.goal or wanted.goal in goals)


def _all(answers: Any, *keys: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(code) for key in keys for code in answers.get(key) or ()))


def _says(entry: FoundEntry, sought: list[str]) -> bool:
    if not sought:
        return True
    said = fold(f"{entry.reference} {entry.title} {entry.organisation} {entry.description}")
    return all(word in said for word in sought)


def _as_found(row: EntryRow) -> FoundEntry:
    answers = row.answers or {}
    return FoundEntry(
        row.reference,
        row.title,
        row.organisation,
        row.country or "",
        row.call,
        _all(answers, "lines", "sublines"),
        _all(answers, "goals_suggested", "goals"),
        str(answers.get("description") or ""),
        str(answers.get("activity_url") or ""),
    )
