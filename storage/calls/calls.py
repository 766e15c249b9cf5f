"""The yearly calls: which one counts, and how organizers make, move and describe them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, bindparam
from sqlmodel import Session, select

from dialogs.domain.conversation import Call, CallState
from dialogs.domain.organizers.calls import CallWish, Trouble, is_code, is_name, overlapping, usual_feeds
from dialogs.domain.scores import Rubric, is_rubric
from dialogs.domain.values.geneva import GENEVA
from storage.engine.json_rows import JsonRows
from storage.engine.prepared import table_of
from storage.organizers import organizers
from storage.reminders import deadline_notices
from storage.tables import CallRow, LateUseRow

__all__ = [
    "FOR_PERSON",
    "GENEVA",
    "annual_call",
    "as_call",
    "create",
    "current",
    "describe",
    "ensure_current",
    "every",
    "find",
    "for_person",
    "in_order",
    "lacks_current",
    "move",
    "set_rubric",
]


SEASON_BEGINS = 4
"""The month from which on the next call is the current one: April, after the last one closed in March."""

AFTERMATH = timedelta(days=1)
"""How long a call that closed still comes before the next one: what was sent in time may be read late."""


Editions = Callable[[int], str]
"""Gives the version of the questionnaire for a year."""

CALLS, LATE_USES = table_of(CallRow), table_of(LateUseRow)
LATE = and_(LATE_USES.c.call == CALLS.c.code, LATE_USES.c.person_id == bindparam("person"))
FOR_PERSON = JsonRows("calls", (*CALLS.c, LATE_USES.c.until.label("late_until")), CALLS.outerjoin(LATE_USES, LATE))
"""All calls, each with until when it is open for a person who has a late code."""


def annual_call(year: int, edition_of: Editions = str) -> Call:
    """The call whose entries become the report of `year`: from the first Monday of October before, 9:00 in
    Geneva, to 1 March, the last moment of the day in Geneva.

    `edition_of`: gives the version of the questionnaire that a call of a year asks.
    """
    first = datetime(year - 1, 10, 1, 9, tzinfo=GENEVA)
    opens = first + timedelta(days=-first.weekday() % 7)
    closes = datetime(year, 3, 1, 23, 59, 59, 999_999, tzinfo=GENEVA)
    return Call(str(year), year, opens.astimezone(UTC), closes.astimezone(UTC), edition_of(year))


def ensure_current(session: Session, now: datetime, edition_of: Editions = str) -> CallRow:
    """The call that counts now. When nobody has made one for the season that `now` is in, it is made."""
    rows = {row.code: row for row in session.exec(select(CallRow))}
    year = _season(now)
    if not any(row.year == year for row in rows.values()):
        call = annual_call(year, edition_of)
        rows[call.code] = _made(session, call, *usual_feeds(year))
    return rows[in_order([as_call(row) for row in rows.values()], now)[0].code]


def current(session: Session, now: datetime, edition_of: Editions = str) -> Call:
    """The call that counts now, for who only reads: when nobody has made one, as it will be made."""
    known = [as_call(row) for row in session.exec(select(CallRow))]
    year = _season(now)
    if not any(call.year == year for call in known):
        report, event = usual_feeds(year)
        known.append(replace(annual_call(year, edition_of), report=report, event=event))
    return in_order(known, now)[0]


def lacks_current(calls: Iterable[Call], now: datetime) -> bool:
    """Whether `ensure_current` would make a call."""
    return not any(call.year == _season(now) for call in calls)


def _season(now: datetime) -> int:
    """The year whose report entries sent at this moment are for."""
    here = now.astimezone(GENEVA)
    return here.year + 1 if here.month >= SEASON_BEGINS else here.year


def in_order(calls: Iterable[Call], now: datetime) -> tuple[Call, ...]:
    """The calls, those that count first: open ones, one that has just closed, the next to open, older ones.

    Of several that are open, the one that opened first: a new one takes nobody out of a call that runs.
    """

    def rank(call: Call) -> tuple[int, float, float]:
        state = call.state(now)
        if state is CallState.OPEN:
            return 0, call.opens.timestamp(), call.closes.timestamp()
        if state is CallState.CLOSED:
            return (1 if now - call.closes < AFTERMATH else 3), -call.closes.timestamp(), 0
        return 2, call.opens.timestamp(), 0

    return tuple(sorted(calls, key=rank))


def every(session: Session, now: datetime) -> tuple[Call, ...]:
    """All calls, in order."""
    return in_order([as_call(row) for row in session.exec(select(CallRow))], now)


def find(session: Session, code: str) -> Call | None:
    """The call of this code; None when there is none."""
    row = session.get(CallRow, code)
    return as_call(row) if row is not None else None


def for_person(found: str | None, now: datetime) -> tuple[Call, ...]:
    """All calls in order, as they stand for the person for whom `FOR_PERSON` was `found`."""
    return in_order([as_call(row, row.late_until) for row in FOR_PERSON.read(found)], now)


def as_call(row: Any, late_until: datetime | None = None) -> Call:
    """The call of a row of the table."""
    period, feeds = (row.opens, row.closes), (row.report, row.event)
    return Call(row.code, row.year, *period, row.version, late_until, *feeds, row.zone, Rubric.of(row.rubric))


def create(session: Session, who: int | None, wish: CallWish, version: str, now: datetime) -> Trouble | None:
    """Make a call on a version of the questionnaire; the trouble with it, if there is any."""
    trouble = _trouble(session, wish, now)
    if trouble is not None:
        return trouble
    year = wish.closes.astimezone(ZoneInfo(wish.zone)).year
    report, event = usual_feeds(year)
    call = Call(wish.code, year, wish.opens, wish.closes, version, zone=wish.zone)
    _made(session, call, wish.report or report, wish.event or event)
    moments = {"opens": wish.opens.isoformat(), "closes": wish.closes.isoformat()}
    organizers.record(session, who, "call_created", wish.code, now, **moments)
    return None


def _trouble(session: Session, wish: CallWish, now: datetime) -> Trouble | None:
    """What keeps a call from being made as it is wished."""
    if not is_code(wish.code):
        return Trouble.BAD_CODE
    if not all(is_name(name) for name in (wish.report, wish.event) if name):
        return Trouble.BAD_NAME
    if session.get(CallRow, wish.code) is not None:
        return Trouble.EXISTS
    return _of_period(session, wish.opens, wish.closes, now, "", overlaps=wish.overlapping)


def _of_period(
    session: Session, opens: datetime, closes: datetime, now: datetime, code: str, *, overlaps: bool
) -> Trouble | None:
    if opens >= closes:
        return Trouble.ORDER
    if closes <= now:
        return Trouble.PAST
    if not overlaps and overlapping(opens, closes, every(session, now), code):
        return Trouble.OVERLAPS
    return None


def move(
    session: Session,
    who: int | None,
    code: str,
    now: datetime,
    *,
    opens: datetime | None = None,
    closes: datetime | None = None,
    at_once: bool = False,
    overlaps: bool = False,
) -> Trouble | None:
    """Give a call another opening or close. Whoever has something unfinished in it is told of another close.

    Reminders follow by themselves: they are counted from the close. PAST: that close is over; only with `at_once` is
    the call closed. OVERLAPS: another call is open at the same time, and `overlaps` was not said.
    """
    row = session.exec(select(CallRow).where(CallRow.code == code).with_for_update()).one_or_none()
    if row is None:
        return Trouble.UNKNOWN
    begin, end = opens or row.opens, closes or row.closes
    if begin >= end:
        return Trouble.ORDER
    longer = begin < row.opens or end > row.closes
    trouble = _of_period(session, begin, end, now, code, overlaps=overlaps or not longer)
    if trouble is not None and not (trouble is Trouble.PAST and (at_once or closes is None)):
        return trouble
    if opens is not None and opens != row.opens:
        organizers.record(session, who, "call_opening", code, now, opens=opens.isoformat())
        row.opens = opens
    if closes is not None and closes != row.closes:
        action = "call_extended" if closes > row.closes else "call_shortened"
        moments = {"before": row.closes.isoformat(), "closes": closes.isoformat()}
        organizers.record(session, who, action, code, now, **moments)
        deadline_notices.close_moved(session, code, row.closes, closes, now)
        row.closes = closes
    session.flush()
    return None


def describe(
    session: Session,
    who: int | None,
    code: str,
    now: datetime,
    *,
    report: str | None = None,
    event: str | None = None,
    version: str | None = None,
) -> Trouble | None:
    """Say which report and which event the call feeds, and which version of the questionnaire it asks."""
    row = session.exec(select(CallRow).where(CallRow.code == code).with_for_update()).one_or_none()
    if row is None:
        return Trouble.UNKNOWN
    if not all(is_name(name) for name in (report, event) if name is not None):
        return Trouble.BAD_NAME
    if report is not None or event is not None:
        row.report = report if report is not None else row.report
        row.event = event if event is not None else row.event
        organizers.record(session, who, "call_described", code, now, report=row.report, event=row.event)
    if version is not None and version != row.version:
        row.version = version
        organizers.record(session, who, "call_version", code, now, version=version)
    session.flush()
    return None


def set_rubric(session: Session, who: int | None, code: str, rubric: Rubric | None, now: datetime) -> Trouble | None:
    """Say by what the entries of a call are scored; None: they are not. What was given stays, and is counted anew."""
    row = session.exec(select(CallRow).where(CallRow.code == code).with_for_update()).one_or_none()
    if row is None:
        return Trouble.UNKNOWN
    if rubric is not None and not is_rubric(rubric):
        return Trouble.BAD_CRITERIA
    if rubric != Rubric.of(row.rubric):
        row.rubric = rubric.as_json() if rubric is not None else None
        number = len(rubric.criteria) if rubric is not None else 0
        organizers.record(session, who, "call_criteria", code, now, number=number)
    session.flush()
    return None


def _made(session: Session, call: Call, report: str, event: str) -> CallRow:
    row = CallRow(
        code=call.code,
        year=call.year,
        opens=call.opens,
        closes=call.closes,
        version=call.version,
        report=report,
        event=event,
        zone=call.zone,
    )
    session.add(row)
    session.flush()
    return row
