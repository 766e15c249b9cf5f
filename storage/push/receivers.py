"""Who is told of entries, by the settings; and who is told no more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from dialogs.domain.entries.entry_event import EntryEvent
from storage.tables import PushReceiverRow, PushRow

__all__ = ["Standing", "Wish", "active", "failures", "keep", "pause", "reached", "resume", "standing", "stop"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a receiver wants: these events, of everything or of what is public only."""

    name: str
    events: frozenset[EntryEvent]
    public: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with a receiver. `oldest`: since when the oldest event waits."""

    name: str
    set: bool
    stopped: datetime | None
    not_before: datetime | None
    waiting: int = 0
    sent: int = 0
    dead: int = 0
    oldest: datetime | None = None


def keep(session: Session, wishes: Iterable[Wish]) -> None:
    """Let exactly these be told from now on. What waits for one that is not named any more waits on."""
    wanted = {wish.name: wish for wish in wishes}
    known = {row.name: row for row in session.exec(select(PushReceiverRow).order_by(col(PushReceiverRow.name)))}
    for name, wish in sorted(wanted.items()):
        row = known.get(name) or PushReceiverRow(name=name)
        row.events, row.public, row.set = sorted(wish.events), wish.public, True
        session.add(row)
    for name in known.keys() - wanted.keys():
        known[name].set = False
    session.flush()


def active(session: Session) -> list[PushReceiverRow]:
    """Those who are told of what happens now."""
    found = select(PushReceiverRow).where(col(PushReceiverRow.set), col(PushReceiverRow.stopped).is_(None))
    return list(session.execute(found).scalars())


def failures(session: Session, name: str) -> int:
    """How often it could not be reached in a row."""
    return session.get_one(PushReceiverRow, name).failures


def pause(session: Session, name: str, until: datetime) -> None:
    """It could not be reached, or asked for patience: nothing is sent to it before then."""
    row = session.get_one(PushReceiverRow, name)
    row.not_before, row.failures = until, row.failures + 1


def reached(session: Session, name: str) -> None:
    """It has answered."""
    row = session.get_one(PushReceiverRow, name)
    row.not_before, row.failures = None, 0


def stop(session: Session, name: str, now: datetime) -> None:
    """It said that it is gone for good: nothing is sent to it until somebody resumes it; what waits is dead."""
    session.get_one(PushReceiverRow, name).stopped = now
    for row in session.exec(select(PushRow).where(PushRow.receiver == name, PushRow.state == "waiting")):
        row.state, row.settled, row.cause = "dead", now, "410"
    session.flush()


def resume(session: Session, name: str) -> bool:
    """Tell it again of what happens. False: there is none of this name, or it was not stopped."""
    row = session.get(PushReceiverRow, name)
    if row is None or row.stopped is None:
        return False
    row.stopped, row.not_before, row.failures = None, None, 0
    session.flush()
    return True


def standing(session: Session) -> tuple[Standing, ...]:
    """Every receiver, by name, with how much waits, was sent, and is dead."""
    groups = select(PushRow.receiver, PushRow.state, func.count(), func.min(PushRow.at))
    found = session.exec(groups.group_by(col(PushRow.receiver), col(PushRow.state))).all()
    many = {(receiver, state): (number, oldest) for receiver, state, number, oldest in found}

    def count(name: str, state: str) -> int:
        return many.get((name, state), (0, None))[0]

    rows = session.exec(select(PushReceiverRow).order_by(col(PushReceiverRow.name)))
    return tuple(
        Standing(
            *(row.name, row.set, row.stopped, row.not_before),
            waiting=count(row.name, "waiting"),
            sent=count(row.name, "sent"),
            dead=count(row.name, "dead"),
            oldest=many.get((row.name, "waiting"), (0, None))[1],
        )
        for row in rows
    )
