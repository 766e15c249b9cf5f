"""Of the register's titles the one that is meant is found, as if each were compared with what was typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

import pytest
from rapidfuzz import fuzz, process
from sqlalchemy import insert
from sqlmodel import Session

from dialogs.text.normalize import normalize
from storage.calls import calls
from storage.engine.database import Database
from storage.entries.entries import FOUND
from storage.search import likeness
from storage.search.pieces import pieces_of
from storage.tables import EntryRow, PieceRow, SearchRow
from tests.filling import FILLED_AT
from tests.titles import WAYS, mistyped, titled

PROMISED = 0.995
"""Of all that people typed: for so much the best entry found is as like it as the best there is."""


SLICE = 2_000
"""Titles kept at once: no statement may take longer than a turn's."""


@pytest.mark.feature("S19", "X1")
async def test_no_other_title_would_have_been_a_better_match(database: Database) -> None:
    score = await scored(database, titles=2_000, each=20)
    assert score.as_good >= PROMISED, score.worse
    assert score.meant == score.asked, "what was looked for is among the first, or something more like it"


@pytest.mark.faults
@pytest.mark.timeout(1_800)
async def test_no_other_title_of_a_full_register_would_have_been_a_better_match(database: Database) -> None:
    score = await scored(database, titles=20_000, each=125)
    print(f"\n{database.dialect}: {100 * score.as_good:.2f} % of {score.asked}; worse: {score.worse}")
    assert score.as_good >= PROMISED, score.worse


@dataclass
class Score:
    """How what is found compares with what would be: `worse` has (way, typed, likeness found, likeness there is)."""

    asked: int = 0
    meant: int = 0
    worse: list[tuple[str, str, float, float]] = field(default_factory=list)

    @property
    def as_good(self) -> float:
        return 1 - len(self.worse) / self.asked


async def scored(database: Database, titles: int, each: int) -> Score:
    """Give titles of a register in all the ways that people do. Only what a comparison with all titles finds counts."""
    for first in range(0, titles, SLICE):
        await database.write(lambda session, first=first: keep(session, range(first, first + SLICE)))
    known = {reference(number): normalize(titled(number)) for number in range(titles)}
    score = Score()
    for number, way, typed in given(titles, each):
        best = likeness_of(typed, known)
        if best < FOUND:
            continue
        found = await database.look(lambda session, typed=typed: likeness.alike(session, typed, FOUND, 5))
        had = likeness_of(typed, {each: known[each] for each in found})
        score.asked += 1
        score.meant += reference(number) in found or had >= likeness_of(typed, {"": known[reference(number)]})
        if had < best:
            score.worse.append((way, typed, had, best))
    return score


def given(titles: int, each: int) -> Iterator[tuple[int, str, str]]:
    chance = Random(1)
    for way in WAYS:
        for _ in range(each):
            number = chance.randrange(titles)
            yield number, way, mistyped(number, way, chance.randrange(2**32))


def likeness_of(typed: str, titles: dict[str, str]) -> float:
    """The likeness (0 to 100) of the most like of these titles."""
    scorers = (fuzz.token_sort_ratio, fuzz.ratio)
    best = (process.extractOne(normalize(typed), titles, scorer=scorer) for scorer in scorers)
    return max((found[1] for found in best if found), default=0.0)


def reference(number: int) -> str:
    return f"WSIS-2027-{number:06d}"


def keep(session: Session, titles: range) -> None:
    """Entries with these titles, written in bulk."""
    calls.ensure_current(session, FILLED_AT)
    session.flush()
    kept = {reference(number): titled(number) for number in titles}
    rest = {"call": "2027", "organisation": "", "language": "en", "submitted": FILLED_AT, "received": FILLED_AT}
    entries = [{**rest, "reference": each, "number": int(each[-6:]), "title": title} for each, title in kept.items()]
    texts = [{"reference": each, "title": normalize(title)} for each, title in kept.items()]
    pieces = [{"reference": each, "piece": piece} for each, title in kept.items() for piece in pieces_of(title)]
    for table, rows in ((EntryRow, entries), (SearchRow, texts), (PieceRow, pieces)):
        session.connection().execute(insert(table), rows)
