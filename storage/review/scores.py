"""Scores: given by reviewers where a call asks for them, each once for an entry, and read by nobody before their own.

A score needs no claim: several reviewers read one entry, and one of them decides. What was given by somebody who has an
interest in the entry, or has got one since, counts for nothing and is shown to nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, exists, select

from dialogs.domain.entries.entry import SCORABLE, EntryState
from dialogs.domain.entries.review import Trouble
from dialogs.domain.scores import LONGEST_REMARK, Rubric, Score, Scoring, combined, is_complete
from storage.organizers import organizers
from storage.people import people
from storage.review import conflicts, history
from storage.tables import CallRow, EntryRow, ScoreRow

__all__ = ["counted", "give", "of_entries", "rubrics", "scoring", "unscored"]


def give(
    session: Session,
    person: int,
    reference: str,
    version: int | None,
    given: Mapping[str, int] | None,
    remark: str,
    now: datetime,
    *,
    by: int | None,
) -> Trouble | None:
    """Score an entry for this reviewer, or abstain (`given` None); what they gave before is replaced.

    `version`: the one that was seen; None: whichever there is. `by`: who enters it; None: the command line.
    """
    row = history.lock(session, reference)
    if row is None or conflicts.has(session, person, row):
        return Trouble.GONE
    rubric = rubrics(session, [row.call]).get(row.call)
    if rubric is None or row.state not in SCORABLE:
        return Trouble.NOT_NOW
    if version is not None and row.version != version:
        return Trouble.CHANGED
    if given is not None and not is_complete(rubric, given):
        return Trouble.CRITERIA
    mine = select(ScoreRow).where(ScoreRow.reference == reference, ScoreRow.person_id == person)
    kept = session.exec(mine).one_or_none()
    action = "abstain" if given is None else "score" if kept is None else "rescore"
    kept = kept or ScoreRow(reference=reference, person_id=person, version=row.version, at=now)
    kept.version, kept.at = row.version, now
    kept.given, kept.remark = (dict(given) if given is not None else None), remark[:LONGEST_REMARK]
    session.add(kept)
    history.record(session, row, action, EntryState(row.state), person, now)
    organizers.record(session, by, "entry_scored", reference, now)
    return None


def rubrics(session: Session, calls: Collection[str]) -> dict[str, Rubric]:
    """The criteria of those of these calls that ask for scores."""
    found = select(CallRow.code, CallRow.rubric).where(
        col(CallRow.code).in_(set(calls)), col(CallRow.rubric).is_not(None)
    )
    read = ((code, Rubric.of(kept)) for code, kept in session.exec(found))
    return {code: rubric for code, rubric in read if rubric is not None}


def scoring(session: Session, person: int | None, row: EntryRow) -> Scoring | None:
    """The scores of an entry as this person may know them (None: the command line, which knows all).

    None: its call asks for no scores.
    """
    rubric = rubrics(session, [row.call]).get(row.call)
    if rubric is None:
        return None
    found = counted(session, [row.reference]).get(row.reference, ())
    own = next((each for each in found if each.person == person), None) if person is not None else None
    if person is not None and own is None:
        return Scoring(rubric)
    others = tuple(each for each in found if each is not own)
    return Scoring(rubric, own, others, combined(rubric, (each.given for each in found)))


def of_entries(session: Session, person: int | None, entries: Sequence[EntryRow]) -> dict[str, float | None]:
    """What these entries came to, by reference: those of which this person may know it, as of `scoring`."""
    asked = rubrics(session, {row.call for row in entries})
    scored = {row.reference: asked[row.call] for row in entries if row.call in asked}
    if not scored:
        return {}
    return {
        reference: combined(scored[reference], (each.given for each in found))
        for reference, found in counted(session, list(scored)).items()
        if person is None or any(each.person == person for each in found)
    }


def counted(session: Session, references: Collection[str]) -> dict[str, tuple[Score, ...]]:
    """The scores that count, by reference, the earliest first: of those who have no interest in the entry."""
    there = select(ScoreRow).where(col(ScoreRow.reference).in_(references)).order_by(col(ScoreRow.at), col(ScoreRow.id))
    rows = session.exec(there).all()
    named = {row.person_id for row in rows if row.person_id is not None}
    names = {person: people.name(session, person) for person in named}
    scored = {row.reference for row in rows}
    clear = {person: conflicts.allowed(session, person, scored) for person in named}
    found: dict[str, list[Score]] = defaultdict(list)
    for row in rows:
        if row.person_id is None or row.reference in clear[row.person_id]:
            name = names.get(row.person_id, "") if row.person_id is not None else ""
            found[row.reference].append(Score(row.person_id, name, row.version, row.at, row.given, row.remark))
    return {reference: tuple(each) for reference, each in found.items()}


def unscored(person: int) -> tuple[ColumnElement[bool], ...]:
    """Conditions over `EntryRow`: this person's score is asked for, and not given."""
    given = exists().where(col(ScoreRow.reference) == col(EntryRow.reference), col(ScoreRow.person_id) == person)
    asked = select(CallRow.code).where(col(CallRow.rubric).is_not(None))
    states = [state.value for state in SCORABLE]
    return (col(EntryRow.state).in_(states), col(EntryRow.call).in_(asked), ~given)
