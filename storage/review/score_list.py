"""The scored entries of a call with all that was given, the best first: for those who compare and decide."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from dialogs.domain.entries.entry import EntryState
from dialogs.domain.scores import Rubric, Score, combined
from storage.review import scores
from storage.tables import EntryRow, ScoreRow

__all__ = ["ScoredEntry", "every"]

AT_ONCE = 500
"""Entries that one statement names: SQLite takes 32,766 values."""


@dataclass(frozen=True, slots=True)
class ScoredEntry:
    """An entry with what it was given, and what that comes to (None: all abstained)."""

    reference: str
    title: str
    state: EntryState
    call: str
    rubric: Rubric
    scores: tuple[Score, ...]
    total: float | None


def every(session: Session, call: str = "") -> list[ScoredEntry]:
    """The scored entries of a call, or of all; those that came to nothing last."""
    scored = select(EntryRow).where(col(EntryRow.reference).in_(select(ScoreRow.reference)))
    if call:
        scored = scored.where(EntryRow.call == call)
    rows = session.exec(scored.order_by(col(EntryRow.reference))).all()
    asked = scores.rubrics(session, {row.call for row in rows})
    found = []
    for start in range(0, len(rows), AT_ONCE):
        some = [row for row in rows[start : start + AT_ONCE] if row.call in asked]
        given = scores.counted(session, [row.reference for row in some])
        found += [_scored(row, asked[row.call], given[row.reference]) for row in some if row.reference in given]
    return sorted(found, key=lambda each: (-(each.total or 0), each.reference))


def _scored(row: EntryRow, rubric: Rubric, given: tuple[Score, ...]) -> ScoredEntry:
    came_to = combined(rubric, (each.given for each in given))
    return ScoredEntry(row.reference, row.title, EntryState(row.state), row.call, rubric, given, came_to)
