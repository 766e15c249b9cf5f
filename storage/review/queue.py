"""The queue: what waits for a reviewer, listed and counted. What somebody has an interest in is not there for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Text, func, select, type_coerce
from sqlmodel import Session, col

from dialogs.domain.entries.entry import WAITING, EntryState
from dialogs.domain.entries.review import Listed
from dialogs.domain.organizers.review import QueueFilter
from storage.people import people
from storage.review import assignments, claims, conflicts, scores
from storage.tables import EntryRow, RoundRow

__all__ = ["assigned", "conditions_of", "counts", "page", "unscored", "waiting"]


def counts(session: Session, person: int | None, call: str = "") -> dict[EntryState, int]:
    """Entries by state, of a call or of all."""
    query = select(col(EntryRow.state), func.count()).where(*_seen(session, person))
    if call:
        query = query.where(col(EntryRow.call) == call)
    return {EntryState(state): number for state, number in session.execute(query.group_by(col(EntryRow.state)))}


def waiting(session: Session, person: int, now: datetime) -> int:
    """How many entries this person could claim."""
    free = select(func.count()).select_from(EntryRow).where(claims.offered(person, now), *_seen(session, person))
    return int(session.execute(free).scalar_one())


def assigned(session: Session, person: int, now: datetime) -> int:
    """How many entries are kept for this person, and wait for them."""
    conditions = (claims.free(now), claims.kept_for(person, now), *_seen(session, person))
    return int(session.execute(select(func.count()).select_from(EntryRow).where(*conditions)).scalar_one())


def unscored(session: Session, person: int) -> int:
    """How many entries wait for this person's score."""
    conditions = (*scores.unscored(person), *_seen(session, person))
    return int(session.execute(select(func.count()).select_from(EntryRow).where(*conditions)).scalar_one())


def page(
    session: Session, person: int | None, wanted: QueueFilter, now: datetime, skip: int = 0, limit: int = 20
) -> tuple[int, tuple[Listed, ...]]:
    """How many there are, and `limit` of them after the first `skip`: the oldest first."""
    conditions = (*_seen(session, person), *conditions_of(wanted, person, now))
    number = session.execute(select(func.count()).select_from(EntryRow).where(*conditions))
    rows = select(EntryRow).where(*conditions)
    order = col(EntryRow.received).desc() if wanted.newest else col(EntryRow.received)
    found = session.execute(rows.order_by(order, col(EntryRow.reference)).offset(skip).limit(limit)).scalars().all()
    return int(number.scalar_one()), _listed(session, person, found, now)


def _listed(session: Session, person: int | None, rows: Sequence[EntryRow], now: datetime) -> tuple[Listed, ...]:
    references = [row.reference for row in rows]
    asked = select(col(RoundRow.reference), col(RoundRow.due)).where(col(RoundRow.reference).in_(references))
    open_ = asked.where(col(RoundRow.closed).is_(None), ~col(RoundRow.draft))
    due: dict[str, datetime] = dict(iter(session.execute(open_)))
    given = assignments.names(session, references, now)
    found = scores.of_entries(session, person, rows)
    names = {id: people.name(session, id) for id in {row.reviewer for row in rows if row.reviewer is not None}}
    return tuple(
        Listed(
            reference=row.reference,
            title=row.title,
            organisation=row.organisation,
            country=row.country or "",
            language=row.language,
            state=EntryState(row.state),
            received=row.received,
            due=due.get(row.reference),
            mine=row.reviewer is not None and row.reviewer == person,
            reviewer=names.get(row.reviewer, "") if row.reviewer is not None else "",
            version=row.version,
            assigned=given.get(row.reference, ()),
            scored=person is not None and row.reference in found,
            score=found.get(row.reference),
        )
        for row in rows
    )


def _seen(session: Session, person: int | None) -> tuple[ColumnElement[bool], ...]:
    return conflicts.clear(session, person) if person is not None else ()


def conditions_of(wanted: QueueFilter, person: int | None, now: datetime) -> Iterator[ColumnElement[bool]]:
    """What must hold of an `EntryRow` that is wanted."""
    if wanted.states:
        yield col(EntryRow.state).in_(list(wanted.states))
    elif not wanted.everything:
        yield col(EntryRow.state).in_([state.value for state in WAITING])
    if wanted.free:
        yield claims.free(now)
    if wanted.assigned and person is not None:
        yield claims.kept_for(person, now)
    if wanted.unscored and person is not None:
        yield from scores.unscored(person)
    if wanted.mine and person is not None:
        yield col(EntryRow.reviewer) == person
    for column, value in ((EntryRow.call, wanted.call), (EntryRow.language, wanted.language)):
        if value:
            yield col(column) == value
    if wanted.country:
        yield col(EntryRow.country) == wanted.country
    if wanted.line:
        # The public's index does not know what was not published: the answers themselves are asked.
        yield type_coerce(col(EntryRow.answers), Text).contains(f'"{wanted.line}"', autoescape=True)
