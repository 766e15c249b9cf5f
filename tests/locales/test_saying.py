"""A message is always said: in the person's language, else in English, never blank, never with an error."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.domain.messages import M, Message
from locales.words import HTML, PLAIN, TELEGRAM, Words
from tests.locales.shelves import make_words, shelf, write


@pytest.fixture
def words(tmp_path: Path) -> Words:
    return make_words(tmp_path)


def test_a_message_is_said_in_the_language_of_the_person(words: Words) -> None:
    assert words.say(M("home.title"), "fr") == "Vos fiches"
    assert words.say(M("home.title"), "ar") == "مشاركاتكم"


def test_values_take_their_place(words: Words) -> None:
    assert words.say(M("home.greeting", name="Léman"), "fr") == "Heureux de vous retrouver\u00a0: Léman."


@pytest.mark.feature("I4")
def test_what_is_not_translated_is_said_in_english(tmp_path: Path) -> None:
    words = make_words(tmp_path, fr={"home.saved": ""})
    assert words.say(M("home.saved"), "fr") == "Every answer is saved at once."


@pytest.mark.feature("I4")
def test_a_translation_that_waits_for_a_check_is_not_shown(tmp_path: Path) -> None:
    path = shelf(tmp_path) / "fr" / "texts.po"
    path.write_text(path.read_text("utf-8").replace('msgid "home.title"', '#, fuzzy\nmsgid "home.title"'), "utf-8")
    assert Words.load(tmp_path).say(M("home.title"), "fr") == "Your entries"


@pytest.mark.feature("I4")
def test_half_a_plural_is_not_shown(tmp_path: Path) -> None:
    words = make_words(tmp_path, ru={"drafts.count": ("{count} черновик", "", "")})
    assert words.say(M("drafts.count", 5), "ru") == "5 drafts"


def test_a_language_that_is_not_offered_is_answered_in_english(words: Words) -> None:
    assert words.say(M("home.title"), "sw") == "Your entries"


def test_a_key_without_any_text_is_shown_as_itself(words: Words) -> None:
    assert words.say(M("nobody.wrote.this"), "fr") == "[nobody.wrote.this]"


def test_a_forgotten_value_leaves_a_gap_and_no_error(words: Words) -> None:
    assert words.say(M("home.greeting"), "en") == "Welcome back to …."


def test_a_broken_file_costs_only_its_own_texts(tmp_path: Path) -> None:
    shelf(tmp_path)
    write(tmp_path, "fr", {"choice.next": "Suite"}, domain="more")
    (tmp_path / "fr" / "texts.po").write_text('msgid "home.title"\nmsgstr "Vos', "utf-8")
    words = Words.load(tmp_path)
    assert words.say(M("choice.next"), "fr") == "Suite"
    assert words.say(M("home.title"), "fr") == "Your entries"


def test_a_message_may_hold_a_message(words: Words) -> None:
    assert words.say(M("home.greeting", name=M("home.title")), "ru") == "С возвращением к «Ваши заявки»."


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "لا مسودات"),
        (1, "مسودة واحدة"),
        (2, "مسودتان"),
        (3, "3 مسودات"),
        (10, "10 مسودات"),
        (11, "11 مسودة"),
        (99, "99 مسودة"),
        (100, "100 مسودة في المجموع"),
        (102, "102 مسودة في المجموع"),
        (103, "103 مسودات"),
    ],
)
def test_arabic_counts_in_six_ways(words: Words, count: int, said: str) -> None:
    assert words.say(M("drafts.count", count), "ar") == said


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "1 черновик"), (2, "2 черновика"), (5, "5 черновиков"), (11, "11 черновиков"), (21, "21 черновик")],
)
def test_russian_counts_in_three_ways(words: Words, count: int, said: str) -> None:
    assert words.say(M("drafts.count", count), "ru") == said


def test_a_plural_that_falls_back_follows_english(tmp_path: Path) -> None:
    words = make_words(tmp_path, ru={"drafts.count": ("", "", "")})
    assert words.say(M("drafts.count", 21), "ru") == "21 drafts"


def test_each_channel_escapes_what_it_must(words: Words) -> None:
    message = M("home.greeting", name='<b>"A & B"</b>')
    assert words.say(message, "en", markup=PLAIN) == 'Welcome back to <b>"A & B"</b>.'
    assert words.say(message, "en", markup=HTML) == "Welcome back to &lt;b&gt;&quot;A &amp; B&quot;&lt;/b&gt;."
    assert words.say(message, "en", markup=TELEGRAM) == 'Welcome back to &lt;b&gt;"A &amp; B"&lt;/b&gt;.'


@pytest.mark.feature("I2")
@pytest.mark.parametrize(
    ("tag", "offered"),
    [
        ("fr", "fr"),
        ("fr-CA", "fr"),
        ("AR-eg", "ar"),
        ("ru_RU", "ru"),
        ("en-GB", "en"),
        ("be", "ru"),
        ("ht-HT", "fr"),
        ("arz", "ar"),
        ("de", "en"),
        ("", "en"),
        ("-", "en"),
        (None, "en"),
    ],
)
def test_the_first_language_is_the_nearest_to_that_of_the_app(words: Words, tag: str | None, offered: str) -> None:
    assert words.offered(tag) == offered


@pytest.mark.feature("I2")
def test_readers_of_portuguese_are_offered_spanish_until_there_is_portuguese(tmp_path: Path) -> None:
    write(shelf(tmp_path), "es", {"home.title": "Sus iniciativas"})
    assert Words.load(tmp_path).offered("pt-BR") == "es"
    write(tmp_path, "pt", {"home.title": "As suas iniciativas"})
    assert Words.load(tmp_path).offered("pt-BR") == "pt"


@given(st.text(), st.dictionaries(st.sampled_from(["name", "count", "x"]), st.text() | st.integers()))
def test_no_text_and_no_value_ever_raises(text: str, values: dict[str, str | int]) -> None:
    class Fixed(Words):
        def forms(self, language: str, key: str) -> tuple[str, ...]:
            return (text,)

    words = Words.ours()
    message = Message("home.title", values)
    for markup in (PLAIN, HTML, TELEGRAM):
        words.say(text, "ar", markup=markup)
        assert words.say(message, "ar", markup=markup)
