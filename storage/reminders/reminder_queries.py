"""What the store knows for reminders: whom there is to remind, how each one stands, how long a question takes.

What is asked for each letter is built once: with SQLAlchemy building a statement takes longer than carrying it out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import pairwise
from statistics import median

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    and_,
    bindparam,
    exists,
    func,
    union,
    update,
)
from sqlalchemy import select as rows
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from dialogs.domain.notice import DeliveryState, NoticeKind, NoticeState
from storage.messaging import reach
from storage.messaging.deliveries import IN_HAND, Delivery
from storage.messaging.notices import Notice
from storage.tables import DraftRow, EntryRow, HistoryRow, PersonRow

__all__ = [
    "Remindable",
    "Reminded",
    "ReminderProgress",
    "left",
    "open_wave",
    "past",
    "place",
    "remindable",
    "retire",
    "seconds_a_question",
    "snoozed",
    "stand",
    "standing_of",
    "unplanned",
    "unplanned_places",
]

ENOUGH = 200
"""Pauses between answers from which on their median means something."""
LONGEST_PAUSE = 600.0
"""Seconds: who took longer between two answers did something else meanwhile."""
LOOKED_AT = 5_000
CALL = bindparam("call", type_=String())


@dataclass(frozen=True, slots=True)
class Remindable:
    """Somebody with something unfinished, and what tells where they are."""

    person: int
    zone: str | None
    country: str | None
    snoozed: datetime | None


@dataclass(frozen=True, slots=True)
class ReminderProgress:
    """How a person stands in a call right now. `draft` is the unfinished one touched last; `began` as in
    `dialogs.domain.reminders.rules.ReminderFacts`; `entry` the title of their newest earlier entry, when it is about
    that.
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
    reminded: Reminded


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many reminders of a call a person got (or perhaps got), when the last one, and if another is on its way."""

    number: int
    latest: datetime | None
    under_way: bool


def unplanned_places(session: Session, call: str, key: str) -> set[tuple[str | None, str | None]]:
    """The (zone, country) pairs of everyone with something unfinished who is not in the ledger of this reminder."""
    found = session.execute(_unplanned_places(), {"call": call, "key": key})
    return {(zone, country) for zone, country in found}


def unplanned(session: Session, call: str, key: str) -> Iterator[Remindable]:
    """Everyone with something unfinished who is not in the ledger of this reminder; wanted or not, reachable or not.

    That is decided at the moment of sending; so being in the ledger means that one's turn has come, once.
    """
    yield from _each(session, _unplanned(), call=call, key=key)


def remindable(session: Session, call: str) -> Iterator[Remindable]:
    """Everyone there is to remind in this call."""
    yield from _each(session, _wanting(), call=call)


def snoozed(session: Session, call: str, since: datetime, until: datetime) -> Iterator[Remindable]:
    """Whose "tomorrow" came in this span of time."""
    yield from _each(session, _snoozed(), call=call, since=since, until=until)


Found = CompoundSelect[int | None, str | None, str | None, datetime | None]


def _each(session: Session, query: Found, **values: object) -> Iterator[Remindable]:
    for person, zone, country, snoozed in session.execute(query, values):
        yield Remindable(person, zone, country, snoozed)


def _people(*which: ColumnElement[bool]) -> Found:
    """People with something unfinished. Two queries in one: an "or" in it would have PostgreSQL read whole tables, for
    however few people are asked about.
    """
    columns = rows(col(PersonRow.id), col(PersonRow.zone), col(PersonRow.country), col(PersonRow.snoozed))
    there = columns.where(*which, *_can_be_met())
    return union(there.where(_has_draft()), there.where(_has_earlier_entry(), *_sent_nothing()))


def _in_order(found: Found) -> Found:
    return found.order_by(found.selected_columns[0])


@cache
def _unplanned() -> Found:
    return _people(_not_in_ledger())


@cache
def _unplanned_places() -> Select[str | None, str | None]:
    found = _unplanned().subquery()
    return rows(found.c[1], found.c[2]).distinct()


@cache
def _wanting() -> Found:
    return _in_order(_people(*_wants()))


@cache
def _snoozed() -> Found:
    came = col(PersonRow.snoozed).between(bindparam("since"), bindparam("until"))
    return _in_order(_people(came, *_wants()))


def stand(session: Session, person: int, call: str, since: datetime, key: str = "") -> ReminderProgress | None:
    """How this person stands; None: they are gone (forgotten, or joined with another account).

    `since`: from when on there is this close to remind of. Before it nothing can have begun. `key`: of the reminder
    that is asked about.
    """
    row = session.get(PersonRow, person)
    if row is None or row.forgotten or row.merged_into is not None:
        return None
    unfinished = session.exec(_unfinished(), params={"person": person, "call": call}).all()
    entry = None if unfinished else session.exec(_earlier_entry(), params={"person": person, "call": call}).first()
    began = min(draft.started for draft in unfinished) if unfinished else (since if entry is not None else None)
    last = (row.state or {}).get("last")
    return ReminderProgress(
        row.language,
        row.zone,
        row.country,
        row.reminders,
        row.declined_call == call,
        row.snoozed,
        datetime.fromisoformat(last) if last else None,
        max(began, since) if began else None,
        unfinished[0].id if unfinished else None,
        entry,
        standing_of(session, person, call, key),
    )


def place(session: Session, person: int) -> tuple[str | None, str | None]:
    """What tells where a person is: the zone they told, and their country."""
    zone, country = session.execute(_place_query(), {"person": person}).one()
    return zone, country


@cache
def _place_query() -> Select[str | None, str | None]:
    return rows(col(PersonRow.zone), col(PersonRow.country)).where(col(PersonRow.id) == bindparam("person"))


def standing_of(session: Session, person: int, call: str, key: str) -> Reminded:
    """What reached the person of the call's reminders, and what is on its way but for the one with this key."""
    about = {"person": person, "reminders": f"remind:{call}:", "key": key}
    number, latest, under_way = session.execute(_reminded_query(), about).one()
    return Reminded(int(number), latest, bool(under_way))


@cache
def _reminded_query() -> Select[int, datetime | None, int]:
    """A person's rows in the ledgers of a call's reminders, counted."""
    got = col(Delivery.state).in_((DeliveryState.SENT.value, DeliveryState.UNCERTAIN.value))
    other = and_(col(Delivery.state).in_(IN_HAND), col(Notice.key) != bindparam("key"))
    return rows(
        func.count().filter(got), func.max(col(Delivery.settled)).filter(got), func.count().filter(other)
    ).where(
        col(Delivery.person_id) == bindparam("person"),
        col(Notice.id) == col(Delivery.notice_id),
        col(Notice.key).startswith(bindparam("reminders")),
    )


def left(session: Session, key: str, due_by_person: Mapping[int, datetime]) -> dict[int, datetime]:
    """Those of these people who are not in the ledger of this reminder."""
    if not due_by_person:
        return {}
    query = rows(col(Delivery.person_id)).where(col(Notice.id) == col(Delivery.notice_id), col(Notice.key) == key)
    had = set(session.execute(query).scalars())
    return {person: at for person, at in due_by_person.items() if person not in had}


def open_wave(session: Session, key: str, due: datetime, now: datetime) -> int:
    """The notice of a reminder, made when it is the first one's turn."""
    found = session.exec(select(Notice).where(Notice.key == key).with_for_update()).one_or_none()
    if found is None:
        found = Notice(key=key, kind=NoticeKind.REMINDER.value, topic="drafts", created=now, due=due, started=now)
    found.state, found.planned, found.finished = NoticeState.RUNNING.value, False, None
    session.add(found)
    session.flush()
    assert found.id is not None  # given by the flush, or it was there
    return found.id


def past(session: Session, present: Collection[str]) -> list[int]:
    """The reminders that are still open though their time is over: all but those with the keys of the present."""
    query = select(Notice.id).where(
        Notice.kind == NoticeKind.REMINDER.value, ~col(Notice.planned), col(Notice.key).not_in(present)
    )
    return [each for each in session.exec(query) if each is not None]


def retire(session: Session, notices: Collection[int]) -> None:
    """Nothing more is planned for these reminders; the courier closes them when nothing of them is left."""
    session.execute(update(Notice).where(col(Notice.id).in_(notices)).values(planned=True))


def seconds_a_question(session: Session) -> float | None:
    """The median time between two answers given in a row, of the newest answers; None: too few to tell."""
    query = select(HistoryRow.draft_id, HistoryRow.at).order_by(col(HistoryRow.id).desc()).limit(LOOKED_AT)
    newest = sorted(session.exec(query).all())
    pauses = [(later[1] - earlier[1]).total_seconds() for earlier, later in pairwise(newest) if earlier[0] == later[0]]
    kept = [pause for pause in pauses if 1 <= pause <= LONGEST_PAUSE]
    return median(kept) if len(kept) >= ENOUGH else None


def _can_be_met() -> tuple[ColumnElement[bool], ...]:
    """There is a chat or an address to write to them, and they did not ask to be forgotten."""
    return (
        ~col(PersonRow.forgotten),
        col(PersonRow.merged_into).is_(None),
        reach.is_met(),
    )


def _has_draft() -> ColumnElement[bool]:
    """An unfinished draft of the call."""
    return exists().where(
        col(DraftRow.person_id) == col(PersonRow.id),
        col(DraftRow.call) == CALL,
        col(DraftRow.submitted).is_(None),
        col(DraftRow.corrects).is_(None),
        col(DraftRow.discarded).is_(None),
    )


def _has_earlier_entry() -> ColumnElement[bool]:
    return exists().where(col(EntryRow.person_id) == col(PersonRow.id), col(EntryRow.call) != CALL)


def _wants() -> tuple[ColumnElement[bool], ...]:
    """Wants reminders of the call, and can be reached."""
    return (
        col(PersonRow.reminders) != "none",
        func.coalesce(col(PersonRow.declined_call), "") != CALL,
        reach.can_be_reached("drafts"),
    )


def _not_in_ledger() -> ColumnElement[bool]:
    notice = rows(col(Notice.id)).where(col(Notice.key) == bindparam("key")).scalar_subquery()
    return ~exists().where(col(Delivery.notice_id) == notice, col(Delivery.person_id) == col(PersonRow.id))


def _sent_nothing() -> tuple[ColumnElement[bool], ...]:
    """The person sent no entry to the call, neither a new one nor an update of an earlier one."""
    draft = exists().where(
        col(DraftRow.person_id) == col(PersonRow.id),
        col(DraftRow.call) == CALL,
        col(DraftRow.submitted).is_not(None),
    )
    entry = exists().where(col(EntryRow.person_id) == col(PersonRow.id), col(EntryRow.call) == CALL)
    return ~draft.correlate(PersonRow), ~entry.correlate(PersonRow)


@cache
def _unfinished() -> SelectOfScalar[DraftRow]:
    """A person's unfinished drafts, the one touched last first."""
    return (
        select(DraftRow)
        .where(DraftRow.person_id == bindparam("person"), DraftRow.call == CALL)
        .where(col(DraftRow.submitted).is_(None), col(DraftRow.corrects).is_(None), col(DraftRow.discarded).is_(None))
        .order_by(col(DraftRow.touched).desc())
    )


@cache
def _earlier_entry() -> SelectOfScalar[str]:
    """The title of the newest entry of an earlier call, when nothing was sent to this one."""
    return (
        select(EntryRow.title)
        .join(PersonRow, col(PersonRow.id) == col(EntryRow.person_id))
        .where(EntryRow.person_id == bindparam("person"), EntryRow.call != CALL, *_sent_nothing())
        .order_by(col(EntryRow.submitted).desc())
        .limit(1)
    )
