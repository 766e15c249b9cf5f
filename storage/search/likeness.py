"""Entries whose titles are like a text: a few are fetched by the pieces they share with it, and only those compared.

So a look costs the same whatever the size of the register. Of the pieces of a text the rarest count: at most `ROWS`
rows are read of them, and the `CANDIDATES` that share most of them are compared letter by letter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from rapidfuzz import fuzz, process
from sqlalchemy import TextClause, bindparam, text
from sqlmodel import Session

from dialogs.answers.fold import fold
from storage.search.pieces import READ, pieces_of

__all__ = ["alike"]

COMMON = 2_000
"""Titles with a piece from which on it tells little; they are not counted further."""
ROWS = 8_000
"""Of the rarest pieces, read at most."""
CANDIDATES = 600
"""Titles that are compared."""
FEW = 4
"""Pieces that are used though they are common, when a text has no rare one."""

SHARED = text(
    """
    SELECT entry_search.reference, entry_search.title
    FROM (SELECT reference, count(*) AS shared FROM entry_pieces WHERE piece IN :pieces
          GROUP BY reference ORDER BY count(*) DESC, reference DESC LIMIT :most) AS likely
    JOIN entry_search ON entry_search.reference = likely.reference
    """
).bindparams(bindparam("pieces", expanding=True))


def alike(session: Session, said: str, least: float, limit: int) -> list[str]:
    """References of entries whose titles are alike (`least` of 100), best first: at most twice `limit`, so that what
    may not be shown can be left out. Alike is word by word in any order, or letter by letter, where a slip has torn a
    word or two apart.
    """
    folded, known = fold(said[:READ]), _candidates(session, pieces_of(said))
    most = limit * 2
    by_words = process.extract(folded, known, scorer=fuzz.token_sort_ratio, limit=most, score_cutoff=least)
    by_letters = process.extract(folded, known, scorer=fuzz.ratio, limit=most, score_cutoff=least)
    best = sorted([*by_words, *by_letters], key=lambda found: -found[1])
    return list(dict.fromkeys(found[2] for found in best))


def _candidates(session: Session, pieces: Sequence[int]) -> Mapping[str, str]:
    """Folded titles by reference."""
    numbers = _numbers(session, pieces)
    there = sorted((number, piece) for piece, number in numbers.items() if number)
    rare, read = [], 0
    for number, piece in there:
        if number > COMMON or read + number > ROWS:
            break
        rare.append(piece)
        read += number
    if not rare:
        return _some_of(session, [piece for _, piece in there[:FEW]])
    rows = session.connection().execute(SHARED, {"pieces": rare, "most": CANDIDATES})
    return {row[0]: row[1] for row in rows}


def _numbers(session: Session, pieces: Sequence[int]) -> dict[int, int]:
    """How many titles have each piece, counted to just above `COMMON`."""
    if not pieces:
        return {}
    one = "SELECT {0}, count(*) FROM (SELECT 1 FROM entry_pieces WHERE piece = :p{0} LIMIT {1}) AS t{0}"
    rows = session.connection().execute(_each(one, len(pieces), COMMON + 1), _named(pieces))
    return {pieces[place]: number for place, number in rows}


def _some_of(session: Session, pieces: Sequence[int]) -> Mapping[str, str]:
    """Titles with one of these pieces, all of which are common: those that come first."""
    if not pieces:
        return {}
    one = (
        "SELECT reference, title FROM (SELECT s.reference, s.title FROM entry_pieces AS p JOIN entry_search AS s"
        " ON s.reference = p.reference WHERE p.piece = :p{0} LIMIT {1}) AS t{0}"
    )
    rows = session.connection().execute(_each(one, len(pieces), COMMON), _named(pieces))
    return {row[0]: row[1] for row in rows}


@cache
def _each(one: str, number: int, limit: int) -> TextClause:
    """One statement that asks the same of each piece. `one` has places for the piece's number in it and the limit."""
    return text(" UNION ALL ".join(one.format(place, limit) for place in range(number)))


def _named(pieces: Sequence[int]) -> dict[str, int]:
    return {f"p{place}": piece for place, piece in enumerate(pieces)}
