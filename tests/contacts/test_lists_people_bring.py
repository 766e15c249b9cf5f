"""Untidy lists of ten real shapes: every row with a usable address comes in, and nothing is something else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import cycle
from pathlib import Path

import pytest

from bot.contact_import.errors import ListError
from bot.contact_import.row_reader import Problem, Reader
from bot.contact_import.tables import tables_of
from dialogs.domain.messages import Country
from dialogs.knowledge.countries import MEMBERS
from dialogs.organizers.contacts.contact_cells import Cells
from dialogs.text.vocabulary import Vocabulary
from locales.vocabulary import build
from locales.words import Words
from storage.contacts.contacts import Contact
from tests.contacts.exports import libreoffice_ods, numbers_xlsx, of_google, of_outlook_french, text_file, wps_xlsx

ROWS = 30

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a workbook begins that Office has encrypted."""


@cache
def vocabulary() -> Vocabulary:
    return build(Words.ours())


def read(path: Path, name: str = "") -> tuple[list[Contact], list[Problem], Reader]:
    """The contacts of a list and what could not be read in it."""
    reader = Reader(vocabulary())
    found = list(reader.read(tables_of(path, name=name)))
    contacts = [each for each in found if isinstance(each, Contact)]
    return contacts, [each for each in found if isinstance(each, Problem)], reader


COUNTRIES = (
    *(("Kenya", "KE"), ("Korea (Rep. of)", "KR"), ("Côte d'Ivoire", "CI"), ("Nairobi", ""), ("N/A", ""), ("EU", "")),
    *(("Dem. Rep. of the Congo", "CD"), ("United Kingdom", "GB"), ("Taiwan", ""), ("Keniya", ""), ("", ""), ("-", "")),
    *(("the Gambia", "GM"), ("U.A.E.", "AE"), ("Bosnia and Herzegovina", "BA"), ("Zubrowka", ""), ("404", "KE")),
)
KINDS = (
    *(("NGO", "CSO"), ("University", "ACA"), ("Private sector", "BUS"), ("IGO", "INT"), ("Ministry", "GOV")),
    *(("Rock band", ""), ("", ""), ("UN Agency", "INT"), ("International Organisation", "INT"), ("n/a", "")),
)
LANGUAGES = (
    ("eng", "en"),
    ("EN, FR", ""),
    ("Portuguese", ""),
    ("fr-CA", "fr"),
    ("عربي", "ar"),
    ("", ""),
    ("中文", "zh"),
)
ADDRESSES = (
    "{}",
    " {} ",
    "mailto:{}",
    "Anna Maria <{}>",
    "<{}>",
    "{};",
    "{}, second.{}",
    "{} / other.{}",
    "\u200b{}\u200f",
    "{}.",
)


def untidy() -> Iterator[tuple[str, str, str, str, str, str]]:
    """Rows of (name, organisation, e-mail, country, language, kind), each a bit different."""
    columns = zip(cycle(ADDRESSES), cycle(COUNTRIES), cycle(LANGUAGES), cycle(KINDS), strict=False)
    for number, (form, (country, _), (language, _), (kind, _)) in enumerate(columns):
        if number == ROWS:
            return
        yield f"Person {number}", f"Office {number}", form.replace("{}", wanted(number)), country, language, kind


def wanted(number: int) -> str:
    return f"person.{number}@example.org"


EXPECTED = [
    (wanted(number), country, language, kind)
    for number, (_, country), (_, language), (_, kind) in zip(
        range(ROWS), cycle(COUNTRIES), cycle(LANGUAGES), cycle(KINDS), strict=False
    )
]

TITLES = [("MINISTRY OF DIGITAL AFFAIRS",), ("List of partners, as of 1 March 2027",), ("",)]
ENGLISH = ("3. Name *", "Organisation\n(in full; no abbreviations)", "E-mail (required)", "Country", "Language", "Kind")
WITH_STATE = ("Name", "Organization", "Email Address", "City", "State", "Country", "Preferred language", "Type")
RUSSIAN = ("ФИО", "Организация", "Адрес эл. почты", "Страна", "Язык", "Тип организации")
CHINESE = ("姓名", "单位", "电子邮箱", "国家", "语言", "类别")
ARABIC = ("الاسم", "المؤسسة", "البريد الإلكتروني", "البلد", "اللغة", "نوع المؤسسة")


def heads(*rows: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [*rows, *untidy()]


def short() -> Iterator[tuple[str, str, str, str, str]]:
    """What address books know of the same people."""
    for name, organisation, address, country, _, _ in untidy():
        first, _, last = name.partition(" ")
        yield first, last, organisation, address, country


def with_states() -> list[tuple[str, ...]]:
    """A list with states: two letters that are codes of countries elsewhere."""
    states = cycle(("CA", "GA", "LA", "AL", "Georgia", ""))
    rows = [(name, org, mail, "City", next(states), *rest) for name, org, mail, *rest in untidy()]
    return [WITH_STATE, *rows]


def ministry() -> list[tuple[str, ...]]:
    """Titles above, regions between, a sum below."""
    rows = list(untidy())
    sections = [("AFRICA", "", "", "", "", ""), *rows[:10], ("EUROPE", "", "", "", "", ""), *rows[10:]]
    return [*TITLES, ENGLISH, *sections, ("Total", "30", "", "", "", "")]


SHAPES: dict[str, Callable[[Path], Path]] = {
    "Google Contacts": lambda p: of_google(p / "contacts.csv", short()),
    "Outlook in French": lambda p: of_outlook_french(p / "contacts.csv", short()),
    "WPS Office": lambda p: wps_xlsx(p / "list.xlsx", heads(ENGLISH)),
    "LibreOffice": lambda p: libreoffice_ods(p / "list.ods", heads(ENGLISH)),
    "Numbers": lambda p: numbers_xlsx(p / "list.xlsx", heads(ENGLISH)),
    "a ministry": lambda p: text_file(p / "list.csv", ministry(), encoding="utf-8-sig", separator=";"),
    "an American": lambda p: text_file(p / "list.csv", with_states(), encoding="utf-8"),
    "Windows in Russian": lambda p: text_file(p / "list.csv", heads(RUSSIAN), encoding="cp1251", separator=";"),
    "Windows in Chinese": lambda p: text_file(p / "list.csv", heads(CHINESE), encoding="gb18030"),
    "Excel's Unicode text": lambda p: text_file(p / "list.txt", heads(ARABIC), encoding="utf-16", separator="\t"),
}


@pytest.mark.feature("B1")
@pytest.mark.parametrize("shape", SHAPES)
def test_every_row_with_a_usable_address_comes_in(shape: str, tmp_path: Path) -> None:
    contacts, problems, _ = read(SHAPES[shape](tmp_path))
    assert [contact.email for contact in contacts] == [address for address, *_ in EXPECTED]
    assert {problem.what.key for problem in problems if problem.left_out} <= {"contacts.row.heading"}
    countries = [contact.country for contact in contacts]
    # What Windows' encodings have no letter for was lost by whoever saved the list.
    kept = [country for _, country, _, _ in EXPECTED]
    assert all(got in (right, "") for got, right in zip(countries, kept, strict=True))
    assert sum(map(bool, countries)) >= 0.8 * sum(map(bool, kept))


@pytest.mark.feature("B1")
@pytest.mark.parametrize(
    "shape", ["WPS Office", "LibreOffice", "Numbers", "Excel's Unicode text", "Windows in Chinese"]
)
def test_what_a_cell_says_is_understood_as_the_chat_does_or_left_empty_and_named(shape: str, tmp_path: Path) -> None:
    contacts, problems, _ = read(SHAPES[shape](tmp_path))
    assert [(c.email, c.country, c.language, c.kind) for c in contacts] == EXPECTED
    named = {problem.row for problem in problems}
    assert len(named) >= 15
    assert not any(problem.left_out for problem in problems)


@pytest.mark.feature("B1")
def test_columns_that_nothing_was_read_from_are_named(tmp_path: Path) -> None:
    assert {"City"} <= set(read(SHAPES["an American"](tmp_path))[2].columns.unused)


def test_a_state_of_two_letters_is_no_country_and_a_state_in_full_is_one_where_no_column_is_called_so(
    tmp_path: Path,
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name,E-mail,State\nAnna,a@example.org,LA\nBo,b@example.org,Kenya\n")
    assert [contact.country for contact in read(path)[0]] == ["", "KE"]


def test_a_long_name_counts_as_people_see_it(tmp_path: Path) -> None:
    hindi = "अंतर्राष्ट्रीय सूचना प्रौद्योगिकी संस्थान " * 4
    path = tmp_path / "list.csv"
    path.write_text(f"Organisation,E-mail\n{hindi},a@example.org\n", encoding="utf-8")
    contacts, problems, _ = read(path)
    assert (len(contacts), problems, len(hindi) > 120) == (1, [], True)
    assert contacts[0].organisation == hindi.strip()


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"Name,E-mail\r\n", "contacts.list.no_rows"),
        (b"Name,E-mail\r\n,\r\nTotal,\r\n", "contacts.list.no_rows"),
        (b"one,two\r\n1,2\r\n", "contacts.list.header"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le"),
            "contacts.list.locked",
        ),
    ],
    ids=["no row", "only a sum", "no header", "a password"],
)
def test_a_list_that_yields_nobody_never_ends_as_a_success(tmp_path: Path, content: bytes, key: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(ListError) as caught:
        read(path, name="list.xlsx" if key.endswith("locked") else "")
    assert caught.value.what.key == key


def test_a_space_within_an_address_is_not_guessed_away(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name,E-mail\nAnna,an na@example.org\nDi,Di <di@example.org>\nEd,ed@example\n")
    contacts, problems, _ = read(path)
    assert [contact.email for contact in contacts] == ["di@example.org"]
    assert [(problem.row, problem.left_out) for problem in problems] == [(2, True), (4, True)]


@pytest.mark.feature("B1")
@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
def test_every_country_is_taken_by_its_name_in_every_language_or_the_right_one_is_named(language: str) -> None:
    words, cells = Words.ours(), Cells(vocabulary(), ())
    asked = []
    for code in MEMBERS:
        name = words.say(Country(code), language)
        found, why = cells.country(name)
        if found != code:
            assert not found
            assert why is not None
            asked.append(code)
    assert set(asked) <= {"CG", "KR", "OM"}, "names that two countries share, or a country and another one's capital"
