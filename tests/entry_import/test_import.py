"""Entries that exist elsewhere come in with their numbers: all or none, with each mistake named, and out again."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlmodel import Session, select

from bot.entry_import.demo import generated
from bot.entry_import.importer import carry_out, take_back
from bot.entry_import.mapping import ImportFileError, Mapping
from bot.entry_import.plan import Plan, make_plan
from bot.entry_import.table_files import rows_of
from dialogs.domain.entries.entry import EntryState
from storage.engine.database import Database
from storage.entries import entries
from storage.entries.imported import Import
from storage.push import outbox
from storage.search import rebuild
from storage.tables import CallRow, EntryRow
from tests.driver import IN_SEASON
from tests.push.platform import Platform
from tests.push.sending import Hand
from tests.service import Service

HEAD = ["No.", "Year", "Project title", "Organization", "Country", "Type", "Lines", "Start"]
ROWS: list[list[Any]] = [
    [1515412344, 2019, "Écoles en réseau", "Réseau des écoles", "Sénégal", "NGO", "C4|C7", "2016-03"],
    [17, "2020", "شبكة القرى", "منظمة القرى", "مصر", "CSO", "C2", "2019-11"],
]
MAPPING = """
columns: {"No.": number, "Year": year, "Project title": title, "Organization": org_name, "Country": org_country,
          "Type": org_type, "Lines": lines, "Start": start_date}
values: {org_type: {"NGO": CSO}}
constants: {publish: true}
separator: "|"
"""


def table(path: Path, rows: list[list[Any]]) -> Path:
    if path.suffix == ".xlsx":
        book = Workbook()
        sheet = book.worksheets[0]
        for row in (HEAD, *rows):
            sheet.append(list(row))
        book.save(path)
        return path
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])
    return path


@pytest.mark.parametrize("form", ["old.csv", "old.xlsx"])
async def test_older_entries_come_in_with_their_numbers_and_go_again(tmp_path: Path, form: str) -> None:
    command = Service(tmp_path / "store")
    file, mapping = table(tmp_path / form, ROWS), tmp_path / "old.yaml"
    mapping.write_text(MAPPING)
    words = ("entries", "import", str(file), "--mapping", str(mapping))
    code, out, errors = await command.command(*words, "--dry-run")
    assert (code, out) == (0, "2 rows can be imported, 0 are refused.\n"), out + errors
    code, out, errors = await command.command(*words)
    assert code == 0 and "2 entries imported" in out, out + errors
    name = out.split()[-1]
    code, out, _ = await command.command(*words)
    assert "0 entries imported" in out, "the same import again adds nothing"
    code, out, _ = await command.command("entries", "export")
    old, new = sorted(json.loads(out), key=lambda each: each["reference"])
    assert (old["reference"], new["reference"]) == ("WSIS-2019-1515412344", "WSIS-2020-000017")
    assert old["answers"] == {
        "title": "Écoles en réseau",
        "org_name": "Réseau des écoles",
        "org_country": "SN",
        "org_type": "CSO",
        "lines": ["C4", "C7"],
        "start_date": "2016-03",
        "publish": True,
    }
    assert (new["language"], new["answers"]["org_country"]) == ("ar", "EG")
    code, out, _ = await command.command("entries", "undo-import", name)
    assert out == "2 entries were taken back.\n"
    assert json.loads((await command.command("entries", "export"))[1]) == []


async def test_a_row_that_cannot_be_used_is_named_and_nothing_is_half_done(tmp_path: Path) -> None:
    command = Service(tmp_path / "store")
    wrong: list[list[Any]] = [
        [3, 2019, "", "Nobody", "Sénégal", "CSO", "C4", "2016-03"],
        [4, 2019, "A", "B", "Atlantis", "CSO", "C4|C99", "spring"],
        [4, 2019, "C", "D", "", "", "", ""],
        ["x", 2019, "E", "F", "", "", "", ""],
        [17, 2020, "Again", "G", "", "", "", ""],
    ]
    file, mapping = table(tmp_path / "old.csv", ROWS + wrong), tmp_path / "old.yaml"
    mapping.write_text(MAPPING)
    words = ("entries", "import", str(file), "--mapping", str(mapping))
    code, out, errors = await command.command(*words)
    assert code == 1 and "Nothing was imported" in errors
    for line in (
        *("row 4, title: '' is missing", "row 5, org_country: 'Atlantis' is none of the question's options"),
        *("row 5, lines: 'C4|C99' is none", "row 5, start_date: 'spring' is no month such as 2019-03"),
        *(
            "row 7, number: 'WSIS-2019-x' is no reference",
            "row 8, reference: 'WSIS-2020-000017' stands in row 3 already",
        ),
    ):
        assert line in out, out
    assert json.loads((await command.command("entries", "export"))[1]) == []
    code, out, _ = await command.command(*words, "--skip-refused")
    assert "3 entries imported" in out


def test_a_column_that_would_be_lost_stops_the_import(tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match=r"the column 'No\.' is not known"):
        make_plan(rows_of(table(tmp_path / "old.csv", ROWS)), Mapping())
    (tmp_path / "old.xlsx").write_text("no workbook")
    (tmp_path / "old.json").write_text("{}")
    for name in ("old.xlsx", "old.json"):
        with pytest.raises(ImportFileError):
            list(rows_of(tmp_path / name))


@pytest.mark.feature("X2")
def test_our_own_export_comes_back_without_loss(tmp_path: Path) -> None:
    answers = {"title": "=1+1; 4: x", "targets": {"9": ["9.c"]}, "link_example": {"4": "a; 9: b"}, "goals": ["4", "9"]}
    record = {"reference": "WSIS-2026-000001", "version": 1, "call": "2026", "language": "en", "languages": {}}
    moments = {"submitted": "2026-01-02T03:04:05+00:00", "received": "2026-01-02T03:04:06+00:00"}
    (tmp_path / "all.json").write_text(json.dumps([{**record, **moments, "files": [], "answers": answers}]))
    plan = make_plan(rows_of(tmp_path / "all.json"), Mapping())
    assert plan.problems == []
    kept = {"title": "=1+1; 4: x", "targets@9": ["9.c"], "link_example@4": "a; 9: b", "goals": ["4", "9"]}
    assert plan.entries[0].answers == kept


@pytest.mark.feature("X2")
@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
async def test_what_goes_out_in_any_form_comes_back_the_same(tmp_path: Path, form: str) -> None:
    """Six scripts; the workbook says what its columns are, and no cell of it is a formula."""
    command, other = Service(tmp_path / "one"), Service(tmp_path / "other")
    await command.command("demo", "--entries", "24")
    file = tmp_path / f"all.{form}"
    code, _, errors = await command.command("entries", "export", "--format", form, "--output", str(file))
    assert code == 0, errors
    code, out, errors = await other.command("entries", "import", str(file))
    assert code == 0, out + errors
    before, after = [json.loads((await each.command("entries", "export"))[1]) for each in (command, other)]
    for one, two in zip(before, after, strict=True):
        assert (one["reference"], one["submitted"], one["answers"]) == (
            two["reference"],
            two["submitted"],
            two["answers"],
        )
    if form == "xlsx":
        book = load_workbook(file)
        assert book.sheetnames == ["entries", "columns"]
        assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


async def test_a_broken_off_import_goes_on_and_nobody_is_told_of_old_entries(database: Database) -> None:
    """The index follows, the duplicate guard finds them, and a new entry's number is not one of theirs."""
    async with Platform() as platform:
        await Hand(database, platform).known()
        every, which = list(generated(120)), Import("demo", EntryState.PUBLISHED)
        await carry_out(database, Plan(every[:50]), which, IN_SEASON)
        done = await carry_out(database, Plan(every), which, IN_SEASON)
        assert (done.new, done.there) == (70, 50)
        assert await database.read(outbox.waiting) == {}
    assert await database.read(rebuild.differences) == []
    title = str(every[7].answers["title"])
    found = await database.read(lambda session: entries.find(session, 1, title))
    assert title in [each.title for each in found]
    last = await database.read(lambda session: session.get_one(CallRow, "2020").last_number)
    assert last == max(each.number for each in every if each.year == 2020)

    def touch(session: Session) -> None:
        session.get_one(EntryRow, every[0].reference).version = 2

    await database.write(touch)
    assert await take_back(database, "demo") == 119
    left = await database.read(lambda session: session.exec(select(EntryRow.reference)).all())
    assert left == [every[0].reference], "what was changed since stays"


async def test_a_newcomer_sees_a_register_alive_by_one_command(tmp_path: Path) -> None:
    command = Service(tmp_path)
    code, out, errors = await command.command("demo", "--entries", "60")
    assert code == 0 and "60 example entries" in out, errors
    exported = json.loads((await command.command("entries", "export"))[1])
    assert {each["language"] for each in exported} == {"ar", "en", "es", "fr", "ru", "zh"}
    assert (await command.command("demo", "--undo"))[1].startswith("60 example entries")
