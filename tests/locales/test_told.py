"""The inspection finds texts that tell people to write what is refused, and buttons that agree with one screen only."""

from __future__ import annotations

import pytest

from locales.tools.example_checks import refused
from locales.tools.inspection import AGREEING
from locales.vocabulary import build
from locales.words import Words

WORDS = Words.ours()


@pytest.mark.feature("N21")
@pytest.mark.parametrize(
    ("key", "language", "text", "found"),
    [
        ("contacts.row.language", "zh", "请填写阿拉伯语、中文、英语、法语、俄语或西班牙语", 0),
        ("contacts.row.language", "en", "Write Arabic, Chinese, English, French, Russian or Klingon", 1),
        ("reading.country.unknown", "en", "For example: Kenya, or KE.", 0),
        ("reading.country.unknown", "en", "For example: Wakanda, or KE.", 1),
        ("reading.yes_no.unclear", "ru", "Это «да» или «нет»?", 0),
        ("reading.yes_no.unclear", "ru", "Это «наверное» или «нет»?", 1),
        ("register.how", "es", "Por ejemplo: C7 ODS 4 Kenia solar", 0),
        ("register.how", "es", "Por ejemplo: C77 ODS 4 Kenia solar", 1),
        ("question.start_date.example", "fr", "mars 2024", 0),
        ("question.start_date.example", "fr", "le printemps 2024", 1),
    ],
)
def test_an_example_that_its_reader_refuses_is_a_fault(key: str, language: str, text: str, found: int) -> None:
    assert len(list(refused(key, text, build(WORDS), language))) == found


@pytest.mark.parametrize(
    ("language", "text", "agrees"),
    [
        *(("fr", "Aucune de celles-ci", True), ("fr", "Rien de tout cela", False), ("es", "Ninguna de estas", True)),
        *(("es", "Nada de esto", False), ("ru", "Ни одна из этих", True), ("ru", "Убрать этот ответ", False)),
        *(("ar", "لا، اتركوه كما هو", True), ("ar", "لا، بلا تغيير", False)),
    ],
)
def test_a_word_that_agrees_with_what_is_on_one_screen_is_seen(language: str, text: str, agrees: bool) -> None:
    assert bool(AGREEING[language].search(text)) is agrees
