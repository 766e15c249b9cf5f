"""Entries that wait are given out to reviewers, evenly by how much each has to do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select as rows
from sqlmodel import Session, col

from dialogs.domain.entries.review import Trouble
from dialogs.domain.organizers.review import QueueFilter
from storage.review import claims, conflicts, queue
from storage.review.assignments import Pair, assign, loads
from storage.tables import EntryRow

__all__ = ["spread"]


def spread(
    session: Session,
    who: int | None,
    wanted: QueueFilter,
    to: Iterable[int],
    now: datetime,
    *,
    each: int = 1,
    limit: int = 1_000,
) -> dict[Pair, Trouble | None]:
    """Give what waits and is kept for nobody to these reviewers, `each` of them an entry, by how much they have to do.

    An entry that fewer of them may review goes to as many as may.
    """
    able = sorted(set(to))
    conditions = (*queue.conditions_of(wanted, None, now), claims.free(now), ~claims.given(now).exists())
    if who is not None:
        conditions += conflicts.clear(session, who)
    oldest = rows(col(EntryRow.reference)).where(*conditions).order_by(col(EntryRow.received), col(EntryRow.reference))
    references = list(session.execute(oldest.limit(limit)).scalars())
    allowed = {person: conflicts.allowed(session, person, references) for person in able}
    busy, pairs = loads(session, able, now), []
    for reference in references:
        free = sorted((person for person in able if reference in allowed[person]), key=lambda one: (busy[one], one))
        for person in free[:each]:
            busy[person] += 1
            pairs.append((reference, person))
    return assign(session, who, pairs, now)
