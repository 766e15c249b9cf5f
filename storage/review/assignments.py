"""Assignments: an entry is given to reviewers, for whom it is kept for a while.

Nobody is given an entry in which they have an interest, and whoever gives entries out sees only those whom an entry may
be given to. What was given at once is one batch, of which each reviewer is told by one message.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func
from sqlalchemy import select as rows
from sqlmodel import Session, col, select

from dialogs.domain.entries.entry import WAITING, EntryState
from dialogs.domain.entries.review import ASSIGNED, Reviewer, Trouble
from dialogs.domain.notice import NoticeKind
from dialogs.domain.roles import Right
from storage.organizers import organizers
from storage.people import people
from storage.review import claims, conflicts, history
from storage.review.delivery import deliver
from storage.tables import AssignmentRow, EntryRow

__all__ = ["Pair", "assign", "loads", "names", "of_batch", "reviewers", "take_back"]

Pair = tuple[str, int]
"""An entry's reference, and the person to whom it is given."""


def reviewers(session: Session, who: int | None, reference: str, now: datetime) -> tuple[Reviewer, ...]:
    """Who could review an entry, those with the least to do first; nobody where it is none of `who`'s."""
    row = session.get(EntryRow, reference)
    if row is None or (who is not None and conflicts.has(session, who, row)):
        return ()
    able = [person for person in organizers.who_may(session, Right.REVIEW) if not conflicts.has(session, person, row)]
    busy = loads(session, able, now)
    given = {each.person_id for each in _standing(session, [reference], now)}
    found = [Reviewer(each, people.name(session, each), busy[each], each in given) for each in able]
    return tuple(sorted(found, key=lambda each: (each.load, each.name, each.person)))


def loads(session: Session, able: Sequence[int], now: datetime) -> dict[int, int]:
    """How many entries each has to review: what they have taken, and what is kept for them and waits."""
    found = dict.fromkeys(able, 0)
    taken = rows(col(EntryRow.reviewer), func.count()).where(
        col(EntryRow.reviewer).in_(able),
        col(EntryRow.state) == EntryState.IN_REVIEW.value,
        col(EntryRow.claimed_until) > now,
    )
    kept = (
        rows(col(AssignmentRow.person_id), func.count())
        .join(EntryRow, col(EntryRow.reference) == col(AssignmentRow.reference))
        .where(col(AssignmentRow.person_id).in_(able), col(AssignmentRow.until) > now, claims.free(now))
    )
    for query in (taken.group_by(col(EntryRow.reviewer)), kept.group_by(col(AssignmentRow.person_id))):
        for person, number in session.execute(query):
            found[int(person or 0)] += int(number)
    return found


def names(session: Session, references: Sequence[str], now: datetime) -> dict[str, tuple[str, ...]]:
    """The names of those for whom entries are kept, by reference."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in _standing(session, references, now):
        found[row.reference].append(people.name(session, row.person_id) or str(row.person_id))
    return {reference: tuple(sorted(each)) for reference, each in found.items()}


def _standing(session: Session, references: Sequence[str], now: datetime) -> Sequence[AssignmentRow]:
    there = select(AssignmentRow).where(col(AssignmentRow.reference).in_(references), col(AssignmentRow.until) > now)
    return session.exec(there.order_by(col(AssignmentRow.at), col(AssignmentRow.person_id))).all()


def assign(session: Session, who: int | None, pairs: Iterable[Pair], now: datetime) -> dict[Pair, Trouble | None]:
    """Give entries to reviewers, each told once of all that they are given; what came of each pair.

    `who` None: the command line. What a reviewer was given before, and did not lapse, is kept as it is, untold.
    """
    able, batch = set(organizers.who_may(session, Right.REVIEW)), ""
    came: dict[Pair, Trouble | None] = {}
    for pair in sorted(set(pairs)):  # in one order: two who give out at once wait for each other, and do not deadlock
        row = _to_be_given(session, who, pair, able, now)
        came[pair] = row if isinstance(row, Trouble) else None
        if isinstance(row, EntryRow):
            line = history.record(session, row, "assign", EntryState(row.state), who, now)
            batch = batch or str(line.id)
            until = now + ASSIGNED
            session.add(AssignmentRow(reference=pair[0], person_id=pair[1], by=who, at=now, until=until, batch=batch))
    session.flush()
    if batch:
        told = session.exec(select(AssignmentRow.person_id).where(AssignmentRow.batch == batch).distinct()).all()
        given = sum(trouble is None for trouble in came.values())
        organizers.record(session, who, "entries_assigned", "", now, number=given)
        deliver(session, NoticeKind.REVIEW_ASSIGNED, batch, told, now)
    return came


def _to_be_given(
    session: Session, who: int | None, pair: Pair, able: set[int], now: datetime
) -> EntryRow | Trouble | None:
    """The entry, locked; None when this reviewer has been given it already."""
    reference, person = pair
    row = history.lock(session, reference)
    if row is None or (who is not None and conflicts.has(session, who, row)):
        return Trouble.GONE
    if person not in able or conflicts.has(session, person, row):
        return Trouble.INTEREST
    if row.state not in WAITING:
        return Trouble.NOT_NOW
    if claims.is_taken(row, person, now):
        return Trouble.TAKEN
    before = session.get(AssignmentRow, pair)
    if before is not None and before.until > now:
        return None
    if before is not None:  # it has lapsed
        session.delete(before)
        session.flush()
    return row


def take_back(session: Session, who: int | None, reference: str, person: int, now: datetime) -> Trouble | None:
    """An entry is not kept for this reviewer any more."""
    row, given = history.lock(session, reference), session.get(AssignmentRow, (reference, person))
    if row is None or given is None or (who is not None and conflicts.has(session, who, row)):
        return Trouble.GONE
    session.delete(given)
    history.record(session, row, "unassign", EntryState(row.state), who, now)
    return None


def of_batch(session: Session, batch: str, person: int, now: datetime) -> Mapping[str, str]:
    """Titles by reference of what this person was given in a batch and waits for them still."""
    there = rows(col(EntryRow.reference), col(EntryRow.title)).join(
        AssignmentRow, col(AssignmentRow.reference) == col(EntryRow.reference)
    )
    mine = (col(AssignmentRow.batch) == batch, col(AssignmentRow.person_id) == person, col(AssignmentRow.until) > now)
    waiting = there.where(*mine, claims.free(now), *conflicts.clear(session, person))
    found = session.execute(waiting.order_by(col(EntryRow.received), col(EntryRow.reference)))
    return {row[0]: row[1] for row in found}
