"""The register as anybody searches it in the chat: published entries only, with what most of them are about."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import Session

from dialogs.domain.organizers.entry_search import FoundEntry, Published, Wanted
from dialogs.questionnaire.register import EntryQuery, goals_in, lines_in
from storage.search import public
from storage.search.follows import query_of
from storage.search.public import PublicEntry
from storage.search.query import search

__all__ = ["begun", "page", "read"]

COMMONEST = 4
"""Values of a facet that are offered to narrow a search."""
RELATED = 3


def page(session: Session, wanted: Wanted, skip: int, limit: int) -> Published:
    """What is found: how many, `limit` of them after the first `skip`, and their commonest lines and goals."""
    found = public.page(session, query_of(wanted), limit, skip)
    counts = found.found.counts
    lines, goals = _commonest(counts["line"], wanted.line), _commonest(counts["goal"], wanted.goal)
    return Published(found.number, tuple(map(_as_found, found.entries)), lines, goals)


def read(session: Session, reference: str) -> tuple[FoundEntry, ...]:
    """A published entry, then those that are related to it; none when there is no such entry."""
    entry = public.entry(session, reference)
    if not isinstance(entry, PublicEntry):
        return ()
    return tuple(map(_as_found, (entry, *public.related(session, entry, RELATED))))


def begun(session: Session, text: str, limit: int) -> tuple[FoundEntry, ...]:
    """Published entries for somebody who is still typing: the last word may be the beginning of one."""
    found = search(session, EntryQuery.of(text[:200]), unfinished=True)
    return tuple(map(_as_found, public.some(session, (place.number for place in found.page(limit)))))


def _commonest(counts: Mapping[str, int], chosen: str) -> tuple[tuple[str, int], ...]:
    """Nothing when one is chosen: the others would find other entries, not fewer."""
    if chosen:
        return ()
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:COMMONEST])


def _as_found(entry: PublicEntry) -> FoundEntry:
    return FoundEntry(
        entry.reference,
        entry.title,
        entry.organisation,
        entry.country,
        entry.call,
        lines_in(entry.answers),
        goals_in(entry.answers),
        str(entry.answers.get("description") or ""),
        str(entry.answers.get("activity_url") or ""),
    )
