"""The register as organizers search it: all entries, by Action Line, goal, country, year and words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from sqlmodel import Session

from dialogs.domain.organizers.entry_search import FoundEntry, Wanted
from dialogs.questionnaire.register import EntryQuery, goals_in, lines_in
from storage.search.query import Found, search
from storage.search.rows import entries_at
from storage.tables import EntryRow

__all__ = ["matching", "page", "read"]

AT_ONCE = 100
"""Entries in memory at once."""


def matching(session: Session, wanted: Wanted) -> Iterator[FoundEntry]:
    """Every entry that is wanted: those whose title has the words first, then the newest."""
    found = _search(session, wanted)
    for skip in count(0, AT_ONCE):
        some = _entries(session, found, skip, AT_ONCE)
        yield from some
        if skip + AT_ONCE >= len(found):
            return


def page(session: Session, wanted: Wanted, skip: int, limit: int) -> tuple[int, tuple[FoundEntry, ...]]:
    """How many there are, and `limit` of them after the first `skip`."""
    found = _search(session, wanted)
    return len(found), tuple(_entries(session, found, skip, limit))


def read(session: Session, reference: str) -> FoundEntry | None:
    """One entry."""
    row = session.get(EntryRow, reference)
    return _as_found(row) if row is not None else None


def _search(session: Session, wanted: Wanted) -> Found:
    values = (("line", wanted.line), ("goal", wanted.goal), ("country", wanted.country), ("year", wanted.call))
    query = EntryQuery(wanted.words, tuple((facet, (value,)) for facet, value in values if value))
    return search(session, query, public=False, unfinished=True)


def _entries(session: Session, found: Found, skip: int, limit: int) -> list[FoundEntry]:
    numbers = [place.number for place in found.page(limit, skip)]
    return [_as_found(entry) for _, entry in entries_at(session, numbers)]


def _as_found(row: EntryRow) -> FoundEntry:
    answers = row.answers or {}
    return FoundEntry(
        row.reference,
        row.title,
        row.organisation,
        row.country or "",
        row.call,
        lines_in(answers),
        goals_in(answers),
        str(answers.get("description") or ""),
        str(answers.get("activity_url") or ""),
    )
