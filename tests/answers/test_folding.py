"""Typed words are the same however they are spelt, capitalised, accented or encoded."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.text.normalize import normalize, western_digits, words_of

SAME = [
    ("Éducation de Qualité", "education de qualite"),
    ("STRASSE", "straße"),
    ("أهداف", "اهداف"),
    ("إدارة", "اداره"),
    ("مستشفى", "مستشفي"),
    ("کتاب", "كتاب"),
    ("العـــربية", "العربية"),
    ("مُحَمَّد", "محمد"),
    ("\u200fC7\u200e", "c7"),
    ("ＷＳＩＳ", "wsis"),
    ("٢٠١٥", "2015"),
    ("۲۰۱۵", "2015"),
    ("২০১৫", "2015"),
    ("२०१५", "2015"),
    ("e-health!", "E health"),
    ("ёлка", "елка"),
    ("Côte d’Ivoire", "cote d'ivoire"),
    ("two\n\nlines", "two lines"),
]


@pytest.mark.feature("C8")
@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_that_people_exchange_are_the_same(one: str, other: str) -> None:
    assert normalize(one) == normalize(other)


def test_different_words_stay_different() -> None:
    assert len({normalize(word) for word in ("Niger", "Nigeria", "نيجر", "尼日尔", "Нигер")}) == 5


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


@given(st.text())
def test_a_folded_text_has_no_edges_no_capitals_and_no_foreign_digits(text: str) -> None:
    folded = normalize(text)
    assert folded == folded.strip()
    assert "  " not in folded
    assert folded == western_digits(folded)


def test_words_hold_numbers_and_ideographs_apart() -> None:
    assert words_of("C7-ehea") == words_of("c 7 EHEA") == ("c", "7", "ehea")
    assert words_of("目标3") == ("目", "标", "3")


def test_long_texts_do_not_stay_in_memory() -> None:
    """What people write at length is folded to look for a few words in it; nothing of it is kept."""
    tracemalloc.start()
    try:
        words_of("warm")
        before, _ = tracemalloc.get_traced_memory()
        for number in range(100):
            words_of(f"{number} villages run networks of their own " * 100)
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 500_000
