"""A search of the register: which entries, in which order, and exact counts for all facets.

All of it is done with bitmaps and is the same on both engines. Entries whose title has the words come first, then the
others, each from the newest on. A facet is counted as if nothing of it were wanted: its other values could be wanted
as well. The facets' bitmaps are kept in the process for as long as the index stays at the same version.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from weakref import WeakKeyDictionary

from pyroaring import BitMap
from sqlalchemy import Engine
from sqlalchemy import select as rows
from sqlmodel import Session, col

from dialogs.questionnaire.register import FACETS, EntryQuery
from storage.search import postings
from storage.search.document import EVERY, FACET, PUBLIC, TITLE
from storage.search.tokens import Sought, sought
from storage.tables.register import RegisterStateRow

__all__ = ["Cursor", "Found", "heat", "search", "version"]

BEGINNINGS = 200
"""Tokens that a word is taken for the beginning of, at most."""

BEHIND_FACETS = FACET[:-1] + chr(ord(FACET[-1]) + 1)


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the order of a search: behind the entry with this number, whose title had the words or not."""

    titled: bool
    number: int


@dataclass(frozen=True, slots=True)
class Facets:
    version: int
    every: BitMap
    public: BitMap
    values: Mapping[str, Mapping[str, BitMap]]
    """The entries of each value, by facet."""


@dataclass(frozen=True, slots=True)
class Found:
    """The entries that a search wants, by their numbers in the index, and what else they are about."""

    entries: BitMap
    titled: BitMap
    """Those whose title has all words."""
    counts: Mapping[str, Mapping[str, int]]
    """How many entries have each value, by facet; values that none has are left out."""
    version: int

    def __len__(self) -> int:
        return len(self.entries)

    def page(self, limit: int, skip: int = 0, behind: Cursor | None = None) -> list[Cursor]:
        """Some entries in order: after the first `skip`, or those behind a place, whatever came since."""
        return list(islice(self._behind(behind), skip, skip + limit))

    def _behind(self, place: Cursor | None) -> Iterator[Cursor]:
        others = self.entries - self.titled
        if place is None or place.titled:
            yield from (Cursor(True, number) for number in _downwards(self.titled, place.number if place else None))
        below = place.number if place is not None and not place.titled else None
        yield from (Cursor(False, number) for number in _downwards(others, below))


def version(session: Session) -> int:
    """The version of the index, which changes with whatever can be found."""
    state = rows(RegisterStateRow.version).where(col(RegisterStateRow.id) == 1)  # type: ignore[call-overload]
    return int(session.connection().execute(state).scalar_one())


def search(session: Session, query: EntryQuery, *, public: bool = True, unfinished: bool = False) -> Found:
    """What a query finds; of all entries, also those that are not public, for organizers.

    `unfinished`: the last word may be the beginning of one, as somebody is still typing.
    """
    facets = _facets(session)
    scope = facets.public if public else facets.every
    words = sought(query.words)
    with_words, titled = _with_words(session, words, scope, unfinished)
    masks = {facet: _any(facets.values.get(facet, {}), values) for facet, values in query.wanted}
    entries = _all(with_words, *masks.values())
    counts = {
        facet: _counted(
            facets.values.get(facet, {}),
            _all(with_words, *(mask for name, mask in masks.items() if name != facet)) if facet in masks else entries,
        )
        for facet in FACETS
    }
    return Found(entries, titled & entries if words else BitMap(), counts, facets.version)


def heat(session: Session, found: Found, across: str, down: str) -> Mapping[tuple[str, str], int]:
    """How many of the found entries have a value of one facet and of another: (value across, value down)."""
    values = _facets(session).values
    columns = values.get(across, {})
    table: dict[tuple[str, str], int] = {}
    for value, entries in values.get(down, {}).items():
        row = entries & found.entries
        for other, theirs in columns.items() if row else ():
            if number := row.intersection_cardinality(theirs):
                table[other, value] = number
    return table


def _with_words(session: Session, words: tuple[Sought, ...], scope: BitMap, unfinished: bool) -> tuple[BitMap, BitMap]:
    """Of the scope the entries that have all words, and those that have them in their title."""
    if not words:
        return scope, BitMap()
    wanted = {token for word in words for way in word.ways for token in way}
    known = postings.read(session, [*wanted, *(TITLE + token for token in wanted)])
    begun = [(_begun(session, words[-1].typed), _begun(session, TITLE + words[-1].typed))] if unfinished else []
    entries, titled = scope, scope
    for place, word in enumerate(words):
        here, there = _having(known, word, ""), _having(known, word, TITLE)
        if place == len(words) - 1:
            for more, more_titles in begun:
                here, there = here | more, there | more_titles
        entries, titled = entries & here, titled & there
    return entries, titled


def _begun(session: Session, start: str) -> BitMap:
    return BitMap.union(BitMap(), *postings.read_range(session, start, start + "\U0010ffff", BEGINNINGS).values())


def _having(known: Mapping[str, BitMap], word: Sought, prefix: str) -> BitMap:
    nothing = BitMap()
    ways = (_all(*(known.get(prefix + token, nothing) for token in way)) for way in word.ways)
    return BitMap.union(nothing, *ways)


def _any(values: Mapping[str, BitMap], wanted: tuple[str, ...]) -> BitMap:
    nothing = BitMap()
    return BitMap.union(nothing, *(values.get(value, nothing) for value in wanted))


def _all(first: BitMap, *others: BitMap) -> BitMap:
    return BitMap.intersection(first, *others) if others else first


def _counted(values: Mapping[str, BitMap], entries: BitMap) -> dict[str, int]:
    counted = ((value, entries.intersection_cardinality(theirs)) for value, theirs in values.items())
    return {value: number for value, number in counted if number}


def _downwards(entries: BitMap, below: int | None) -> Iterator[int]:
    """Numbers from the highest on; with `below`, only those that are lower."""
    number = len(entries) if below is None else entries.rank(below - 1) if below > 0 else 0
    for place in reversed(range(number)):
        yield entries[place]


_kept: WeakKeyDictionary[Engine, Facets] = WeakKeyDictionary()


def _facets(session: Session) -> Facets:
    """All facets' bitmaps as they are now: 12 MB at a million entries, read again when the index has changed."""
    now, engine = version(session), session.connection().engine
    known = _kept.get(engine)
    if known is not None and known.version == now:
        return known
    values: dict[str, dict[str, BitMap]] = {}
    read = postings.read_range(session, FACET, BEHIND_FACETS)
    for token, entries in read.items():
        name, equals, value = token.removeprefix(FACET).partition("=")
        if equals:
            values.setdefault(name, {})[value] = entries
    loaded = Facets(now, read.get(EVERY, BitMap()), read.get(PUBLIC, BitMap()), values)
    _kept[engine] = loaded
    return loaded
