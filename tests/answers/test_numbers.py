"""Numbers are understood as people of each language write them, and never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.answers.readers import Accepted
from tests.answers.asking import accepted, reading, refused

PLAIN = [
    ("250", "en", 250),
    ("٢٥٠", "ar", 250),
    ("۲۵۰", "ar", 250),
    ("২৫০", "en", 250),
    ("२५०", "en", 250),
    ("２５０", "zh", 250),
    ("  42 ", "en", 42),
    ("0", "en", 0),
    ("007", "en", 7),
]

GROUPED = [
    ("1,234", "en", 1234),
    ("1,234,567", "zh", 1234567),
    ("1.234", "es", 1234),
    ("1.234.567", "fr", 1234567),
    ("1 234", "fr", 1234),
    ("1\u202f234\u00a0567", "fr", 1234567),
    ("1 234 567", "ru", 1234567),
    ("1'234", "fr", 1234),
    ("1.234,00", "es", 1234),
    ("1,234.00", "en", 1234),
    ("١٬٢٣٤", "ar", 1234),
    ("12,34,567", "en", 1234567),
    ("1,234,567", "es", 1234567),
]

IN_WORDS = [
    ("2 million", "en", 2_000_000),
    ("2.5 million", "en", 2_500_000),
    ("2,5 millions", "fr", 2_500_000),
    ("2 millones", "es", 2_000_000),
    ("3k", "en", 3_000),
    ("3 mille", "fr", 3_000),
    ("5 mil", "es", 5_000),
    ("2 mil millones", "es", 2_000_000_000),
    ("5 млн", "ru", 5_000_000),
    ("5 тысяч", "ru", 5_000),
    ("12 тыс.", "ru", 12_000),
    ("3 مليون", "ar", 3_000_000),
    ("٣ آلاف", "ar", 3_000),
    ("3万", "zh", 30_000),
    ("3万人", "zh", 30_000),
    ("200万", "zh", 2_000_000),
    ("1.5亿", "zh", 150_000_000),
    ("1 billion", "en", 1_000_000_000),
    ("about 250 people", "en", 250),
    ("about 480,000 mothers", "en", 480_000),
    ("environ 300 personnes", "fr", 300),
    ("~1500", "en", 1_500),
    ("около 40 человек", "ru", 40),
]

UNREAD = [
    ("many", "en", "reading.number.none"),
    ("", "en", "reading.number.none"),
    ("less than 200", "en", "reading.number.none"),
    ("between 200 and 300", "en", "reading.number.several"),
    ("200-300", "en", "reading.number.several"),
    ("50%", "en", "reading.number.percent"),
    ("2.5", "en", "reading.number.whole"),
    ("2,5", "fr", "reading.number.whole"),
    ("1.234", "en", "reading.number.thousand"),
    ("1,234", "fr", "reading.number.thousand"),
    ("2 billion", "fr", "reading.number.unclear"),
    ("1,23,4", "en", "reading.number.unclear"),
    ("3万5千", "zh", "reading.number.several"),
    ("-5", "en", "reading.number.too_small"),
    ("9000000001", "en", "reading.number.too_large"),
]


@pytest.mark.feature("Q2")
@pytest.mark.parametrize(("text", "language", "value"), PLAIN)
def test_digits_of_any_script_are_a_number(text: str, language: str, value: int) -> None:
    assert reading("number", text, language=language) == Accepted(value)


@pytest.mark.feature("Q2")
@pytest.mark.parametrize(("text", "language", "value"), [*GROUPED, *IN_WORDS])
def test_a_number_written_otherwise_is_understood_and_said_back(text: str, language: str, value: int) -> None:
    outcome = reading("number", text, language=language)
    assert accepted(outcome) == value
    assert isinstance(outcome, Accepted)
    assert outcome.note is not None
    assert outcome.note.values["number"] == value


@pytest.mark.feature("Q2", "C12")
@pytest.mark.parametrize(("text", "language", "key"), UNREAD)
def test_each_way_to_miss_a_number_has_its_own_answer(text: str, language: str, key: str) -> None:
    assert refused(reading("number", text, language=language, min=0, max=8_000_000_000)).key == key


@pytest.mark.feature("Q2", "C12")
def test_a_number_out_of_range_is_told_the_bound() -> None:
    message = refused(reading("number", "41", min=1, max=40))
    assert (message.values["number"], message.values["max"]) == (41, 40)


@given(st.integers(min_value=0, max_value=10**15), st.sampled_from(["en", "fr", "es", "ar", "ru", "zh"]))
def test_digits_alone_are_taken_as_they_are(number: int, language: str) -> None:
    assert accepted(reading("number", str(number), language=language)) == number


@given(st.integers(min_value=1000, max_value=10**12))
def test_grouping_as_the_language_does_gives_the_number_back(number: int) -> None:
    assert accepted(reading("number", f"{number:,}", language="en")) == number
    assert accepted(reading("number", f"{number:,}".replace(",", "."), language="es")) == number
    assert accepted(reading("number", f"{number:,}".replace(",", "\u202f"), language="fr")) == number
