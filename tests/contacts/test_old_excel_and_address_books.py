"""Old Excel's workbooks and address books come in as other lists do; what is hostile or broken is told in one line."""

from __future__ import annotations

import random
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from bot.contact_import.errors import ListError
from bot.contact_import.vcards import LONGEST_LINE
from storage.contacts.contacts import Contact
from tests.contacts import address_books, old_excel_files
from tests.contacts.test_lists_people_bring import read
from tests.service import Service

ANNA = Contact("Анна Иванова", "Сети озера", "anna@example.org", "KZ", "ru", "CSO")
ELODIE = Contact("Élodie Martin", "Réseaux du Lac", "elodie@example.org", "CH", "fr", "BUS")
HUIMIN = Contact("李慧敏", "湖滨网络", "huimin@example.org", "CN", "zh", "CSO")


def placed(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(ListError) as caught:
        read(path)
    return caught.value.what.key


@pytest.mark.feature("B1")
@pytest.mark.parametrize("name", ["list.xls", "list.xlsx", "list"])
def test_a_workbook_of_old_excel_is_read_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    contacts, problems, reader = read(placed(tmp_path, name, old_excel_files.LIST))
    assert contacts == [ANNA, ELODIE, HUIMIN]
    assert [(problem.row, problem.what.key) for problem in problems] == [(8, "contacts.row.email")]
    assert reader.columns.unused == ("№",)


def test_a_cell_in_the_last_corner_costs_nothing(tmp_path: Path) -> None:
    contacts, _, _ = read(placed(tmp_path, "list.xls", old_excel_files.FAR))
    assert [contact.email for contact in contacts] == ["anna@example.org"]


def test_a_password_on_an_old_workbook_is_told(tmp_path: Path) -> None:
    assert refusal(placed(tmp_path, "list.xls", old_excel_files.with_password())) == "contacts.list.locked"


@pytest.mark.feature("S1")
def test_whatever_byte_of_an_old_workbook_is_another_it_is_read_or_refused(tmp_path: Path) -> None:
    chance = random.Random(1997)
    for _ in range(150):
        broken = bytearray(old_excel_files.LIST)
        for _ in range(chance.choice((1, 5, 40))):
            broken[chance.randrange(len(broken))] = chance.choice((0, 255, chance.randrange(256)))
        with suppress(ListError):
            read(placed(tmp_path, "list.xls", bytes(broken)))


@pytest.mark.parametrize("separator", ["\t", ";"])
def test_a_text_that_a_program_calls_xls_is_read_as_one(tmp_path: Path, separator: str) -> None:
    text = separator.join(("Name", "E-mail")) + "\n" + separator.join(("Anna", "anna@example.org")) + "\n"
    assert [contact.email for contact in read(placed(tmp_path, "list.xls", text))[0]] == ["anna@example.org"]


@pytest.mark.feature("B1")
@pytest.mark.parametrize(
    ("book", "encoding", "people"),
    [
        (
            *(address_books.ANDROID_21, "utf-8"),
            [("Анна Иванова", "Сети озера", "anna@example.org", "KZ", ""), ("Ben", "", "", "", "")],
        ),
        (
            *(address_books.OUTLOOK_21, "cp1252"),
            [("Élodie Martin", "Réseaux du Lac", "elodie@example.org", "CH", "")],
        ),
        (
            *(address_books.APPLE_30, "utf-8"),
            [
                ("李慧敏", "湖滨网络", "huimin@example.org", "CN", ""),
                ("", "Lake Community Networks, Kisumu", "office@lakenet.org", "", ""),
            ],
        ),
        (
            *(address_books.APPLE_30, "utf-16"),
            [
                ("李慧敏", "湖滨网络", "huimin@example.org", "CN", ""),
                ("", "Lake Community Networks, Kisumu", "office@lakenet.org", "", ""),
            ],
        ),
        (
            *(address_books.NEXTCLOUD_40, "utf-8-sig"),
            [
                ("Layla Hassan", "Ministry of Communications", "layla@example.org", "EG", "ar"),
                ("", "Green Valley Health Network", "info@example.org", "", ""),
            ],
        ),
    ],
    ids=["Android 2.1", "Outlook 2.1", "Apple 3.0", "Apple 3.0 in UTF-16", "Nextcloud 4.0"],
)
def test_an_address_book_comes_in_card_by_card(
    tmp_path: Path, book: str, encoding: str, people: list[tuple[str, ...]]
) -> None:
    for name in ("contacts.vcf", "contacts.txt"):
        contacts, _, reader = read(placed(tmp_path, name, book.encode(encoding)))
        assert [(c.name, c.organisation, c.email, c.country, c.language) for c in contacts] == people
        assert reader.columns.unused == ()


def test_of_several_addresses_the_preferred_one_is_taken_and_that_is_said(tmp_path: Path) -> None:
    contacts, problems, _ = read(placed(tmp_path, "a.vcf", address_books.ANDROID_21))
    assert contacts[0].email == "anna@example.org"
    assert [problem.what.key for problem in problems] == ["contacts.row.emails"]


CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna\r\nEMAIL:anna@example.org\r\n"


@pytest.mark.feature("S1")
@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("cut.vcf", CARD, "contacts.list.vcard"),
        ("cut.vcf", f"{CARD}END:VCARD\r\n{CARD}", "contacts.list.vcard"),
        ("empty.vcf", "", "contacts.list.vcard"),
        ("other.vcf", "Name,E-mail\nAnna,anna@example.org\n", "contacts.list.vcard"),
        ("deep.vcf", "BEGIN:VCARD\r\n" * 200_000, "contacts.list.vcard"),
        ("nobody.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nEND:VCARD\r\n", "contacts.list.no_rows"),
        ("page.xls", "<html><table><tr><td>Name</td></tr></table></html>", "contacts.list.workbook"),
        ("text.xlsx", "no workbook", "contacts.list.workbook"),
        ("list.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000), "contacts.list.workbook"),
        ("scan.pdf", "%PDF-1.7", "contacts.list.other_format"),
    ],
)
def test_what_is_no_list_is_refused_with_what_to_do(tmp_path: Path, name: str, content: bytes | str, key: str) -> None:
    assert refusal(placed(tmp_path, name, content)) == key


@pytest.mark.feature("S1")
def test_lines_without_an_end_and_cards_without_number_do_not_pile_up(tmp_path: Path) -> None:
    long = f"{CARD}NOTE:{'x' * 3_000_000}\r\nORG:{'y' * 50 * LONGEST_LINE}\r\n" + "EMAIL:b@example.org\r\n" * 5_000
    contacts, _, _ = read(placed(tmp_path, "long.vcf", f"{long}END:VCARD\r\n"))
    assert [(contact.name, contact.email) for contact in contacts] == [("Anna", "anna@example.org")]


@pytest.mark.parametrize("name", ["list.numbers", "list.xlsx", "list"])
def test_a_file_of_apple_numbers_is_told_how_it_is_exported(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("Index/Document.iwa", b"\0")
    assert refusal(path) == "contacts.list.numbers"


@pytest.mark.feature("B1", "N19")
async def test_the_command_takes_both_and_refuses_hostile_ones_in_one_line(tmp_path: Path) -> None:
    command = Service(tmp_path)
    good = {"list.xls": old_excel_files.LIST, "book.vcf": address_books.NEXTCLOUD_40.encode()}
    for (name, content), said in zip(good.items(), ("3 new, 0 changed", "2 new, 0 changed"), strict=True):
        _, out, errors = await command.command("contacts", "import", str(placed(tmp_path, name, content)))
        assert said in out, errors
    broken = (
        ("cut.vcf", CARD.encode(), "Export it once more"),
        ("cut.xls", old_excel_files.LIST[:3_000], "Save the list as .xlsx or .csv"),
    )
    for name, content, said in broken:
        code, out, errors = await command.command("contacts", "import", str(placed(tmp_path, name, content)))
        assert code == 1 and len((out + errors).splitlines()) == 1 and said in errors, errors
