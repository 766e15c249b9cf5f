"""Mixed text reads in the right order: what runs the other way is isolated."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.domain.messages import Code, Country, LanguageName, Listing, M
from locales.direction import isolated, led_rtl, strays, tame
from locales.words import HTML, PLAIN, TELEGRAM, Markup, Words
from tests.locales.shelves import make_words, write

FSI, LRI, PDI, RLM = "\u2068", "\u2066", "\u2069", "\u200f"


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Words:
    folder = tmp_path_factory.mktemp("shelves")
    words = make_words(folder)
    write(folder, "ar", {"choice.entry": "{title} ({reference})"}, domain="more")
    return words


def test_languages_know_their_direction(words: Words) -> None:
    assert [words.direction(language) for language in ("ar", "en", "ru", "zh", "fa", "he")] == [
        *("rtl", "ltr", "ltr", "ltr", "rtl", "rtl"),
    ]


def test_names_in_an_arabic_text_are_isolated(words: Words) -> None:
    assert words.say(M("home.greeting", name="LakeNet"), "ar") == f"مرحبًا بعودتكم إلى {FSI}LakeNet{PDI}."


def test_codes_in_an_arabic_text_run_left_to_right(words: Words) -> None:
    assert words.say(M("home.greeting", name=Code("9.c")), "ar") == f"مرحبًا بعودتكم إلى {LRI}9.c{PDI}."


def test_an_arabic_name_in_an_english_text_is_isolated(words: Words) -> None:
    assert words.say(M("home.greeting", name="واحة"), "en") == f"Welcome back to {FSI}واحة{PDI}."


def test_a_latin_name_in_an_english_text_is_left_as_it_is(words: Words) -> None:
    assert words.say(M("home.greeting", name="Oasis"), "en") == "Welcome back to Oasis."


def test_arabic_names_of_countries_need_no_isolation_in_arabic(words: Words) -> None:
    assert words.say(M("home.greeting", name=Country("KE")), "ar") == "مرحبًا بعودتكم إلى كينيا."
    assert words.say(M("home.greeting", name=LanguageName("fr")), "ar") == f"مرحبًا بعودتكم إلى {FSI}Français{PDI}."


def test_each_item_of_a_list_is_isolated(words: Words) -> None:
    assert words.say(Listing((Code("C1"), Code("C2"))), "ar") == f"{RLM}{LRI}C1{PDI} و{LRI}C2{PDI}"


def test_an_arabic_line_that_begins_with_a_name_is_still_an_arabic_line(words: Words) -> None:
    shown = words.say(Listing(("LakeNet", Country("KE"))), "ar")
    assert shown.startswith(RLM)


@pytest.mark.feature("I5")
@pytest.mark.parametrize("markup", [PLAIN, HTML, TELEGRAM])
def test_commands_in_an_arabic_text_keep_their_slash_in_front(words: Words, markup: Markup) -> None:
    assert f"أرسلوا {LRI}/help{PDI} خلال" in words.say(M("home.help"), "ar", markup=markup)
    assert "send /help within" in words.say(M("home.help"), "en", markup=markup)


@pytest.mark.feature("I5")
def test_every_command_in_our_arabic_texts_is_apart_and_still_one_for_telegram() -> None:
    shipped = Words.ours()
    found = 0
    for key in shipped.keys("ar"):
        for form in shipped.forms("ar", key):
            shown = shipped.say(M(key, *((3,) if len(shipped.forms("ar", key)) > 1 else ())), "ar", markup=TELEGRAM)
            for command in TELEGRAMS_COMMAND.finditer(form):
                assert f"{LRI}{command.group()}{PDI}" in shown, key
                assert command.group() in [each.group() for each in TELEGRAMS_COMMAND.finditer(shown)], key
                found += 1
    assert found > 20


TELEGRAMS_COMMAND = re.compile(r"(?<![\w/<>])/(\w{1,64})(?:@(\w{3,32}))?(?![\w/<>])")
"""What makes a command of a text on Telegram's side (tdlib, `MessageEntity.cpp`, find_bot_commands)."""


def test_text_that_falls_back_to_english_keeps_its_own_order(tmp_path: Path) -> None:
    words = make_words(tmp_path, ar={"home.saved": ""})
    assert words.say(M("home.saved"), "ar") == f"{FSI}Every answer is saved at once.{PDI}"


def test_nobody_can_turn_the_text_around_them(words: Words) -> None:
    hostile = "abc\u202egnp.exe\u2069\u2066"
    assert words.say(M("home.greeting", name=hostile), "en") == "Welcome back to abcgnp.exe."
    assert words.say(hostile, "en") == "abcgnp.exe"


def test_a_text_of_several_lines_is_isolated_line_by_line(words: Words) -> None:
    shown = words.say(M("home.greeting", name="one\n\ntwo"), "ar")
    assert f"{FSI}one{PDI}\n\n{FSI}two{PDI}" in shown


@given(st.text())
def test_a_tamed_text_has_no_controls_and_isolates_stay_balanced(text: str) -> None:
    wrapped = isolated(tame(text))
    assert wrapped.count(FSI) == wrapped.count(PDI)
    assert not strays(wrapped, "ltr")
    assert not strays(wrapped, "rtl")


@given(st.text())
def test_leading_a_line_changes_nothing_else(text: str) -> None:
    assert led_rtl(text).replace(RLM, "") == text.replace(RLM, "")
