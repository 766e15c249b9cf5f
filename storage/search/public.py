"""What the public is shown of the register: entries, their versions, what is related, and what has changed since.

Every way out goes through here, so that what its author did not allow is nowhere: `dialogs.questionnaire.register` says
which answers are shown, and an entry is looked at once more when it is read, whatever the index said a moment before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyroaring import BitMap
from sqlalchemy import and_, or_
from sqlalchemy import select as rows
from sqlmodel import Session, col

from dialogs.questionnaire.register import EntryQuery, goals_in, lines_in, public_answers
from storage.search import postings
from storage.search.document import PUBLIC, TITLE, facet, is_shown
from storage.search.query import Cursor, Found, search
from storage.search.rows import entries_at, indexed
from storage.search.tokens import tokens
from storage.tables.entries import EntryRow, EntryVersionRow
from storage.tables.register import IndexedRow

__all__ = [
    "Gone",
    "Page",
    "PublicEntry",
    "Version",
    "changed_since",
    "entry",
    "led_to",
    "page",
    "related",
    "some",
    "versions",
]


@dataclass(frozen=True, slots=True)
class PublicEntry:
    """A published entry. `answers` are those that may be shown; `languages` says in which one a text is; `edition` is
    the version of the questionnaire that they follow.
    """

    reference: str
    number: int
    title: str
    organisation: str
    country: str
    call: str
    language: str
    languages: Mapping[str, str]
    version: int
    received: datetime
    since: datetime
    changed: datetime
    changed_in: int
    answers: Mapping[str, Any]
    edition: str

    def language_of(self, key: str) -> str:
        return "en" if key == "title_en" else self.languages.get(key, self.language)


@dataclass(frozen=True, slots=True)
class Gone:
    """An entry that was shown once and is not any more; `into` is the one that it was merged into."""

    reference: str
    number: int
    changed: datetime
    changed_in: int
    into: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of what a query finds. `last` is the place behind which the next page begins; None: there is none."""

    found: Found
    entries: tuple[PublicEntry, ...]
    last: Cursor | None = None

    @property
    def number(self) -> int:
        return len(self.found)


@dataclass(frozen=True, slots=True)
class Version:
    """A version that was sent, and the keys of the shown answers that it changed."""

    number: int
    received: datetime
    changed: tuple[str, ...]


def page(session: Session, query: EntryQuery, limit: int, skip: int = 0, behind: Cursor | None = None) -> Page:
    """What is found, and some of it: after the first `skip`, or behind a place."""
    found = search(session, query)
    places = found.page(limit + 1, skip, behind)
    shown = places[:limit]
    entries = _entries(session, [place.number for place in shown])
    return Page(found, entries, shown[-1] if shown and len(places) > limit else None)


def some(session: Session, numbers: Iterable[int]) -> tuple[PublicEntry, ...]:
    """The entries with these numbers that are public still."""
    return _entries(session, list(numbers))


def entry(session: Session, reference: str) -> PublicEntry | Gone | None:
    """One entry; None when the public was never shown one of this reference."""
    row, kept = indexed(session, reference), session.get(EntryRow, reference)
    if row is None or row.changed is None or row.changed_in is None:
        return None
    if row.public and kept is not None and is_shown(kept):
        return _public(row, kept)
    into = kept.merged_into if kept is not None else None
    return Gone(reference, row.number, row.changed, row.changed_in, into)


def led_to(session: Session, reference: str) -> str | None:
    """The public entry that this reference leads to, where it was merged; None when it leads to nothing public.

    One that was never public leads on too, once its author had agreed to have it published: they have its reference.
    """
    kept = session.get(EntryRow, reference)
    if kept is None or kept.merged_into is None or not (kept.publish or indexed(session, reference)):
        return None
    target = session.get(EntryRow, kept.merged_into)
    return target.reference if target is not None and is_shown(target) else None


def versions(session: Session, reference: str) -> tuple[Version, ...]:
    """The versions of an entry that is public, newest first: those whose author agreed to have them shown."""
    query = rows(EntryVersionRow).where(col(EntryVersionRow.reference) == reference)
    sent = session.execute(query.order_by(col(EntryVersionRow.version))).scalars().all()
    shown = [(row, public_answers(row.answers or {})) for row in sent if (row.answers or {}).get("publish") is True]
    found: list[Version] = []
    before: Mapping[str, Any] = {}
    for row, answers in shown:
        keys = dict.fromkeys((*answers, *before))
        changed = tuple(key for key in keys if answers.get(key) != before.get(key)) if before else ()
        found.append(Version(row.version, row.received, changed))
        before = answers
    return tuple(reversed(found))


def related(session: Session, to: PublicEntry, limit: int = 4) -> tuple[PublicEntry, ...]:
    """Entries of the same Action Line and goal: those with words of the title first, and other countries first."""
    lines = [facet("line", code) for code in lines_in(to.answers)]
    goals = [facet("goal", code) for code in goals_in(to.answers)]
    words = [TITLE + word for word in tokens(to.title, to.language_of("title"))]
    here = facet("country", to.country)
    known = postings.read(session, [PUBLIC, here, *lines, *goals, *words])
    near = known.get(PUBLIC, BitMap()) - BitMap([to.number])
    for codes in (lines, goals):
        near = near & BitMap.union(BitMap(), *(known[code] for code in codes if code in known))
    telling = [known[word] for word in words if word in known and len(known[word]) * 5 <= max(len(near), 50)]
    alike, elsewhere = BitMap.union(BitMap(), *telling), near - known.get(here, BitMap())
    ordered: list[int] = []
    for part in (alike & elsewhere, alike & near, elsewhere, near):
        ordered += [number for number in reversed(part[-limit:] if part else part) if number not in ordered]
    return _entries(session, ordered[:limit])


def changed_since(
    session: Session, version: int, number: int, limit: int
) -> tuple[tuple[PublicEntry | Gone, ...], bool]:
    """What the public is shown otherwise since a change, oldest first; whether there is more.

    The change is that of the entry `number` in a version of the index. Versions are in the order of commits, so nobody
    who goes on from the last change they know misses one.
    """
    later = or_(
        col(IndexedRow.changed_in) > version,
        and_(col(IndexedRow.changed_in) == version, col(IndexedRow.number) > number),
    )
    query = rows(IndexedRow).where(later)
    listed = session.execute(query.order_by(IndexedRow.changed_in, IndexedRow.number).limit(limit + 1)).scalars().all()  # type: ignore[arg-type]
    kept = {
        row.reference: row
        for row in session.execute(
            rows(EntryRow).where(col(EntryRow.reference).in_([row.reference for row in listed]))
        ).scalars()
    }
    found = [_now(row, kept.get(row.reference)) for row in listed[:limit]]
    return tuple(found), len(listed) > limit


def _now(row: IndexedRow, kept: EntryRow | None) -> PublicEntry | Gone:
    if row.public and kept is not None and is_shown(kept):
        return _public(row, kept)
    assert row.changed is not None and row.changed_in is not None
    return Gone(row.reference, row.number, row.changed, row.changed_in, kept.merged_into if kept is not None else None)


def _entries(session: Session, numbers: list[int]) -> tuple[PublicEntry, ...]:
    found = entries_at(session, numbers)
    return tuple(_public(row, kept) for row, kept in found if row.public and is_shown(kept))


def _public(row: IndexedRow, kept: EntryRow) -> PublicEntry:
    assert row.since is not None and row.changed is not None and row.changed_in is not None
    return PublicEntry(
        kept.reference,
        row.number,
        kept.title,
        kept.organisation,
        kept.country or "",
        kept.call,
        kept.language,
        kept.languages or {},
        kept.version,
        kept.received,
        row.since,
        row.changed,
        row.changed_in,
        public_answers(kept.answers or {}),
        kept.edition,
    )
