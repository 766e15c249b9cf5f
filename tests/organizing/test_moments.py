"""Moments as organizers write them, in Geneva's time unless they say otherwise."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dialogs.domain.messages import Message
from dialogs.organizers.datetime_input import END_OF_DAY, MORNING, read_moment
from tests.driver import MACHINE

TODAY = date(2026, 11, 20)
MONTHS = MACHINE.world.vocabulary.months


def read(text: str, default=END_OF_DAY):  # type: ignore[no-untyped-def]
    return read_moment(text, MONTHS, "Europe/Zurich", default, TODAY)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2027-03-01 18:00", datetime(2027, 3, 1, 17, tzinfo=UTC)),
        ("2027-02-22T09:00", datetime(2027, 2, 22, 8, tzinfo=UTC)),
        ("1.3.2027 18:00", datetime(2027, 3, 1, 17, tzinfo=UTC)),
        ("01/03/2027 at 18h00", datetime(2027, 3, 1, 17, tzinfo=UTC)),
        ("1 March 2027, 18:00 UTC", datetime(2027, 3, 1, 18, tzinfo=UTC)),
        ("1 mars 2027 18:00", datetime(2027, 3, 1, 17, tzinfo=UTC)),
        ("1 марта 2027 18:00", datetime(2027, 3, 1, 17, tzinfo=UTC)),
        ("٢٠٢٧-٠٣-٠١ ١٨:٠٠", datetime(2027, 3, 1, 17, tzinfo=UTC)),
        ("March 1, 2027 10:00 Asia/Tokyo", datetime(2027, 3, 1, 1, tzinfo=UTC)),
        ("2027-03-01T18:00+03:00", datetime(2027, 3, 1, 15, tzinfo=UTC)),
        ("2027-03-01 18:00 UTC-5", datetime(2027, 3, 1, 23, tzinfo=UTC)),
        ("1 March 2027 18:00 GMT+5:30", datetime(2027, 3, 1, 12, 30, tzinfo=UTC)),
        ("2027-03-01 18:00 Africa/Nairobi", datetime(2027, 3, 1, 15, tzinfo=UTC)),
        ("2027-03-01 18:00 Nairobi", datetime(2027, 3, 1, 15, tzinfo=UTC)),
        ("1 March 2027, 6 pm New York", datetime(2027, 3, 1, 23, tzinfo=UTC)),
        ("1 March 2027 at 12:30 a.m.", datetime(2027, 2, 28, 23, 30, tzinfo=UTC)),
        ("18:00 on 1 March 2027", datetime(2027, 3, 1, 17, tzinfo=UTC)),
        ("1 March 2027 18:00 Geneva time", datetime(2027, 3, 1, 17, tzinfo=UTC)),
        ("Monday, 1 March 2027", datetime(2027, 3, 1, 22, 59, 59, 999_999, tzinfo=UTC)),
        ("1 July 2027 9:00", datetime(2027, 7, 1, 7, tzinfo=UTC)),
        ("1 March", datetime(2027, 3, 1, 22, 59, 59, 999_999, tzinfo=UTC)),
        ("24 December 12:00", datetime(2026, 12, 24, 11, tzinfo=UTC)),
        ("2027-03-01 24:00", datetime(2027, 3, 1, 22, 59, 59, 999_999, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_as_it_is_written(text: str, moment: datetime) -> None:
    assert read(text) == moment


def test_a_date_alone_has_the_time_that_fits() -> None:
    assert read("2027-03-01", MORNING) == datetime(2027, 3, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("soon", "moment.not_understood"),
        ("2027-02-30", "moment.not_understood"),
        ("1 2 3", "moment.not_understood"),
        ("1 March 2027 10:00 Mars/Olympus", "moment.not_understood"),
        ("2027-03-01 18:00 Atlantis", "moment.not_understood"),
        ("2027-03-01 18:00 UTC+25", "moment.not_understood"),
        ("1 March 2027 13 pm", "moment.no_such_time"),
        ("2027-03-01 25:00", "moment.no_such_time"),
        ("2027-03-28 02:30", "moment.skipped"),
        ("", "moment.not_understood"),
    ],
)
def test_what_is_no_moment_is_refused_and_never_guessed(text: str, key: str) -> None:
    refused = read(text)
    assert isinstance(refused, Message) and refused.key == key
