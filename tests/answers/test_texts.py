"""Texts: tidied without losing anything, counted as people see them, refused with the count and the limit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.answers.long_text import tidy, words
from dialogs.answers.readers import Accepted, check
from dialogs.answers.text import characters
from tests.answers.asking import accepted, context, question, reading, refused

SEEN = [
    ("abc", 3),
    ("é", 1),
    ("e\u0301", 1),
    ("👍🏽", 1),
    ("👩‍👩‍👧", 1),
    ("🇰🇪", 1),
    ("🇰🇪🇺🇬", 2),
    ("مُ", 1),
    ("中国", 2),
    ("", 0),
]

COUNTED = [
    ("one two three", "en", 3),
    ("one — two", "en", 2),
    ("• one\n• two", "en", 2),
    ("l'été dernier", "fr", 2),
    ("خمس كلمات في هذا النص", "ar", 5),
    ("信息通信技术促进发展", "zh", 5),
    ("使用 AI 技术", "zh", 3),
    ("信息社会", "en", 2),
    ("", "en", 0),
]


@pytest.mark.parametrize(("text", "count"), SEEN)
def test_characters_are_counted_as_they_are_seen(text: str, count: int) -> None:
    assert characters(text) == count


@pytest.mark.feature("Q1")
@pytest.mark.parametrize(("text", "language", "count"), COUNTED)
def test_words_are_counted_as_the_script_does(text: str, language: str, count: int) -> None:
    assert words(text, language) == count


@pytest.mark.feature("Q1", "C12")
def test_a_text_that_is_too_long_is_told_its_length_and_the_limit() -> None:
    message = refused(reading("text", "x" * 130, max_chars=120))
    assert (message.key, message.count) == ("reading.text.too_long", 130)
    assert (message.values["max"], message.values["over"]) == (120, 10)
    assert accepted(reading("text", "x" * 120, max_chars=120)) == "x" * 120


@pytest.mark.feature("Q1", "C12")
def test_too_few_and_too_many_words_are_told_the_count() -> None:
    few = refused(reading("long_text", "one two", min_words=5, max_words=8))
    many = refused(reading("long_text", "one two " * 5, min_words=5, max_words=8))
    assert (few.key, few.count, few.values["missing"]) == ("reading.words.too_few", 2, 3)
    assert (many.key, many.count, many.values["over"]) == ("reading.words.too_many", 10, 2)


def test_a_short_text_is_one_line_without_hidden_characters() -> None:
    assert accepted(reading("text", "  A\u202eB\x00  C\nD ")) == "AB C D"


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "\u202e\u2066", "\n\t"])
def test_nothing_to_see_is_no_text(text: str) -> None:
    assert refused(reading("text", text)).key == "reading.text.empty"
    assert refused(reading("long_text", text)).key == "reading.text.empty"


def test_paragraphs_of_a_long_text_are_kept() -> None:
    assert accepted(reading("long_text", "one\r\n\r\n\r\n\r\ntwo  \n- three ")) == "one\n\ntwo\n- three"


def test_joiners_that_persian_and_emoji_need_are_kept() -> None:
    assert tidy("می\u200cخواهم 👩\u200d👧") == "می\u200cخواهم 👩\u200d👧"


@given(st.text())
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(st.text(), st.sampled_from(["text", "long_text"]))
def test_what_is_accepted_checks_clean_and_can_be_stored(text: str, kind: str) -> None:
    outcome = reading(kind, text, max_chars=40)
    if isinstance(outcome, Accepted):
        assert check(question(kind, max_chars=40), outcome.value, context()) is None
        assert "\x00" not in outcome.value
        outcome.value.encode("utf-8")
