"""Dates, numbers, lists, sizes, countries, languages: after CLDR, in each of the six languages."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.domain.messages import Code, Country, LanguageName, Listing, M, Message, Moment, Month, Size, Value
from locales.words import PLAIN, TELEGRAM, Words
from tests.locales.shelves import make_words

SIX = ("ar", "en", "es", "fr", "ru", "zh")
DEADLINE = Moment(datetime(2027, 3, 1, 22, 59, tzinfo=UTC))
"""23:59 in Geneva on 1 March 2027."""


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Words:
    return make_words(tmp_path_factory.mktemp("shelves"))


def said(words: Words, value: Value) -> tuple[str, ...]:
    """A value in the six languages, alphabetically by code, with ordinary spaces."""
    return tuple(re.sub("[\u00a0\u202f]", " ", words.say(value, language)) for language in SIX)


def test_numbers_are_grouped_as_the_language_does(words: Words) -> None:
    assert said(words, 140000) == ("140,000", "140,000", "140.000", "140 000", "140 000", "140,000")


def test_months_are_named(words: Words) -> None:
    assert said(words, Month(2015, 3)) == (
        *("مارس 2015", "March 2015", "marzo de 2015", "mars 2015", "март 2015 г.", "2015年3月"),
    )


def test_days_are_written_out(words: Words) -> None:
    assert said(words, Moment(DEADLINE.at, date_only=True)) == (
        *("1 مارس 2027", "1 March 2027", "1 de marzo de 2027", "1er mars 2027", "1 марта 2027 г.", "2027年3月1日"),
    )


@pytest.mark.parametrize("day", [1, 2, 10, 11, 21, 31])
def test_only_the_first_of_a_month_is_an_ordinal_in_french(words: Words, day: int) -> None:
    said = words.say(Moment(datetime(2027, 1, day, 12, tzinfo=UTC), date_only=True), "fr")
    assert said == f"{'1er' if day == 1 else day} janvier 2027"


def test_sizes_have_the_units_of_the_language(words: Words) -> None:
    assert said(words, Size(1_500_000)) == ("1.5 م.ب", "1.5 MB", "1,5 MB", "1,5 Mo", "1,5 МБ", "1.5 MB")
    assert words.say(Size(900), "en") == "0.9 kB"
    assert words.say(Size(0), "en") == "0 kB"


def test_lists_end_in_and_or_or(words: Words) -> None:
    listing = Listing(("A", "B", "C"))
    assert [words.say(listing, language) for language in ("en", "es", "fr", "ru", "zh")] == [
        *("A, B and C", "A, B y C", "A, B et C", "A, B и C", "A、B和C"),
    ]
    assert words.say(Listing(("A", "B"), "or"), "fr") == "A ou B"
    assert words.say(Listing(()), "en") == ""
    assert words.say(Listing((Country("FR"), 3, Code("C7"))), "en") == "France, 3 and C7"


def test_countries_have_their_names(words: Words) -> None:
    assert said(words, Country("CN")) == ("الصين", "China", "China", "Chine", "Китай", "中国")
    assert words.say(Country("??"), "en") == "[country.??]"


def test_the_united_nations_names_of_countries_come_before_those_of_cldr() -> None:
    assert Words.ours().say(Country("PS"), "en") == "State of Palestine"
    assert Words.ours().say(Country("INT"), "en") == "International (no single country)"


def test_languages_are_named_in_themselves_or_in_that_of_the_reader(words: Words) -> None:
    assert [words.say(LanguageName(code), "en") for code in SIX] == [
        *("العربية", "English", "Español", "Français", "Русский", "中文"),
    ]
    assert words.say(LanguageName("es", own=False), "fr") == "espagnol"


@pytest.mark.feature("E3", "N5")
def test_a_moment_is_said_in_the_own_clock_and_in_genevas(words: Words) -> None:
    assert words.say(DEADLINE, "en", zone="Africa/Nairobi") == (
        "2 March 2027, 01:59 your time (1 March 2027, 23:59 Geneva time)"
    )
    assert words.say(DEADLINE, "fr", zone="America/New_York") == "1er mars 2027, 17:59 chez vous (23:59 à Genève)"


@pytest.mark.feature("E3")
def test_who_shares_genevas_clock_reads_one_time(words: Words) -> None:
    for zone in ("Europe/Paris", "Europe/Zurich", None, "No/Where"):
        assert words.say(DEADLINE, "en", zone=zone) == "1 March 2027, 23:59 (Geneva time)"


@pytest.mark.feature("E3", "N5")
@pytest.mark.parametrize("language", SIX)
def test_telegram_shows_a_moment_in_the_clock_of_the_phone_with_genevas_beside_it(language: str) -> None:
    shown = Words.ours().say(M("call.closes", closes=DEADLINE), language, markup=TELEGRAM)
    entity = re.search(r'<tg-time unix="(\d+)" format="(r|w?[dD]?[tT]?)">([^<]+)</tg-time>', shown)
    assert entity is not None
    assert int(entity[1]) == int(DEADLINE.at.timestamp())
    assert shown.count("59") >= 2


@given(st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC)), st.sampled_from(SIX))
def test_every_moment_can_be_said_everywhere(at: datetime, language: str) -> None:
    words = Words.ours()
    for zone in (None, "Pacific/Kiritimati", "America/St_Johns"):
        for markup in (PLAIN, TELEGRAM):
            assert words.say(Moment(at), language, zone=zone, markup=markup)


@given(st.integers(0, 10**13), st.sampled_from(SIX))
def test_every_size_can_be_said(size: int, language: str) -> None:
    assert Words.ours().say(Size(size), language)


def test_codes_keep_latin_letters_and_digits_in_every_language(words: Words) -> None:
    for language in SIX:
        assert "WSIS-2027-0042" in words.say(Code("WSIS-2027-0042"), language)


def test_the_made_up_language_marks_every_text(tmp_path: Path) -> None:
    words = make_words(tmp_path).pseudo()
    assert "en-XA" in words.languages
    shown = words.say(M("home.greeting", name="Léman"), "en-XA")
    assert shown.startswith("⟦Wélçömé báçk ťö Léman.")
    assert shown.endswith("~⟧")
    assert words.say(M("drafts.count", 4), "en-XA").startswith("⟦4 ďráfťš")


@pytest.mark.parametrize(
    ("language", "codes"),
    [
        ("en", "AT EG IN US"),
        ("fr", "AT EG US IN"),
        ("es", "AT EG US IN"),
        ("ru", "AT EG IN US"),
        ("zh", "EG AT US IN"),
        ("ar", "AT IN US EG"),
    ],
)
def test_countries_are_sorted_as_readers_look_for_them(words: Words, language: str, codes: str) -> None:
    """Égypte stands with E; Chinese goes by pinyin: Aiji, Aodili, Meiguo, Yindu."""
    countries = [Country(code) for code in ("US", "IN", "EG", "AT")]
    assert words.in_order(countries, language) == [Country(code) for code in codes.split()]


def test_names_that_hold_an_and_are_parted_so_that_each_is_one() -> None:
    words = Words.ours()
    named = tuple(Message(f"option.beneficiaries.{code}") for code in ("women", "youth", "farmers"))
    assert [words.say(Listing(named), language).replace("\u202f", " ") for language in ("en", "fr", "zh")] == [
        "Women and girls; Children and young people; Farmers and fishers",
        "Femmes et filles ; Enfants et jeunes ; Agriculteurs et pêcheurs",
        "妇女和女童；儿童和青年；农民和渔民",
    ]
    kinds = tuple(Message(f"option.impact_kinds.{code}") for code in ("economic", "social"))
    assert words.say(Listing(kinds), "en") == "Economic and Social"


def anything() -> st.SearchStrategy[Value]:
    """Any value at all, nested as messages and lists nest."""
    moments = st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))
    plain = st.one_of(
        st.text(max_size=20),
        st.integers(0, 10**9),
        st.builds(Code, st.text(max_size=12)),
        st.builds(Country, st.sampled_from(["KE", "CD", "INT", "XX"])),
        st.builds(LanguageName, st.sampled_from([*SIX, "sw", "xx"]), st.booleans()),
        st.builds(Size, st.integers(0, 10**12)),
        st.builds(Month, st.integers(1990, 2060), st.integers(1, 12)),
        st.builds(Moment, moments, st.booleans()),
    )
    return st.recursive(
        plain,
        lambda inner: st.one_of(
            st.builds(lambda items, style: Listing(tuple(items), style), st.lists(inner, max_size=4), STYLES),
            st.builds(lambda value: M("home.greeting", name=value), inner),
        ),
        max_leaves=6,
    )


STYLES = st.sampled_from(["and", "or"])


@given(anything(), st.sampled_from(SIX), st.sampled_from([None, "Asia/Kathmandu"]))
def test_every_value_can_be_said_in_every_language_safely(
    words: Words, value: Value, language: str, zone: str | None
) -> None:
    """Isolates are balanced, and Telegram finds no tag but its own."""
    plain = words.say(value, language, zone=zone)
    assert plain.count("\u2066") + plain.count("\u2068") == plain.count("\u2069")
    telegram = words.say(value, language, zone=zone, markup=TELEGRAM)
    entity = r'<tg-time unix="-?\d+" format="wDt">[^<>]+</tg-time>'
    assert not re.search("[<>]", re.sub(entity, "", telegram))
