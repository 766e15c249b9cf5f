"""The register searched: by Action Line, goal, country, year and words. The database looks, counts and turns pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, func
from sqlalchemy import select as rows
from sqlmodel import Session, col

from dialogs.organizers.requests.entry_search import FoundEntry, Wanted
from dialogs.text.normalize import normalize
from storage.search.texts import codes_of, tag
from storage.tables import EntryRow, SearchRow

__all__ = ["matching", "page", "read"]

WORDS = 32
"""Words that are looked for: the longest ones, as they tell most. A condition too long would be refused."""
LETTERS = 200
"""Letters of a word that are looked for."""


def matching(session: Session, wanted: Wanted) -> Iterator[FoundEntry]:
    """Every entry that is wanted, newest first, a hundred at a time in memory."""
    for row in session.execute(_newest(wanted).execution_options(yield_per=100)).scalars():
        yield _as_found(row)


def page(session: Session, wanted: Wanted, skip: int, limit: int) -> tuple[int, tuple[FoundEntry, ...]]:
    """How many there are, and `limit` of them after the first `skip`."""
    number = session.execute(_of(rows(func.count()).select_from(EntryRow), wanted)).scalar_one()
    shown = session.execute(_newest(wanted).offset(skip).limit(limit)).scalars()
    return int(number), tuple(_as_found(row) for row in shown)


def read(session: Session, reference: str) -> FoundEntry | None:
    """One entry."""
    row = session.get(EntryRow, reference)
    return _as_found(row) if row is not None else None


def _newest(wanted: Wanted) -> Select[EntryRow]:
    return _of(rows(EntryRow), wanted).order_by(col(EntryRow.reference).desc())


def _of(query: Select[Any], wanted: Wanted) -> Select[Any]:
    """Those entries only. What stands in the index is asked of it alone: the answers themselves are much larger."""
    indexed = list(_by_index(wanted))
    if indexed:
        query = query.join(SearchRow, col(SearchRow.reference) == col(EntryRow.reference))
    return query.where(*indexed, *_by_column(wanted))


def _by_column(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.country:
        yield col(EntryRow.country) == wanted.country
    if wanted.call:
        yield col(EntryRow.call) == wanted.call


def _by_index(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    for kind, code in (("line", wanted.line), ("goal", wanted.goal)):
        if code:
            yield col(SearchRow.about).contains(f" {tag(kind, code)} ", autoescape=True)
    words = sorted(dict.fromkeys(normalize(wanted.words).split()), key=len, reverse=True)
    for word in words[:WORDS]:
        yield col(SearchRow.said).contains(word[:LETTERS], autoescape=True)


def _as_found(row: EntryRow) -> FoundEntry:
    answers = row.answers or {}
    return FoundEntry(
        row.reference,
        row.title,
        row.organisation,
        row.country or "",
        row.call,
        codes_of(answers, "line"),
        codes_of(answers, "goal"),
        str(answers.get("description") or ""),
        str(answers.get("activity_url") or ""),
    )
