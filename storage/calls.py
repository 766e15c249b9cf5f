"""The yearly calls."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from dialogs.conversation import Call
from storage.tables import CallRow, LateUseRow

__all__ = ["GENEVA", "annual_call", "as_call", "ensure_current", "for_person"]

GENEVA = ZoneInfo("Europe/Zurich")

SEASON_BEGINS = 4
"""The month from which on the next call is the current one: April, after the last one closed in March."""


def annual_call(year: int) -> Call:
    """The call whose entries become the report of `year`: from the first Monday of October before, 9:00 in
    Geneva, to 1 March, the last moment of the day in Geneva.
    """
    first = datetime(year - 1, 10, 1, 9, tzinfo=GENEVA)
    opens = first + timedelta(days=-first.weekday() % 7)
    closes = datetime(year, 3, 1, 23, 59, 59, 999_999, tzinfo=GENEVA)
    return Call(str(year), year, opens.astimezone(UTC), closes.astimezone(UTC), str(year))


def ensure_current(session: Session, now: datetime) -> CallRow:
    """The call of the season that `now` is in, made when nobody has."""
    here = now.astimezone(GENEVA)
    year = here.year + 1 if here.month >= SEASON_BEGINS else here.year
    row = session.get(CallRow, str(year))
    if row is None:
        call = annual_call(year)
        row = CallRow(code=call.code, year=year, opens=call.opens, closes=call.closes, version=call.version)
        session.add(row)
        session.flush()
    return row


def for_person(session: Session, person: int) -> tuple[Call, ...]:
    """All calls, newest first, as they stand for this person."""
    late = {use.call: use.until for use in session.exec(select(LateUseRow).where(LateUseRow.person_id == person))}
    rows = session.exec(select(CallRow).order_by(col(CallRow.opens).desc()))
    return tuple(as_call(row, late.get(row.code)) for row in rows)


def as_call(row: CallRow, late_until: datetime | None = None) -> Call:
    return Call(row.code, row.year, row.opens, row.closes, row.version, late_until)
