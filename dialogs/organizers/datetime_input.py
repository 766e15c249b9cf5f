"""A moment as organizers write it: a date, perhaps a time, perhaps a zone. It is always read back before it counts.

`2027-03-01 18:00`, `1 March 2027`, `1.3.2027 18:00`, `1 mars 2027 à 18h00`, `2027-02-22T09:00 UTC`,
`15 Jan 10:00 Asia/Tokyo`, `1 March 2027 6 pm Nairobi`, `2027-03-01T18:00+03:00`

A word behind the time that is no zone is refused: passed over, it would be a moment in another zone than was meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from dialogs.domain.messages import Code, M, Message
from dialogs.text.normalize import western_digits, words_of

__all__ = ["END_OF_DAY", "MORNING", "read_moment"]

END_OF_DAY = time(23, 59, 59, 999_999)
"""The time of a close when only its date was written: the kindest reading."""
MORNING = time(9)

LONGEST = 120
"""Characters of a moment; a longer text is not read as one."""

ZONE = re.compile(r"\b(UTC|GMT|Z|[A-Z][A-Za-z]+/[A-Za-z_+\-/]+)(?=\W|$)")
OFFSET = re.compile(r"(?:(?<![\w/])(?:UTC|GMT)|(?<=:\d\d))\s*([+\-\u2212])(\d{1,2})(?::?([0-5]\d))?\s*$")
"""`+03:00` behind a time, `UTC+3`; not the `-01` of a date."""
FILLERS = frozenset(
    (
        *("at", "on", "the", "of", "in", "h", "hrs", "hours", "time", "s", "o", "clock", "heures", "heure", "horas"),
        *("uhr", "le", "la", "a", "de", "du", "del", "el", "в", "г", "года", "ч", "часов", "geneva", "geneve"),
        *("ginebra", "женева", "женеве", "جنيف", "بتوقيت", "日内瓦", "日内瓦时间"),
    )
)
"""What may stand behind a time and changes nothing."""
YEAR_FIRST = re.compile(r"\b(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
DAY_FIRST = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b")
TWELVE = re.compile(r"(?<![\d:])(\d{1,2})(?:[:.]([0-5]\d))?\s*([ap])\.?\s?m\b\.?", re.IGNORECASE)
"""`6 pm`, `6:30 p.m.`"""
TIME = re.compile(r"(?<!\d)(\d{1,2})(?:[:.hч时：](\d{2})|h\b|時|时)")


def read_moment(text: str, months: Mapping[str, int], zone: str, default: time, today: date) -> datetime | Message:
    """The moment in UTC, or what is wrong with the text.

    `months`: folded names to 1..12, in every language. `zone`: the IANA zone that is meant when none is written.
    `default`: the time of a date alone. A date without a year is the next one from `today` on.
    """
    if len(text) > LONGEST:
        return _not_understood(today)
    rest = TWELVE.sub(_on_24_hours, re.sub(r"(\d)T(\d)", r"\1 \2", western_digits(text).strip()))
    offset = OFFSET.search(rest)
    rest = rest[: offset.start()] if offset else rest
    where = _offset(*offset.groups()) if offset else _zone(rest, zone)
    day, rest = _date(ZONE.sub(" ", rest), months, today)
    behind = _behind(rest, months)
    if behind and where is not None:
        where = _city(behind)
    if day is None or where is None:
        return _not_understood(today)
    hour = _time(rest, default)
    if hour is None:
        return M("moment.no_such_time")
    moment = datetime.combine(day, hour, where).astimezone(UTC)
    if moment.astimezone(where).replace(tzinfo=None) != datetime.combine(day, hour):
        return M("moment.skipped")  # the hour that clocks leave out in spring
    return moment


def _not_understood(today: date) -> Message:
    return M("moment.not_understood", example=Code(f"{today.year + 1}-03-01 18:00"))


def _on_24_hours(found: re.Match[str]) -> str:
    hour = int(found[1])
    if not 1 <= hour <= 12:
        return "99:00"  # there is no such time
    return f"{hour % 12 + (12 if found[3] in 'pP' else 0):02d}:{found[2] or '00'}"


def _offset(sign: str, hours: str, minutes: str | None) -> tzinfo | None:
    away = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(away if sign == "+" else -away) if away <= timedelta(hours=14) else None


def _behind(text: str, months: Mapping[str, int]) -> str:
    """The words behind the time that have not been understood."""
    found = TIME.search(text)
    words = words_of(text[found.end() :]) if found else ()
    return " ".join(word for word in words if not word.isdigit() and word not in months and word not in FILLERS)


def _city(words: str) -> ZoneInfo | None:
    """The zone that is named after a city."""
    name = _cities().get(words)
    return ZoneInfo(name) if name is not None else None


@cache
def _cities() -> Mapping[str, str]:
    names = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix")))
    return {" ".join(words_of(name.rpartition("/")[2].replace("_", " "))): name for name in names}


def _zone(text: str, default: str) -> ZoneInfo | None:
    found = ZONE.search(text)
    name = found[1] if found else default
    try:
        return ZoneInfo("UTC" if name in ("GMT", "Z") else name)
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _date(text: str, months: Mapping[str, int], today: date) -> tuple[date | None, str]:
    """The date, and the text without it."""
    for pattern, order in ((YEAR_FIRST, (1, 2, 3)), (DAY_FIRST, (3, 2, 1))):
        found = pattern.search(text)
        if found:
            year, month, day = (int(found[group]) for group in order)
            return _made(year, month, day), pattern.sub(" ", text, count=1)
    return _named_date(text, months, today), text


def _named_date(text: str, months: Mapping[str, int], today: date) -> date | None:
    words = words_of(TIME.sub(" ", text))
    named = [months[word] for word in words if not word.isdigit() and word in months]
    numbers = [int(word) for word in words if word.isdigit()]
    days, years = [n for n in numbers if n <= 31], [n for n in numbers if n >= 1000]
    if len(named) != 1 or len(days) != 1 or len(years) > 1 or len(days) + len(years) != len(numbers):
        return None
    if years:
        return _made(years[0], named[0], days[0])
    this_year = _made(today.year, named[0], days[0])
    return this_year if this_year and this_year >= today else _made(today.year + 1, named[0], days[0])


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 2000 <= year <= 2200 else None
    except ValueError:
        return None


def _time(text: str, default: time) -> time | None:
    """The time of day; the default when none is written, None when there is no such time."""
    found = TIME.search(text)
    if found is None:
        return default
    hour, minute = int(found[1]), int(found[2] or 0)
    if (hour, minute) == (24, 0):
        return END_OF_DAY
    return time(hour, minute) if hour < 24 and minute < 60 else None
