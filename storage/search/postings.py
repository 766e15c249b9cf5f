"""The bitmaps of the index, read and written. Whoever writes holds the row of `RegisterStateRow`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from pyroaring import BitMap
from sqlalchemy import bindparam, delete, insert, update
from sqlalchemy import select as rows
from sqlmodel import Session, col

from storage.tables.register import PostingRow

__all__ = ["Change", "apply", "put", "read", "read_range"]

AT_ONCE = 500
"""Tokens in one statement."""


@dataclass(slots=True)
class Change:
    """What becomes different at one token: the numbers of entries that have it now, and that have it no more."""

    added: BitMap = field(default_factory=BitMap)
    removed: BitMap = field(default_factory=BitMap)


def read(session: Session, tokens: Iterable[str]) -> dict[str, BitMap]:
    """The entries of each of these tokens that any entry has."""
    found: dict[str, BitMap] = {}
    for some in _in_order(tokens):
        query = rows(PostingRow.token, PostingRow.entries).where(col(PostingRow.token).in_(some))  # type: ignore[call-overload]
        found |= {token: BitMap.deserialize(entries) for token, entries in session.connection().execute(query)}
    return found


def read_range(session: Session, first: str, behind: str, limit: int | None = None) -> dict[str, BitMap]:
    """The entries of all tokens from `first` up to but without `behind`, in order; `limit` of them at most."""
    query = rows(PostingRow.token, PostingRow.entries)  # type: ignore[call-overload]
    query = query.where(col(PostingRow.token) >= first, col(PostingRow.token) < behind)
    query = query.order_by(PostingRow.token).limit(limit)
    return {token: BitMap.deserialize(entries) for token, entries in session.connection().execute(query)}


def apply(session: Session, changes: Mapping[str, Change]) -> None:
    """Change what is kept. A token that no entry has any more goes: it may be somebody's name."""
    for some in _in_order(changes):
        before = read(session, some)
        after = {token: (before.get(token, BitMap()) | changes[token].added) - changes[token].removed for token in some}
        put(session, before, after)


def put(session: Session, before: Mapping[str, BitMap], after: Mapping[str, BitMap]) -> None:
    """Write what differs from what is there: rows that are new, other than before, or empty."""
    new = [_row(token, entries) for token, entries in after.items() if entries and token not in before]
    other = [
        {"at": token, "are": entries.serialize()}
        for token, entries in after.items()
        if entries and token in before and entries != before[token]
    ]
    gone = [token for token in before if not after.get(token)]
    connection = session.connection()
    if new:
        connection.execute(insert(PostingRow), new)
    if other:
        changed = update(PostingRow).where(col(PostingRow.token) == bindparam("at"))
        connection.execute(changed.values(entries=bindparam("are")), other)
    for some in _in_order(gone):
        connection.execute(delete(PostingRow).where(col(PostingRow.token).in_(some)))


def _row(token: str, entries: BitMap) -> dict[str, Any]:
    return {"token": token, "entries": entries.serialize()}


def _in_order(tokens: Iterable[str]) -> Iterator[list[str]]:
    """Some at a time, in the order of the key."""
    ordered = iter(sorted(tokens))
    while some := list(islice(ordered, AT_ONCE)):
        yield some
