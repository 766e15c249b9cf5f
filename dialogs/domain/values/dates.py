"""Dates of an activity as they are kept: a month, `2016-03`, or a year alone, `2016`."""

from __future__ import annotations

import re

from dialogs.domain.messages import Code, Month, Value

__all__ = ["YEAR", "date_shown", "first_month", "last_month"]

YEAR = re.compile(r"\d{4}", re.ASCII)


def first_month(date: str) -> Month:
    """The first month that a date can mean: January, when it is a year alone. ValueError: it is no such date."""
    return Month(int(date), 1) if YEAR.fullmatch(date) else Month.parse(date)


def last_month(date: str) -> Month:
    """The last month that a date can mean: December, when it is a year alone. ValueError: it is no such date."""
    return Month(int(date), 12) if YEAR.fullmatch(date) else Month.parse(date)


def date_shown(date: str) -> Value:
    """A date as it is shown: the month in its reader's language, or the year."""
    return Code(date) if YEAR.fullmatch(date) else Month.parse(date)
