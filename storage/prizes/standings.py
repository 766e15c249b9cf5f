"""Nominations and what follows: each deed checks its rules, does it and writes the log, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from dialogs.domain.entries.prize import NEXT, Standing, faults, from_step, is_at_least
from dialogs.knowledge.prizes import CATEGORIES
from storage.entries.entries import is_public, published
from storage.organizers import organizers
from storage.search.index import held
from storage.tables import CallRow, EntryRow, StandingRow

__all__ = [
    "Reached",
    "Submitted",
    "advance",
    "announce",
    "nominate",
    "public_standings",
    "reached",
    "standings",
    "submitted",
    "take_back",
]

Count = Callable[[EntryRow], int]
"""How many words the text for the Prizes has: counted as when it was asked for."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """An entry whose author asked for a prize: its category (0: none), its standing, and why it may not take part."""

    reference: str
    title: str
    organization: str
    category: int
    standing: Standing
    faults: tuple[str, ...]


def submitted(session: Session, call: str, count: Count) -> list[Submitted]:
    """Who asked for a prize in a call, by category; published entries only, for only they can be shown."""
    rows = session.exec(select(EntryRow).where(published(), EntryRow.call == call).order_by(col(EntryRow.number))).all()
    kept = {row.reference: Standing(row.state) for row in standings(session, call)}
    asked = [row for row in rows if (row.answers or {}).get("nominate") is True]
    found = [
        Submitted(
            row.reference,
            row.title,
            row.organisation,
            _category(row),
            kept.get(row.reference, Standing.SUBMITTED),
            _faults(session, row, count) if row.reference not in kept else (),
        )
        for row in asked
    ]
    return sorted(found, key=lambda each: (each.category, each.reference))


def standings(session: Session, call: str) -> list[StandingRow]:
    query = select(StandingRow).where(StandingRow.call == call)
    return list(session.exec(query.order_by(col(StandingRow.category), col(StandingRow.reference))))


Reached = tuple[StandingRow, EntryRow]


def reached(session: Session, call: str, step: Standing) -> list[Reached]:
    """A call's published entries that have come to a step or further, by category; for organizers: announced or not."""
    query = (
        select(StandingRow, EntryRow)
        .join(EntryRow, col(EntryRow.reference) == col(StandingRow.reference))
        .where(StandingRow.call == call, col(StandingRow.state).in_(from_step(step)), published())
        .order_by(col(StandingRow.category), col(StandingRow.reference))
    )
    return [(row, entry) for row, entry in session.exec(query)]


def nominate(session: Session, who: int | None, reference: str, count: Count, now: datetime) -> tuple[str, ...]:
    """Nominate a submitted entry; why not, when it may not. Whoever is nominated already stays so."""
    row = session.get(EntryRow, reference)
    if row is None or not is_public(row):
        return ("not_published",)
    _hold(session, row.call)
    if session.get(StandingRow, reference) is not None:
        return ()
    wrong = _faults(session, row, count)
    if wrong:
        return wrong
    category = _category(row)
    session.add(
        StandingRow(reference=reference, call=row.call, category=category, state=Standing.NOMINATED.value, changed=now)
    )
    organizers.record(session, who, "prize_step", reference, now, state=Standing.NOMINATED.value)
    return ()


def advance(session: Session, who: int | None, reference: str, to: Standing, now: datetime) -> str:
    """Take a nominee a step further. "" when done; why not: not_published, not_next, has_winner."""
    row, entry = session.get(StandingRow, reference), session.get(EntryRow, reference)
    if row is None or entry is None or not is_public(entry):
        return "not_published"
    _hold(session, row.call)
    session.refresh(row)
    if NEXT.get(Standing(row.state)) is not to:
        return "not_next"
    if to is Standing.WINNER and _winner(session, row) is not None:
        return "has_winner"
    row.state, row.changed = to.value, now
    organizers.record(session, who, "prize_step", reference, now, state=to.value)
    return ""


def take_back(session: Session, who: int | None, reference: str, now: datetime) -> str:
    """Take the last step back. "" when done; why not: not_nominated, announced."""
    row = session.get(StandingRow, reference)
    if row is None:
        return "not_nominated"
    _hold(session, row.call)
    session.refresh(row)
    if is_at_least(row.announced, Standing(row.state)):
        return "announced"
    before = next(state for state, after in NEXT.items() if after is Standing(row.state))
    organizers.record(session, who, "prize_step", reference, now, state=before.value)
    if before is Standing.SUBMITTED:
        session.delete(row)
    else:
        row.state, row.changed = before.value, now
    return ""


def announce(session: Session, who: int | None, call: str, state: Standing, now: datetime) -> int:
    """Let everybody see who has come to this step by now; how many that are news.

    Who comes to it later is not shown until it is announced again.
    """
    _hold(session, call)
    news = [
        row
        for row in standings(session, call)
        if is_at_least(row.state, state) and not is_at_least(row.announced, state)
    ]
    for row in news:
        row.announced = state.value
    if news:
        held(session)  # pages that were rendered before are not served any more
        organizers.record(session, who, "prize_announced", call, now, state=state.value, count=len(news))
    return len(news)


def public_standings(session: Session, call: str) -> dict[str, tuple[Standing, int]]:
    """What everybody may see of a call's entries: the step that was announced, and the category. The one door to it."""
    query = (
        select(StandingRow)
        .join(EntryRow, col(EntryRow.reference) == col(StandingRow.reference))
        .where(StandingRow.call == call, col(StandingRow.announced).is_not(None), published())
    )
    return {row.reference: (Standing(str(row.announced)), row.category) for row in session.exec(query)}


def _faults(session: Session, row: EntryRow, count: Count) -> tuple[str, ...]:
    wrong = faults(row.answers or {}, count(row), categories=set(CATEGORIES.values()))
    if "no_category" in wrong:
        return wrong
    if _won_before(session, row) and "past_winner" not in wrong:
        wrong = (*wrong, "past_winner")
    if _twice(session, row):
        wrong = (*wrong, "organization_twice")
    return wrong


def _category(row: EntryRow) -> int:
    said = str((row.answers or {}).get("prize_category") or "")
    return int(said) if said.isdigit() else 0


def _won_before(session: Session, row: EntryRow) -> bool:
    """Whether an entry of this title and organization won in another call, whatever its author says."""
    query = (
        select(StandingRow.reference)
        .join(EntryRow, col(EntryRow.reference) == col(StandingRow.reference))
        .where(
            StandingRow.state == Standing.WINNER.value,
            StandingRow.call != row.call,
            func.lower(EntryRow.title) == row.title.lower(),
            func.lower(EntryRow.organisation) == row.organisation.lower(),
        )
    )
    return session.exec(query.limit(1)).first() is not None


def _twice(session: Session, row: EntryRow) -> bool:
    """Whether the organization has a nominee in the category already: one project an entity and category."""
    query = (
        select(StandingRow.reference)
        .join(EntryRow, col(EntryRow.reference) == col(StandingRow.reference))
        .where(
            StandingRow.call == row.call,
            StandingRow.category == _category(row),
            StandingRow.reference != row.reference,
            func.lower(EntryRow.organisation) == row.organisation.lower(),
        )
    )
    return session.exec(query.limit(1)).first() is not None


def _winner(session: Session, row: StandingRow) -> str | None:
    query = select(StandingRow.reference).where(
        StandingRow.call == row.call,
        StandingRow.category == row.category,
        StandingRow.state == Standing.WINNER.value,
    )
    return session.exec(query).first()


def _hold(session: Session, call: str) -> None:
    """The call's row is held until the commit: two organizers make no two winners."""
    session.exec(select(CallRow).where(CallRow.code == call).with_for_update()).one()
