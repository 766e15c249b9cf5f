"""Months are understood as people write them; every way to miss one has its own answer."""

from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from dialogs.answers.readers import Accepted, Uncertain, check, read
from dialogs.domain.messages import Month
from tests.answers.asking import LANGUAGES, accepted, context, question, reading, refused

WRITTEN = [
    "March 2015",
    "march, 2015",
    "Mar 2015",
    "2015 March",
    "03/2015",
    "3/2015",
    "03.2015",
    "03-2015",
    "2015-03",
    "2015/3",
    "201503",
    "mars 2015",
    "marzo de 2015",
    "март 2015",
    "марта 2015 г.",
    "в марте 2015 года",
    "مارس 2015",
    "آذار ٢٠١٥",
    "٢٠١٥-٠٣",
    "۲۰۱۵/۰۳",
    "2015年3月",
    "２０１５年３月",
    "2015年03月15日",
    "15 March 2015",
    "March 15, 2015",
    "15/03/2015",
    "03/15/2015",
    "2015-03-15",
    "Mrach 2015",
    "we began in March 2015",
    "nous avons commencé en mars 2015",
    "мы начали в марте 2015 года",
    "مارس/آذار 2015",
]

UNREAD = [
    ("2015", "reading.month.no_month"),
    ("in 2015", "reading.month.no_month"),
    ("٢٠١٥", "reading.month.no_month"),
    ("March", "reading.month.no_year"),
    ("mars", "reading.month.no_year"),
    ("March 15", "reading.month.short_year"),
    ("03/15", "reading.month.short_year"),
    ("13/2015", "reading.month.no_such_month"),
    ("0/2015", "reading.month.no_such_month"),
    ("03/04/2015", "reading.month.day_or_month"),
    ("1436-05", "reading.month.calendar"),
    ("2558", "reading.month.calendar"),
    ("ramadan 2015", "reading.month.not_understood"),
    ("", "reading.month.not_understood"),
    ("?", "reading.month.not_understood"),
    ("some time ago", "reading.month.not_understood"),
    ("March and April 2015", "reading.month.not_understood"),
    ("April 2027", "reading.month.to_come"),
]


@pytest.mark.feature("Q3")
@pytest.mark.parametrize("text", WRITTEN)
def test_a_month_is_understood_however_it_is_written(text: str) -> None:
    assert accepted(reading("month", text)) == "2015-03"


@pytest.mark.feature("Q3", "N2")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("pattern", ["MMMM y", "LLLL y", "MMM y"])
def test_cldrs_own_way_of_writing_each_month_is_understood(language: str, month: int, pattern: str) -> None:
    text = format_date(date(2019, month, 1), pattern, locale=language)
    assert accepted(reading("month", text, language="en")) == f"2019-{month:02d}"


@pytest.mark.feature("Q3", "C12")
@pytest.mark.parametrize(("text", "key"), UNREAD)
def test_each_way_to_miss_a_month_has_its_own_answer(text: str, key: str) -> None:
    assert refused(reading("month", text)).key == key


@pytest.mark.feature("Q3")
def test_day_and_month_stand_as_the_language_has_them() -> None:
    assert accepted(reading("month", "03/04/2015", language="fr")) == "2015-04"
    assert accepted(reading("month", "03/03/2015", language="en")) == "2015-03"


@pytest.mark.feature("Q3")
def test_a_month_to_come_is_taken_where_it_makes_sense() -> None:
    assert accepted(reading("month", "April 2027", ahead=True)) == "2027-04"
    assert refused(reading("month", "April 2099", ahead=True)).key == "reading.month.too_far"


@pytest.mark.feature("Q3", "C12")
def test_a_month_before_the_bound_is_told_the_bound() -> None:
    outcome = read(question("month"), "May 1989", context(not_before=Month(1990, 1)))
    assert refused(outcome).values["earliest"] == Month(1990, 1)
    assert accepted(read(question("month"), "January 1990", context(not_before=Month(1990, 1)))) == "1990-01"


@pytest.mark.feature("Q3")
def test_a_misspelt_month_is_said_back() -> None:
    outcome = reading("month", "Febuary 2015")
    assert isinstance(outcome, Accepted)
    assert outcome.note is not None
    assert outcome.note.values["month"] == Month(2015, 2)


@pytest.mark.feature("Q3")
@pytest.mark.parametrize("text", ["03/2015", "March 2015", "2015-03", "mars 2015"])
def test_a_month_and_a_year_need_not_be_said_back(text: str) -> None:
    assert reading("month", text) == Accepted("2015-03")


@pytest.mark.feature("Q3")
@pytest.mark.parametrize("text", ["15 March 2015", "2015-03-15", "201503", "25/03/2015"])
def test_what_has_more_or_fewer_parts_than_a_month_and_a_year_is_said_back(text: str) -> None:
    outcome = reading("month", text)
    assert isinstance(outcome, Accepted)
    assert outcome.value == "2015-03"
    assert outcome.note is not None
    assert outcome.note.values["month"] == Month(2015, 3)


@given(st.integers(1990, 2026), st.integers(1, 12), st.sampled_from(["{y}-{m:02}", "{m}/{y}", "{y}年{m}月", "{m}.{y}"]))
def test_digits_give_the_month_back(year: int, month: int, form: str) -> None:
    assert accepted(reading("month", form.format(y=year, m=month))) == f"{year}-{month:02d}"


@given(st.text(max_size=30))
def test_what_is_accepted_checks_clean(text: str) -> None:
    outcome = reading("month", text)
    assert not isinstance(outcome, Uncertain)
    if isinstance(outcome, Accepted):
        assert check(question("month"), outcome.value, context()) is None
