"""Lists of contacts are taken in as people's programs write them, with a word about each row that cannot be."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlmodel import col, select

from bot.contact_import.errors import ListError
from storage.contacts.contacts import FIELDS, Tally
from storage.tables import ContactRow, LogRow
from tests.contacts.conftest import LIST, Written, imported
from tests.driver import WORDS, Stage

KNOWN = [
    ("Amina Otieno", "Lake Community Networks", "amina@lakenet.org", "KE", "en", "CSO"),
    ("Élodie Martin", "Réseaux du Lac", "elodie@example.org", "FR", "fr", "BUS"),
    ("ليلى حسن", "وزارة الاتصالات", "layla@example.org", "EG", "ar", "GOV"),
]

HEADERS = {
    "en": "Contact person;Organization;E-mail address;Country;Preferred language;Type of organization",
    "fr": "Nom complet;Organisme;Courriel;Pays;Langue;Type d'organisation",
    "es": "Nombre completo;Entidad;Correo electrónico;País;Idioma;Tipo de organización",
    "ru": "ФИО;Организация;Электронная почта;Страна;Язык;Тип организации",
    "ar": "الاسم;المنظمة;البريد الإلكتروني;البلد;اللغة;نوع المنظمة",
    "zh": "姓名;机构;电子邮件;国家;语言;类型",
}


async def contacts(stage: Stage) -> list[tuple[str, ...]]:
    rows = await stage.database.read(
        lambda session: session.exec(select(ContactRow).order_by(col(ContactRow.id))).all()
    )
    return [tuple(getattr(row, name) for name in FIELDS) for row in rows]


def said(problems: object) -> list[str]:
    return [f"{problem.row}: {WORDS.say(problem.what, 'en')}" for problem in problems]  # type: ignore[attr-defined]


@pytest.mark.feature("H4", "N19")
async def test_a_list_is_taken_in_with_names_in_any_language(stage: Stage, written: Written) -> None:
    found = await imported(stage, written(LIST))
    assert (found.tally, found.problems) == (Tally(new=3), [])
    assert await contacts(stage) == KNOWN


@pytest.mark.feature("H4")
async def test_the_same_list_twice_changes_nothing(stage: Stage, written: Written) -> None:
    await imported(stage, written(LIST))
    query = select(ContactRow).order_by(col(ContactRow.id))
    before = await stage.database.read(lambda session: [row.model_dump() for row in session.exec(query)])
    found = await imported(stage, written(LIST.replace("amina@lakenet.org", "Amina@LakeNet.org")))
    assert found.tally == Tally(same=3)
    assert before == await stage.database.read(lambda session: [row.model_dump() for row in session.exec(query)])


@pytest.mark.feature("H4")
async def test_a_later_list_adds_to_what_is_known_and_erases_nothing(stage: Stage, written: Written) -> None:
    await imported(stage, written(LIST))
    found = await imported(stage, written("email,name,country\namina@lakenet.org,Dr Amina Otieno,\n"))
    assert found.tally == Tally(changed=1)
    assert (await contacts(stage))[0] == ("Dr Amina Otieno", *KNOWN[0][1:])


@pytest.mark.feature("H4")
@pytest.mark.parametrize("language", sorted(HEADERS))
async def test_columns_are_known_by_their_names_in_six_languages(stage: Stage, written: Written, language: str) -> None:
    rows = LIST.partition("\n")[2].replace(",", ";")
    found = await imported(stage, written(f"{HEADERS[language]}\n{rows}"))
    assert not found.problems
    assert await contacts(stage) == KNOWN


@pytest.mark.feature("H4")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
async def test_encodings_and_separators_are_found_out(
    stage: Stage, tmp_path: Path, encoding: str, separator: str
) -> None:
    text = "\r\n".join(LIST.splitlines()[:3]).replace(",", separator) + "\r\n"
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode(encoding))
    await imported(stage, path)
    assert await contacts(stage) == KNOWN[:2]


@pytest.mark.feature("H4")
async def test_a_workbook_is_read_like_a_list(stage: Stage, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet(index=0)
    for line in LIST.splitlines():
        sheet.append(line.split(","))
    book.save(tmp_path / "list.xlsx")
    assert (await imported(stage, tmp_path / "list.xlsx")).tally == Tally(new=3)
    assert await contacts(stage) == KNOWN


@pytest.mark.feature("H4")
async def test_what_excel_writes_is_read(stage: Stage, written: Written) -> None:
    await imported(
        stage, written('sep=;\r\nName;E-mail\r\n"Otieno; Amina ""Mina""\nDr";amina@lakenet.org\r\n\r\n;\r\n')
    )
    ((name, *_),) = await contacts(stage)
    assert name == 'Otieno; Amina "Mina" Dr'


@pytest.mark.feature("H4")
async def test_first_and_last_names_are_put_together(stage: Stage, written: Written) -> None:
    await imported(stage, written("First name,Last name,Email\nAmina,Otieno,amina@lakenet.org\n"))
    await imported(stage, written("Nom,Prénom,Courriel\nMartin,Élodie,elodie@example.org\n"))
    assert [row[0] for row in await contacts(stage)] == ["Amina Otieno", "Élodie Martin"]


@pytest.mark.feature("H4")
async def test_what_cannot_be_read_says_its_row_and_what_to_do_and_costs_no_good_address(
    stage: Stage, written: Written
) -> None:
    rows = [
        "name,organisation,email,country,language,kind",
        "Amina,,amina@lakenet.org,Kenya,,",
        "Ben,,ben(at)example.org,,,",
        "Carla,,carla@example.org,Kingdom of Wakanda,,",
        "",
        "Dai,,dai@example.org,Zubrowka,,",
        "Eve,,eve@example.org,,Klingon,",
        "Fay,,fay@example.org,,,Band",
        ",,,Kenya,,",
        "Amina O.,,AMINA@lakenet.org,,,",
        f"{'G' * 121},,g@example.org,,,",
    ]
    found = await imported(stage, written("\n".join(rows)))
    assert said(found.problems) == [
        "3: The e-mail address is not complete. Write it as name@example.org.",
        "4: “Kingdom of Wakanda” is not in the list of countries. Write its name in any of the six languages, "
        "or its code, such as KE.",
        "6: “Zubrowka” is not in the list of countries. Write its name in any of the six languages, "
        "or its code, such as KE.",
        "7: “Klingon” is not a language that we speak. Write Arabic, Chinese, English, French, Russian or Spanish, "
        "or its code, or leave it empty.",
        "8: “Band” is not a kind of organization. Write GOV, INT, BUS, CSO, ACA or OTH, or its name, "
        "or leave it empty.",
        "9: No e-mail, name or organization. Fill in at least one of them.",
        "10: The same person as in row 2, which is the one we take. Remove one of the two.",
        "11: Too long: name. At most 120 characters.",
    ]
    assert [row[2] for row in await contacts(stage)] == [
        *("amina@lakenet.org", "carla@example.org", "dai@example.org", "eve@example.org", "fay@example.org"),
        "g@example.org",
    ]
    assert (found.refused, found.lacking) == (3, 5)


@pytest.mark.feature("H4")
async def test_a_country_that_is_nearly_right_is_offered_back(stage: Stage, written: Written) -> None:
    found = await imported(stage, written("email,country\namina@lakenet.org,Keniya\n"))
    assert "Did you mean KE?" in said(found.problems)[0]


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "one,two,three\n1,2,3\n", 'name,email\n"never closed,' + "x" * 20_000],
    ids=["empty", "blank", "unknown columns", "an open quote"],
)
async def test_what_is_no_list_is_refused_in_a_sentence(stage: Stage, written: Written, text: str) -> None:
    with pytest.raises(ListError, match=r"first ten rows|table|nobody"):
        await imported(stage, written(text))


@pytest.mark.parametrize("ending", ["xlsx", "xls", "csv"])
async def test_bytes_that_are_no_table_are_refused(stage: Stage, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"list.{ending}"
    path.write_bytes(bytes(range(256)) * 50)
    with pytest.raises(ListError):
        await imported(stage, path)


@pytest.mark.feature("S6")
async def test_a_workbook_that_is_huge_unpacked_is_refused_unread(stage: Stage, tmp_path: Path) -> None:
    """A few kilobytes may hold gigabytes; and an XML that is cut short is no list."""
    bomb, torn = tmp_path / "bomb.xlsx", tmp_path / "torn.xlsx"
    book = Workbook()
    sheet = book.create_sheet(index=0)
    sheet.append(["name", "e-mail"])
    book.save(bomb)
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as packed, packed.open("xl/extra.xml", "w") as part:
        for _ in range(120):
            part.write(b" " * 1_000_000)
    assert bomb.stat().st_size < 1_000_000
    with pytest.raises(ListError, match="100 MB"):
        await imported(stage, bomb)
    with zipfile.ZipFile(bomb) as packed, zipfile.ZipFile(torn, "w") as other:
        for name in packed.namelist():
            content = packed.read(name) if name != "xl/extra.xml" else b""
            other.writestr(name, content[: len(content) // 2] if "sheet1" in name else content)
    with pytest.raises(ListError):
        await imported(stage, torn)


@pytest.mark.feature("H6")
async def test_an_import_stands_in_the_log_in_numbers_only(stage: Stage, written: Written) -> None:
    await imported(stage, written(LIST))
    rows = await stage.database.read(lambda session: session.exec(select(LogRow)).all())
    assert [(row.action, row.subject, row.details) for row in rows] == [
        ("contacts_imported", "", {"new": 3, "changed": 0, "refused": 0})
    ]
