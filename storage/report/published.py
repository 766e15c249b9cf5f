"""What a report is made of: the public entries of a call, and how many the calls before it had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from dialogs.domain.entries.prize import Standing
from dialogs.questionnaire.register import EntryQuery
from storage.entries.entries import published
from storage.prizes.standings import public_standings
from storage.search.document import facets_of
from storage.tables import CallRow, EntryRow

__all__ = ["PublishedEntry", "Source", "read"]


@dataclass(frozen=True, slots=True)
class PublishedEntry:
    """A public entry with all its answers. `facets`: what the register filters and counts it by; `edition`: the version
    of the questionnaire that it follows.
    """

    reference: str
    title: str
    organization: str
    country: str
    language: str
    languages: Mapping[str, str]
    received: datetime
    answers: Mapping[str, Any]
    facets: Mapping[str, set[str]]
    edition: str
    prize: tuple[Standing, int] | None = None
    """What was announced of it, and its category."""


@dataclass(frozen=True, slots=True)
class Source:
    """`entries` in the order of their numbers. `calls`: of each call that opened no later, how many entries are public,
    the oldest first.
    """

    year: int
    opened: datetime
    entries: tuple[PublishedEntry, ...]
    calls: tuple[tuple[str, int], ...]

    def only(self, entries: tuple[PublishedEntry, ...]) -> Source:
        """The same with these entries alone."""
        return replace(self, entries=entries)


def read(session: Session, call: str, only: EntryQuery, reference: str = "") -> Source | None:
    """Those entries of the call that `only` wants (its words are not looked at), or the one of this reference.

    None when there is no such call.
    """
    row = session.get(CallRow, call)
    if row is None:
        return None
    wanted = select(EntryRow).where(published(), EntryRow.call == call).order_by(col(EntryRow.number))
    if reference:
        wanted = wanted.where(EntryRow.reference == reference)
    found = (_entry(entry) for entry in session.exec(wanted.execution_options(yield_per=200)))
    entries = tuple(entry for entry in found if _is_wanted(entry, only))
    prizes = public_standings(session, row.code)
    entries = tuple(replace(entry, prize=prizes.get(entry.reference)) for entry in entries)
    return Source(row.year, row.opens, entries, _calls(session, row))


def _entry(row: EntryRow) -> PublishedEntry:
    return PublishedEntry(
        row.reference,
        row.title,
        row.organisation,
        row.country or "",
        row.language,
        row.languages or {},
        row.received,
        row.answers or {},
        facets_of(row),
        row.edition,
    )


def _is_wanted(entry: PublishedEntry, only: EntryQuery) -> bool:
    """As in the register: of each facet at least one of its values."""
    return all(entry.facets.get(facet, set()) & set(values) for facet, values in only.wanted)


def _calls(session: Session, row: CallRow) -> tuple[tuple[str, int], ...]:
    earlier = (
        select(CallRow.code).where(col(CallRow.opens) <= row.opens).order_by(col(CallRow.opens), col(CallRow.code))
    )
    counted = select(EntryRow.call, func.count()).where(published()).group_by(col(EntryRow.call))
    counts = dict(session.exec(counted).all())
    return tuple((code, counts[code]) for code in session.exec(earlier) if code in counts)
