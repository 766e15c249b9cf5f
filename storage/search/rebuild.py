"""The index made anew while the service goes on: entry by entry, then bitmap by bitmap.

First every entry is looked at again, some in each transaction. Then what the bitmaps say is compared with what the
entries' own tokens say, and mended: that catches what no entry accounts for, whatever put it there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pyroaring import BitMap
from sqlalchemy import or_, union
from sqlalchemy import select as rows
from sqlmodel import Session, col

from storage.engine.database import Database
from storage.search import postings
from storage.search.document import tokens_of
from storage.search.index import follow, held, unpacked
from storage.search.query import version
from storage.search.tokens import VERSION
from storage.tables.entries import EntryRow
from storage.tables.register import IndexedRow

__all__ = ["catch_up", "differences", "rebuild"]

ENTRIES, TOKENS = 50, 400
"""In one transaction: a fraction of a second, in which others may wait."""
FIRST, LAST = "\x01", "\U0010ffff"
"""What stands right behind a token, and behind all of them."""


async def catch_up(database: Database) -> int:
    """Bring in the entries that the index lacks, or has from an older program; how many there were."""
    done = 0
    while references := await database.read(_behind):
        await database.write(lambda session, these=references: follow(session, these))  # type: ignore[misc]
        done += len(references)
    return done


async def rebuild(database: Database) -> tuple[int, int]:
    """Make the whole index anew; how many entries there are, and how many bitmaps had to be mended."""
    last, entries = "", 0
    while references := await database.read(lambda session, after=last: _references(session, after)):  # type: ignore[misc]
        await database.write(lambda session, these=references: follow(session, these))  # type: ignore[misc]
        last, entries = references[-1], entries + len(references)
    return entries, await _mend(database)


async def _mend(database: Database) -> int:
    """Compare all bitmaps with the entries' tokens. Whoever changes the index meanwhile makes us read those again."""
    wanted, mended, after = await database.look(_wanted), 0, ""
    while True:
        step = await database.write(lambda session, want=wanted, at=after: _mend_some(session, want, at))  # type: ignore[misc]
        if step is None:
            wanted = await database.look(_wanted)
        elif not step.after:
            return mended + step.mended
        else:
            after, mended, wanted = step.after, mended + step.mended, replace(wanted, version=step.version)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the bitmaps should be, at a version of the index."""

    version: int
    tokens: Mapping[str, BitMap]
    ordered: Sequence[str]


@dataclass(frozen=True, slots=True)
class Step:
    """So many bitmaps were mended, up to and with the token `after`; with none left it is empty."""

    mended: int
    after: str
    version: int


def _mend_some(session: Session, wanted: Wanted, after: str) -> Step | None:
    """Mend the next bitmaps; None when the index has changed since what is wanted was read."""
    state = held(session)
    if state.version != wanted.version + 1:
        return None
    kept = postings.read_range(session, after + FIRST, LAST, TOKENS)
    end = next(reversed(kept)) if len(kept) == TOKENS else LAST
    lowest, highest = bisect_right(wanted.ordered, after), bisect_right(wanted.ordered, end)
    right = {token: wanted.tokens[token] for token in wanted.ordered[lowest:highest]}
    wrong = [token for token in kept.keys() | right.keys() if kept.get(token) != right.get(token)]
    postings.put(session, kept, {token: right.get(token, BitMap()) for token in kept.keys() | right.keys()})
    return Step(len(wrong), end if end != LAST else "", state.version)


def differences(session: Session) -> list[str]:
    """Tokens whose bitmap is not what the entries, as they are now, say: none, or the index is wrong."""
    right: dict[str, BitMap] = {}
    numbers = {row.reference: row.number for row in session.execute(rows(IndexedRow)).scalars()}
    for entry in session.execute(rows(EntryRow)).scalars():
        for token in tokens_of(entry):
            right.setdefault(token, BitMap()).add(numbers[entry.reference])
    kept = postings.read_range(session, "", LAST)
    return sorted(token for token in right.keys() | kept.keys() if right.get(token) != kept.get(token))


def _behind(session: Session) -> list[str]:
    """References of entries that the index lacks, or has from an older program."""
    query = rows(EntryRow.reference).outerjoin(IndexedRow, col(IndexedRow.reference) == col(EntryRow.reference))  # type: ignore[call-overload]
    query = query.where(or_(col(IndexedRow.made).is_(None), col(IndexedRow.made) != VERSION))
    return list(session.execute(query.order_by(EntryRow.received, EntryRow.reference).limit(ENTRIES)).scalars())


def _references(session: Session, after: str) -> list[str]:
    """The next references, those of entries that are only in the index included."""
    entries = rows(EntryRow.reference).where(col(EntryRow.reference) > after)  # type: ignore[call-overload]
    indexed = rows(IndexedRow.reference).where(col(IndexedRow.reference) > after)  # type: ignore[call-overload]
    return list(session.execute(union(entries, indexed).order_by("reference").limit(ENTRIES)).scalars())


def _wanted(session: Session) -> Wanted:
    """What the bitmaps should be by the tokens that are kept with each entry."""
    now, tokens = version(session), dict[str, BitMap]()
    query = rows(IndexedRow.number, IndexedRow.tokens).execution_options(yield_per=500)  # type: ignore[call-overload]
    for number, kept in session.execute(query):
        for token in unpacked(kept):
            tokens.setdefault(token, BitMap()).add(number)
    return Wanted(now, tokens, sorted(tokens))
