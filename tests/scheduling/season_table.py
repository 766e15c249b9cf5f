"""The table of a season, written by hand: who lives how and where, and what reaches them on which day.

The call of 2027 opens on 5 October 2026 and closes on 1 March at the end of the day in Geneva. From 14 to 18 February
nothing of ours runs. On Friday 26 February at noon (UTC) an organizer gives everybody a week more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

__all__ = ["ASLEEP", "EXTENDED", "LIVES", "MOVES", "ZONES", "Days", "Life", "Move", "days_of", "expected", "moment"]

UTC = ZoneInfo("UTC")
ASLEEP = (datetime(2027, 2, 14, 18, tzinfo=UTC), datetime(2027, 2, 18, 6, 30, tzinfo=UTC))
EXTENDED = datetime(2027, 2, 26, 12, tzinfo=UTC)

# Dates are those of the reader's own calendar. 60d ... 3d count to the close of 1 March, which is 2 March east of
# Geneva; 7d+ ... 6h+ to that of 8 March. 14d fell into the days when nothing ran. 3d came before the extension only
# where it was ten o'clock on the 26th by noon UTC. `news`, that there is more time, waits for the morning where noon
# UTC is night. 6h+ is six hours before the close, if that is day; else at nine if two hours are left then; else on the
# evening before. `end`: what comes last when somebody presses Tomorrow at noon on the day of 1d+.
TABLE = """
zone                  opens 60d   30d   14d   7d    3d    news  7d+   3d+   1d+   6h+   end
Pacific/Kiritimati    10-05 01-01 01-31 02-18 02-23 -     02-27 03-02 03-06 03-08 03-09 6h+=03-09
Pacific/Chatham       10-05 01-01 01-31 02-18 02-23 -     02-27 03-02 03-06 03-08 03-09 6h+=03-09
Pacific/Apia          10-05 01-01 01-31 02-18 02-23 -     02-27 03-02 03-06 03-08 03-09 6h+=03-09
Pacific/Auckland      10-05 01-01 01-31 02-18 02-23 -     02-27 03-02 03-06 03-08 03-09 6h+=03-09
Pacific/Fiji          10-05 01-01 01-31 02-18 02-23 -     02-27 03-02 03-06 03-08 03-08 6h+=03-08
Australia/Sydney      10-05 01-01 01-31 02-18 02-23 -     02-27 03-02 03-06 03-08 03-08 6h+=03-08
Australia/Lord_Howe   10-05 01-01 01-31 02-18 02-23 -     02-27 03-02 03-06 03-08 03-08 6h+=03-08
Australia/Adelaide    10-05 01-01 01-31 02-18 02-23 -     02-27 03-02 03-06 03-08 03-08 6h+=03-08
Asia/Tokyo            10-05 01-01 01-31 02-18 02-23 -     02-27 03-02 03-06 03-08 03-08 6h+=03-08
Asia/Shanghai         10-05 01-01 01-31 02-18 02-23 -     02-26 03-02 03-06 03-08 03-08 6h+=03-08
Asia/Yangon           10-05 01-01 01-31 02-18 02-23 -     02-26 03-02 03-06 03-08 03-08 6h+=03-08
Asia/Kathmandu        10-05 01-01 01-31 02-18 02-23 -     02-26 03-02 03-06 03-08 03-08 6h+=03-08
Asia/Kolkata          10-05 01-01 01-31 02-18 02-23 -     02-26 03-02 03-06 03-08 03-08 6h+=03-08
Asia/Kabul            10-05 01-01 01-31 02-18 02-23 -     02-26 03-02 03-06 03-08 03-08 6h+=03-08
Asia/Tehran           10-05 01-01 01-31 02-18 02-23 -     02-26 03-02 03-06 03-08 03-08 6h+=03-08
Africa/Nairobi        10-05 01-01 01-31 02-18 02-23 -     02-26 03-02 03-06 03-08 03-08 6h+=03-08
Asia/Beirut           10-05 01-01 01-31 02-18 02-23 -     02-26 03-02 03-06 03-08 03-08 6h+=03-08
Europe/Zurich         10-05 12-31 01-30 02-18 02-22 02-26 02-26 03-01 03-05 03-07 03-08 tomorrow=03-08,6h+=03-08
Africa/Casablanca     10-05 12-31 01-30 02-18 02-22 02-26 02-26 03-01 03-05 03-07 03-08 tomorrow=03-08,6h+=03-08
Atlantic/Reykjavik    10-05 12-31 01-30 02-18 02-22 02-26 02-26 03-01 03-05 03-07 03-08 tomorrow=03-08,6h+=03-08
America/Sao_Paulo     10-05 12-31 01-30 02-18 02-22 -     02-26 03-01 03-05 03-07 03-08 tomorrow=03-08
America/Santiago      10-05 12-31 01-30 02-18 02-22 -     02-26 03-01 03-05 03-07 03-08 tomorrow=03-08
America/St_Johns      10-05 12-31 01-30 02-18 02-22 -     02-26 03-01 03-05 03-07 03-08 tomorrow=03-08
America/Caracas       10-05 12-31 01-30 02-18 02-22 -     02-26 03-01 03-05 03-07 03-08 tomorrow=03-08
America/New_York      10-05 12-31 01-30 02-18 02-22 -     02-26 03-01 03-05 03-07 03-08 tomorrow=03-08
America/Los_Angeles   10-05 12-31 01-30 02-18 02-22 -     02-26 03-01 03-05 03-07 03-08 6h+=03-08
Pacific/Marquesas     10-04 12-31 01-30 02-18 02-22 -     02-26 03-01 03-05 03-07 03-08 6h+=03-08
Pacific/Honolulu      10-04 12-31 01-30 02-17 02-22 -     02-26 03-01 03-05 03-07 03-08 6h+=03-08
Pacific/Pago_Pago     10-04 12-31 01-30 02-17 02-22 -     02-26 03-01 03-05 03-07 03-08 6h+=03-08
"""

Days = Mapping[str, str]
"""A zone's row of the table: from the column to `MM-DD`, or `-`."""


@dataclass(frozen=True)
class Life:
    """What a person does in the season, and what reaches them.

    `gets` names columns of the table; one that is `-` there does not come. `(1d+)` comes only where 3d did not: eight
    reminders are the most, and the last of these is kept for the very last. `7d>` is the reminder that Tomorrow asked
    for, on the day after 7d, and `>10-25` on a date of its own.
    `does`: from a day (a date, a column, the day after it `7d>` or before it `7d<`) and an hour there to a deed.
    """

    gets: str
    does: Mapping[str, str] = field(default_factory=dict)
    entry_of_2026: bool = False


IN_DECEMBER = {"12-01 11:00": "begin"}
ALL = "60d 30d 14d 7d 3d news 7d+ 3d+ (1d+) 6h+"
SINCE_FEBRUARY = "14d 7d 3d news 7d+ 3d+ 1d+ 6h+"

LIVES: Mapping[str, Life] = {
    "a draft all season long": Life(ALL, IN_DECEMBER),
    "asked before the opening, and began then": Life(ALL, {"10-02 11:00": "ask", "10-12 11:00": "begin"}),
    "begun in February": Life(SINCE_FEBRUARY, {"02-10 11:00": "begin"}),
    "begun on the day of a reminder": Life("3d news 7d+ 3d+ 1d+ 6h+", {"7d 12:00": "begin"}),
    "begun in the week that was added": Life("3d+ 1d+ 6h+", {"03-03 11:00": "begin"}),
    "begun on the last day but one": Life("6h+", {"1d+ 12:00": "begin"}),
    "submitted on 20 February": Life("60d 30d 14d", {**IN_DECEMBER, "02-20 15:00": "submit"}),
    "submitted an hour before a reminder": Life("60d", {**IN_DECEMBER, "30d 09:00": "submit"}),
    "submitted while a reminder waited": Life("60d 30d 14d", {**IN_DECEMBER, "7d 10:00": "type", "7d 10:10": "submit"}),
    "submitted after the news": Life("60d 30d 14d 7d 3d news", {**IN_DECEMBER, "02-28 15:00": "submit"}),
    "one of two submitted": Life(ALL, {**IN_DECEMBER, "12-03 11:00": "begin another", "02-20 15:00": "submit"}),
    "only the last": Life("news 6h+", {**IN_DECEMBER, "12-02 11:00": "last only"}),
    "no reminders": Life("news", {**IN_DECEMBER, "12-02 11:00": "no reminders"}),
    "no reminders for a while": Life(
        "60d 7d 3d news 7d+ 3d+ 1d+ 6h+",
        {**IN_DECEMBER, "01-15 11:00": "no reminders", "02-20 15:00": "all reminders"},
    ),
    "not this year": Life("60d 30d", {**IN_DECEMBER, "30d 12:00": "not this year"}),
    "tomorrow, once": Life("60d 30d 14d 7d 7d> 3d news 7d+ (3d+) 6h+", {**IN_DECEMBER, "7d 12:00": "tomorrow"}),
    "tomorrow, and again": Life(
        "60d 30d 14d 7d 7d> 7d>> 3d news (7d+) 6h+",
        {**IN_DECEMBER, "7d 12:00": "tomorrow", "7d> 12:00": "tomorrow"},
    ),
    "tomorrow, when another one comes": Life(
        "14d 7d 3d news 7d+ 3d+@tomorrow 1d+ 6h+",
        {"02-10 11:00": "begin", "3d+< 20:00": "tomorrow"},
    ),
    "tomorrow, at the end": Life("14d 7d 3d news 7d+ 3d+ 1d+ end", {"02-10 11:00": "begin", "1d+ 12:00": "tomorrow"}),
    "tomorrow, in the night when Europe's clocks change": Life(
        ">10-25 60d 30d 14d 7d 3d news 7d+ (3d+) 6h+", {"10-12 11:00": "begin", "10-24 15:00": "tomorrow"}
    ),
    "tomorrow, in the night when America's clocks change": Life(
        ">11-01 60d 30d 14d 7d 3d news 7d+ (3d+) 6h+", {"10-12 11:00": "begin", "10-31 15:00": "tomorrow"}
    ),
    "an earlier entry": Life("60d 30d 14d 7d 3d 7d+ 3d+ (1d+) 6h+", entry_of_2026=True),
    "an earlier entry, updated on 5 January": Life(
        "60d", {"01-05 11:00": "begin", "01-05 12:00": "submit"}, entry_of_2026=True
    ),
    "an earlier entry, its update discarded": Life(
        "60d 30d 14d 7d 3d 7d+ 3d+ (1d+) 6h+", {**IN_DECEMBER, "02-01 12:00": "discard"}, entry_of_2026=True
    ),
    "nothing begun, nothing sent before": Life(""),
    "discarded in February": Life("60d 30d", {**IN_DECEMBER, "02-01 12:00": "discard"}),
    "everything erased in February": Life("60d 30d", {**IN_DECEMBER, "02-01 12:00": "forget"}),
    "blocked in February": Life("60d 30d", {**IN_DECEMBER, "02-01 12:00": "block"}),
    "blocked unheard in February": Life("60d 30d", {**IN_DECEMBER, "02-01 12:00": "block unheard"}),
    "blocked in February, and back": Life(
        "60d 30d 7d 3d news 7d+ 3d+ 1d+ 6h+", {**IN_DECEMBER, "02-01 12:00": "block", "02-20 15:00": "come back"}
    ),
    "blocked unheard in February, and back": Life(
        "60d 30d 7d 3d news 7d+ 3d+ 1d+ 6h+",
        {**IN_DECEMBER, "02-01 12:00": "block unheard", "02-20 15:00": "come back"},
    ),
    "blocked over the last week but one, and back": Life(
        "60d 30d 14d 3d news 7d+ 3d+ 1d+ 6h+", {**IN_DECEMBER, "02-20 12:00": "block", "02-25 12:00": "come back"}
    ),
    "typing when a reminder is due": Life(ALL, {**IN_DECEMBER, "7d 10:00": "type"}),
}


@dataclass(frozen=True)
class Move:
    """Somebody who moves in the season: from one zone to the other, at a moment in UTC. What they get is literal."""

    begins_in: str
    goes_to: str
    at: datetime
    gets: str
    typing: str = ""


MOVES: Mapping[str, Move] = {
    "moved to where the reminder has come already": Move(
        "Africa/Nairobi",
        "Europe/Zurich",
        datetime(2027, 2, 22, 12, 20, tzinfo=UTC),
        "60d 01-01, 30d 01-31, 14d 02-18, 7d 02-22, 3d 02-26, news 02-26, 7d+ 03-01, 3d+ 03-05, 6h+ 03-08",
    ),
    "moved to where it is still to come, while it waited": Move(
        "Europe/Zurich",
        "America/New_York",
        datetime(2027, 2, 22, 9, 20, tzinfo=UTC),
        "60d 12-31, 30d 01-30, 14d 02-18, 7d 02-22, news 02-26, 7d+ 03-01, 3d+ 03-05, 1d+ 03-07, 6h+ 03-08",
        typing="7d 10:00",
    ),
    "moved across the date line after a reminder": Move(
        "Pacific/Pago_Pago",
        "Pacific/Kiritimati",
        datetime(2027, 2, 22, 23, 20, tzinfo=UTC),
        "60d 12-31, 30d 01-30, 14d 02-17, 7d 02-22, news 02-27, 7d+ 03-02, 3d+ 03-06, 1d+ 03-08, 6h+ 03-09",
    ),
}


def _read(text: str) -> dict[str, Days]:
    head, *rows = [line.split() for line in text.strip().splitlines()]
    return {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in rows}


ZONES = _read(TABLE)


def days_of(zone: str) -> Days:
    """A zone's row."""
    return ZONES[zone]


def expected(life: Life, zone: str) -> str:
    """What reaches somebody who lives so in a zone: `60d 12-31, 30d 01-30, ...`."""
    days = ZONES[zone]
    return ", ".join(piece for word in life.gets.split() for piece in _pieces(word, days))


def _pieces(word: str, days: Days) -> list[str]:
    if word == "end":
        return [piece.replace("=", " ") for piece in days["end"].split(",")]
    if word.startswith(">"):
        return [f"tomorrow {word[1:]}"]
    if word.endswith("@tomorrow"):
        return [f"tomorrow {days[word.removesuffix('@tomorrow')]}"]
    if word.startswith("("):
        return _pieces(word[1:-1], days) if days["3d"] == "-" else []
    column = word.rstrip("><")
    if column != word:
        return [f"tomorrow {_day(word, days):%m-%d}"]
    return [] if days[column] == "-" else [f"{column} {days[column]}"]


def moment(when: str, zone: str) -> datetime:
    """When a deed is done, in UTC: `7d 10:00`, `7d> 12:00`, `02-20 15:00` on the clock of a zone."""
    day, _, hour = when.partition(" ")
    local = datetime.fromisoformat(f"{_day(day, ZONES[zone])}T{hour}").replace(tzinfo=ZoneInfo(zone))
    return local.astimezone(UTC)


def _day(word: str, days: Days) -> date:
    column = word.rstrip("><")
    month, number = map(int, days.get(column, column).split("-"))
    return date(2026 if month > 6 else 2027, month, number) + timedelta(days=word.count(">") - word.count("<"))
