"""The index kept exact: whatever a transaction does to entries, the index follows before its commit.

Whoever writes an entry has nothing to do for it: the session notes which entries were touched, and brings the index to
them before it commits (`storage.tables.register`). What they are found by now is compared with what they were found by,
and the bitmaps are changed where that differs. The row of the index's state is held from there to the commit: so there
is one writer of the index at a time, who needs nothing that others hold, and versions are in the order of commits.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from itertools import islice

from sqlalchemy import select as rows
from sqlalchemy import update
from sqlmodel import Session, col

from storage.search import postings
from storage.search.document import digest_of, is_shown, tokens_of
from storage.search.postings import Change
from storage.search.tokens import VERSION
from storage.tables.entries import EntryRow
from storage.tables.register import IndexedRow, RegisterStateRow

__all__ = ["follow", "held", "packed", "unpacked"]

AT_ONCE = 200
"""Entries in memory at once."""


def follow(session: Session, references: Collection[str]) -> None:
    """Bring the index to what these entries are now, in the session's transaction."""
    state = held(session)
    ordered = iter(sorted(references))
    while some := list(islice(ordered, AT_ONCE)):
        _follow(session, some, state)
    session.flush()


def held(session: Session) -> RegisterStateRow:
    """The state of the index, one version on; nobody else changes the index until this transaction ends."""
    counted = update(RegisterStateRow).where(col(RegisterStateRow.id) == 1)
    session.connection().execute(counted.values(version=col(RegisterStateRow.version) + 1))
    return session.get_one(RegisterStateRow, 1, populate_existing=True)


def _follow(session: Session, references: list[str], state: RegisterStateRow) -> None:
    entries = {
        entry.reference: entry
        for entry in session.execute(rows(EntryRow).where(col(EntryRow.reference).in_(references))).scalars()
    }
    query = rows(IndexedRow).where(col(IndexedRow.reference).in_(references))
    indexed = {row.reference: row for row in session.execute(query).scalars()}
    changes: dict[str, Change] = {}
    for reference in references:
        row, entry = indexed.get(reference), entries.get(reference)
        if entry is None and row is None:
            continue
        if row is None:
            state.last += 1
            row = IndexedRow(number=state.last, reference=reference, made=VERSION, tokens=packed(()))
            session.add(row)
        before, after = unpacked(row.tokens), tokens_of(entry) if entry is not None else frozenset()
        for token in after - before:
            changes.setdefault(token, Change()).added.add(row.number)
        for token in before - after:
            changes.setdefault(token, Change()).removed.add(row.number)
        _describe(session, row, entry, after, state.version)
    session.flush()
    postings.apply(session, changes)


def _describe(session: Session, row: IndexedRow, entry: EntryRow | None, tokens: Iterable[str], version: int) -> None:
    """What the index keeps of an entry besides the bitmaps; nothing of one that is gone and was never shown."""
    row.made = VERSION
    kept = packed(tokens)
    if row.tokens != kept:
        row.tokens = kept
    shown = entry is not None and is_shown(entry)
    digest = digest_of(entry) if entry is not None and shown else None
    if shown != row.public or digest != row.digest:
        now = datetime.now(UTC)
        row.public, row.digest, row.changed, row.changed_in = shown, digest, now, version
        row.since = row.since or now
    if entry is None and row.changed_in is None:
        session.delete(row)


def packed(tokens: Iterable[str]) -> bytes:
    """Tokens as they are kept with their entry, so that what it was found by is known whatever the program's age."""
    return zlib.compress("\n".join(sorted(tokens)).encode(), 6)


def unpacked(kept: bytes) -> frozenset[str]:
    text = zlib.decompress(kept).decode()
    return frozenset(text.split("\n")) if text else frozenset()
