"""What the store knows for reminders: whom there is to remind, how each one stands, how long a question takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median

from sqlalchemy import ColumnElement, Text, and_, exists, func, or_, type_coerce
from sqlalchemy import select as rows
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.audiences import CHANNEL
from storage.deliveries import Delivery, DeliveryState
from storage.notices import Notice, NoticeKind, NoticeState
from storage.tables import AccountRow, AnswerRow, DraftRow, EntryRow, HistoryRow, PersonRow

__all__ = [
    "Remindable",
    "Stand",
    "close_of_call",
    "open_wave",
    "remindable",
    "seconds_a_question",
    "stand",
    "wave_done",
    "whereabouts",
]

ENOUGH = 200
"""Pauses between answers from which on their median means something."""
LONGEST_PAUSE = 600.0
"""Seconds: who took longer between two answers did something else meanwhile."""
LOOKED_AT = 5_000


@dataclass(frozen=True, slots=True)
class Remindable:
    """Somebody with something unfinished, and what tells where they are."""

    person: int
    zone: str | None
    country: str | None
    snoozed: datetime | None


@dataclass(frozen=True, slots=True)
class Stand:
    """How a person stands in a call right now. `draft` is the unfinished one touched last; `began` as in
    `bot.calls.ladder.Standing`; `entry` the title of their newest earlier entry, when that is what it is about.
    """

    language: str
    zone: str | None
    country: str | None
    setting: str
    declined: bool
    snoozed: datetime | None
    active: datetime | None
    began: datetime | None
    draft: str | None
    entry: str | None
    sent: int
    latest: datetime | None


def whereabouts(session: Session, call: str) -> set[tuple[str | None, str | None]]:
    """The (zone, country) pairs of everyone there is to remind."""
    query = rows(col(PersonRow.zone), _country()).where(_something_to_remind_of(call)).distinct()
    return {(zone, _code(country)) for zone, country in session.execute(query)}


def remindable(session: Session, call: str, *, snoozed_until: datetime | None = None) -> Iterator[Remindable]:
    """Everyone there is to remind in this call; with `snoozed_until`, only whose "tomorrow" has come by then."""
    query = rows(col(PersonRow.id), col(PersonRow.zone), _country(), col(PersonRow.snoozed))
    query = query.where(_something_to_remind_of(call)).order_by(col(PersonRow.id))
    if snoozed_until is not None:
        query = query.where(col(PersonRow.snoozed) <= snoozed_until)
    for person, zone, country, snoozed in session.execute(query):
        yield Remindable(person, zone, _code(country), snoozed)


def stand(session: Session, person: int, call: str, opens: datetime) -> Stand | None:
    """How this person stands; None: they are gone (forgotten, or joined with another account)."""
    row = session.get(PersonRow, person)
    if row is None or row.forgotten or row.merged_into is not None:
        return None
    unfinished = session.exec(_unfinished(person, call)).all()
    entry = None if unfinished else _earlier_entry(session, person, call)
    began = min(draft.started for draft in unfinished) if unfinished else (opens if entry is not None else None)
    number, latest = _reminded(session, person, call)
    last = (row.state or {}).get("last")
    return Stand(
        row.language,
        row.zone,
        _code(session.execute(rows(_country()).where(col(PersonRow.id) == person)).scalar_one()),
        row.reminders,
        row.declined_call == call,
        row.snoozed,
        datetime.fromisoformat(last) if last else None,
        began,
        unfinished[0].id if unfinished else None,
        entry,
        number,
        latest,
    )


def open_wave(session: Session, key: str, due: datetime, now: datetime) -> tuple[int, frozenset[str]]:
    """The notice of a rung, made when it is the first zone's turn, and the zones that had theirs. Locks it."""
    found = session.exec(select(Notice).where(Notice.key == key).with_for_update()).one_or_none()
    if found is None:
        found = Notice(
            key=key,
            kind=NoticeKind.REMINDER.value,
            topic="drafts",
            state=NoticeState.RUNNING.value,
            audience={"zones": []},
            created=now,
            due=due,
            started=now,
        )
        session.add(found)
        session.flush()
    assert found.id is not None  # given by the flush, or it was there
    return found.id, frozenset(found.audience["zones"])


def wave_done(session: Session, notice: int, zones: frozenset[str]) -> None:
    """These zones had their turn at this rung: everyone in them is in the ledger."""
    found = session.exec(select(Notice).where(Notice.id == notice).with_for_update()).one()
    found.audience = {"zones": sorted({*found.audience["zones"], *zones})}
    session.add(found)
    session.flush()


def close_of_call(session: Session, call: str) -> None:
    """Nothing more is planned for this call's reminders; the courier closes them when none is left."""
    for found in session.exec(
        select(Notice).where(col(Notice.key).startswith(f"remind:{call}:"), ~col(Notice.planned))
    ):
        found.planned = True
        session.add(found)
    session.flush()


def seconds_a_question(session: Session) -> float | None:
    """The median time between two answers given in a row, of the newest answers; None: too few to tell."""
    query = select(HistoryRow.draft_id, HistoryRow.at).order_by(col(HistoryRow.id).desc()).limit(LOOKED_AT)
    newest = sorted(session.exec(query).all())
    pauses = [(later[1] - earlier[1]).total_seconds() for earlier, later in pairwise(newest) if earlier[0] == later[0]]
    kept = [pause for pause in pauses if 1 <= pause <= LONGEST_PAUSE]
    return median(kept) if len(kept) >= ENOUGH else None


def _something_to_remind_of(call: str) -> ColumnElement[bool]:
    draft = exists().where(
        col(DraftRow.person_id) == col(PersonRow.id),
        col(DraftRow.call) == call,
        col(DraftRow.submitted).is_(None),
        col(DraftRow.discarded).is_(None),
    )
    earlier = exists().where(col(EntryRow.person_id) == col(PersonRow.id), col(EntryRow.call) != call)
    return and_(
        col(PersonRow.reminders) != "none",
        func.coalesce(col(PersonRow.declined_call), "") != call,
        ~col(PersonRow.forgotten),
        col(PersonRow.merged_into).is_(None),
        exists().where(
            col(AccountRow.person_id) == col(PersonRow.id),
            col(AccountRow.channel) == CHANNEL,
            col(AccountRow.reachable),
        ),
        or_(draft, and_(earlier, ~_sent_something(call))),
    )


def _sent_something(call: str) -> ColumnElement[bool]:
    """The person sent an entry to the call, new or an update of an earlier one."""
    draft = exists().where(
        col(DraftRow.person_id) == col(PersonRow.id),
        col(DraftRow.call) == call,
        col(DraftRow.submitted).is_not(None),
    )
    entry = exists().where(col(EntryRow.person_id) == col(PersonRow.id), col(EntryRow.call) == call)
    return or_(draft.correlate(PersonRow), entry.correlate(PersonRow))


def _country() -> ColumnElement[str | None]:
    """The country of a person's newest draft that names one, else of their newest entry."""
    answer = (
        rows(col(AnswerRow.value))
        .join(DraftRow, col(DraftRow.id) == col(AnswerRow.draft_id))
        .where(col(DraftRow.person_id) == col(PersonRow.id), col(AnswerRow.key) == "org_country")
        .order_by(col(DraftRow.touched).desc())
        .limit(1)
        .correlate(PersonRow)
        .scalar_subquery()
    )
    entry = (
        rows(col(EntryRow.country))
        .where(col(EntryRow.person_id) == col(PersonRow.id))
        .order_by(col(EntryRow.submitted).desc())
        .limit(1)
        .correlate(PersonRow)
        .scalar_subquery()
    )
    return func.coalesce(type_coerce(answer, Text), entry)


def _code(country: str | None) -> str | None:
    """A country's code: answers are kept as JSON text, so theirs stands in quotes."""
    return country.strip('"') if country else None


def _unfinished(person: int, call: str) -> SelectOfScalar[DraftRow]:
    return (
        select(DraftRow)
        .where(DraftRow.person_id == person, DraftRow.call == call)
        .where(col(DraftRow.submitted).is_(None), col(DraftRow.discarded).is_(None))
        .order_by(col(DraftRow.touched).desc())
    )


def _earlier_entry(session: Session, person: int, call: str) -> str | None:
    """The title of the newest entry of an earlier call, when nothing was sent to this one."""
    query = (
        select(EntryRow.title)
        .join(PersonRow, col(PersonRow.id) == col(EntryRow.person_id))
        .where(EntryRow.person_id == person, EntryRow.call != call, ~_sent_something(call))
        .order_by(col(EntryRow.submitted).desc())
        .limit(1)
    )
    return session.exec(query).first()


def _reminded(session: Session, person: int, call: str) -> tuple[int, datetime | None]:
    """How many reminders of the call the person got (or perhaps got), and when the last one."""
    counted = (DeliveryState.SENT.value, DeliveryState.UNCERTAIN.value)
    query = (
        rows(func.count(), func.max(col(Delivery.settled)))
        .join(Notice, col(Notice.id) == col(Delivery.notice_id))
        .where(col(Delivery.person_id) == person, col(Delivery.state).in_(counted))
        .where(col(Notice.key).startswith(f"remind:{call}:"))
    )
    number, latest = session.execute(query).one()
    return int(number), latest
