"""What people type is understood in every language, whichever they read."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialogs.knowledge import countries
from dialogs.text.normalize import normalize
from dialogs.text.vocabulary import Vocabulary
from dialogs.text_input import INTENTS
from locales.vocabulary import build
from locales.words import Words
from tests.locales.shelves import make_words, write


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return build(Words.ours())


@pytest.mark.feature("N2", "C9")
def test_an_option_is_known_by_its_name_in_every_language(tmp_path: Path) -> None:
    vocabulary = build(make_words(tmp_path))
    assert set(vocabulary.labels["option.size.S"]) == {"Small", "Petit", "صغير", "Малый"}


@pytest.mark.feature("C9")
def test_a_button_is_known_by_its_text_without_the_values_on_it(tmp_path: Path) -> None:
    words = make_words(tmp_path)
    write(tmp_path, "fr", {"choice.next_page": "Suite ({page} sur {pages})", "choice.resume": "Reprendre : {name}"})
    write(tmp_path, "ru", {"choice.entry": "{title} ({reference})"}, domain="more")
    vocabulary = build(words)
    assert vocabulary.labels["choice.next_page"] == ("Suite",)
    assert vocabulary.labels["choice.resume"] == ("Reprendre",)
    assert "choice.entry" not in vocabulary.labels


def test_every_button_the_conversation_has_can_be_typed(vocabulary: Vocabulary) -> None:
    english = Words.ours()
    plain = {key for key in english.keys("en") if key.startswith("choice.") and "{" not in english.forms("en", key)[-1]}
    assert plain
    assert plain <= vocabulary.labels.keys()


@pytest.mark.feature("N2")
@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("CN", ("China", "Chine", "Китай", "中国", "الصين", "CN", "CHN", "КНР")),
        ("US", ("United States", "USA", "EE. UU.", "États-Unis", "США", "美国", "أمريكا")),
        ("GB", ("UK", "Great Britain", "Royaume-Uni", "英国")),
        ("CD", ("RDC", "DR Congo", "Democratic Republic of the Congo", "ДР Конго")),
        ("CZ", ("Czech Republic", "Tchéquie", "捷克")),
        ("KR", ("South Korea", "Republic of Korea", "大韩民国")),
        ("PS", ("Palestine", "State of Palestine", "دولة فلسطين")),
    ],
)
def test_a_country_is_known_by_the_names_people_give_it(
    vocabulary: Vocabulary, code: str, names: tuple[str, ...]
) -> None:
    known = {normalize(label) for label in vocabulary.labels[f"country.{code}"]}
    assert {normalize(name) for name in names} <= known


def test_every_member_state_has_names(vocabulary: Vocabulary) -> None:
    assert len(countries.MEMBERS) == 195
    for code in countries.MEMBERS:
        known = vocabulary.labels[f"country.{code}"]
        assert any(len(name) == 3 and name.isascii() and name.isupper() for name in known), code
        assert any(len(name) == 3 and name.isdigit() for name in known), code


def test_no_two_countries_share_a_name(vocabulary: Vocabulary) -> None:
    owners: dict[str, set[str]] = {}
    for code in countries.MEMBERS:
        for label in vocabulary.labels[f"country.{code}"]:
            owners.setdefault(normalize(label), set()).add(code)
    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}


def test_languages_are_known_by_their_names_everywhere(vocabulary: Vocabulary) -> None:
    assert {"العربية", "Arabic", "árabe", "arabe", "арабский", "阿拉伯语"} <= set(vocabulary.labels["language.ar"])


@pytest.mark.parametrize(
    ("name", "number"),
    [
        *(("March", 3), ("mars", 3), ("marzo", 3), ("марта", 3), ("март", 3), ("三月", 3), ("3月", 3), ("مارس", 3)),
        *(("Sept", 9), ("févr.", 2), ("août", 8), ("дек.", 12), ("آذار", 3), ("كانون الثاني", 1), ("جويلية", 7)),
    ],
)
def test_months_are_known_by_their_names_long_and_short(vocabulary: Vocabulary, name: str, number: int) -> None:
    assert vocabulary.months[normalize(name)] == number


def test_a_word_wants_the_same_in_any_case_and_with_or_without_accents(tmp_path: Path) -> None:
    vocabulary = build(make_words(tmp_path))
    for typed in ("D’ACCORD", "ok", "Да", "موافق"):
        assert vocabulary.intents[normalize(typed)] == "yes"
    assert vocabulary.intents[normalize("Назад")] == "back"


def test_there_are_words_for_everything_that_can_be_wanted(vocabulary: Vocabulary) -> None:
    assert set(INTENTS) <= set(vocabulary.intents.values())


def test_no_name_is_empty_once_it_is_folded(vocabulary: Vocabulary) -> None:
    assert all(normalize(label) for labels in vocabulary.labels.values() for label in labels)
    assert all(vocabulary.months)
    assert all(vocabulary.intents)
