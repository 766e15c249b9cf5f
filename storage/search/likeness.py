"""Entries whose titles are like a text: a few are fetched by the pieces they share with it, and only those compared.

So a look costs the same whatever the size of the register. The rarest pieces of a text tell most: they are read first,
at most `ROWS` rows in all, and the `CANDIDATES` that share most of what tells are compared letter by letter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from heapq import nlargest
from typing import Any

from rapidfuzz import fuzz, process
from sqlalchemy import TextClause, bindparam, text
from sqlmodel import Session

from dialogs.text.normalize import normalize
from storage.search.pieces import READ, pieces_of

__all__ = ["alike"]

# Chosen by trial against a comparison with all titles: tests/storage/test_likeness.py, docs/performance.md.
COMMON = 2_000
"""Titles with a piece that are counted, and read: of a piece that more have, the newest."""
ROWS = 6_000
"""Of all pieces together, read at most."""
CANDIDATES = 500
"""Titles that are compared."""
TELLING = 18
"""What a piece of one title alone tells, in bits; with each doubling of the titles it tells one less."""

NUMBER = "SELECT {0}, count(*) FROM (SELECT 1 FROM entry_pieces WHERE piece = :p{0} LIMIT {1}) AS t{0}"
SHARED = (
    "SELECT {0}, {2}(reference, ' ') FROM"
    " (SELECT reference FROM entry_pieces WHERE piece = :p{0} ORDER BY reference DESC LIMIT {1}) AS t{0}"
)
JOINED = {"sqlite": "group_concat", "postgresql": "string_agg"}
"""Many references are one text of few: neither rows of them nor a sorting by the engine, which takes twice as long."""
TITLES = text("SELECT reference, title FROM entry_search WHERE reference IN :likely").bindparams(
    bindparam("likely", expanding=True)
)


def alike(session: Session, said: str, least: float, limit: int) -> list[str]:
    """References of entries whose titles are alike (`least` of 100), best first: at most twice `limit`, so that what
    may not be shown can be left out. Alike is word by word in any order, or letter by letter, where a slip has torn a
    word or two apart.
    """
    folded, known = normalize(said[:READ]), _candidates(session, pieces_of(said))
    most = limit * 2
    by_words = process.extract(folded, known, scorer=fuzz.token_sort_ratio, limit=most, score_cutoff=least)
    by_letters = process.extract(folded, known, scorer=fuzz.ratio, limit=most, score_cutoff=least)
    best = sorted([*by_words, *by_letters], key=lambda found: -found[1])
    return list(dict.fromkeys(found[2] for found in best))


def _candidates(session: Session, pieces: Sequence[int]) -> Mapping[str, str]:
    """Folded titles by reference."""
    shared = _shared(session, pieces)
    likely = nlargest(CANDIDATES, shared, key=lambda reference: (shared[reference], reference))
    rows = session.connection().execute(TITLES, {"likely": likely}).all() if likely else ()
    return {row[0]: row[1] for row in rows}


def _shared(session: Session, pieces: Sequence[int]) -> Mapping[str, int]:
    """How much the pieces tell that titles share with these, by the titles' references."""
    read, rare = 0, list[tuple[int, int]]()
    for number, piece in _numbers(session, pieces):
        read += min(number, COMMON)
        if rare and read > ROWS:
            break
        rare.append((TELLING - number.bit_length(), piece))
    shared: dict[str, int] = {}
    for place, references in _asked(session, SHARED, [piece for _, piece in rare], COMMON):
        tells = rare[place][0]
        for reference in references.split(" "):
            shared[reference] = shared.get(reference, 0) + tells
    return shared


def _numbers(session: Session, pieces: Sequence[int]) -> list[tuple[int, int]]:
    """How many titles have each piece, counted to just above `COMMON`, and the piece; the rarest first."""
    rows = _asked(session, NUMBER, pieces, COMMON + 1)
    return sorted((number, pieces[place]) for place, number in rows if number)


def _asked(session: Session, one: str, pieces: Sequence[int], limit: int) -> Sequence[Any]:
    """What one statement gives that asks the same of each piece: rows of its place and the answer."""
    if not pieces:
        return ()
    connection = session.connection()
    statement = _each(one, len(pieces), limit, JOINED[connection.dialect.name])
    return connection.execute(statement, {f"p{place}": piece for place, piece in enumerate(pieces)}).all()


@cache
def _each(one: str, pieces: int, limit: int, joined: str) -> TextClause:
    return text(" UNION ALL ".join(one.format(place, limit, joined) for place in range(pieces)))
