"""Real values for placeholders, to see every message as people will: long names, mixed scripts, dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from dialogs.domain.messages import Code, Country, LanguageName, Listing, Message, Moment, Month, Size, Value

__all__ = ["COUNTS", "sample"]

LONG_NAME = "Rural Women's Digital Skills Initiative (النساء والمهارات الرقمية) & Partners <2027>"
MOMENT = Moment(datetime(2027, 2, 28, 22, 59, tzinfo=UTC))

SAMPLES: Mapping[str, Value] = {
    **dict.fromkeys(("opens", "closes", "at", "when", "until", "moment", "geneva", "deadline", "time"), MOMENT),
    **dict.fromkeys(("month", "earliest", "latest", "first", "last", "start", "end"), Month(2015, 3)),
    **dict.fromkeys(("reference", "code", "command", "address", "link", "url", "email"), Code("WSIS-2027-01234")),
    **dict.fromkeys(("number", "done", "total", "page", "pages", "words", "min", "max", "missing", "over"), 1234),
    **dict.fromkeys(("size", "limit"), Size(20_000_000)),
    **dict.fromkeys(("label", "line"), Message("action_line.C1")),
    "year": Code("2027"),
    "country": Country("CD"),
    "language": LanguageName("ar"),
    "lines": Listing((Code("C1"), Code("C7-ehea"), Code("C11"))),
}
"""By the name of the placeholder; whatever is not named here is somebody's own words."""

COUNTS = (0, 1, 2, 3, 5, 11, 21, 100, 1234)
"""Counts that between them meet every plural form of the six languages."""


def sample(name: str) -> Value:
    """A value for the placeholder `name`."""
    return SAMPLES.get(name, LONG_NAME)
