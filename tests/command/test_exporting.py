"""`stocktaking entries export`: codes or labels, for programs and for spreadsheets, with the files beside."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest
from sqlmodel import Session, select

from dialogs.domain.entries.entry import EntryState
from storage.engine.database import Database
from storage.tables import EntryRow
from tests.activities import ACTIVITIES
from tests.driver import Clock, Stage
from tests.samples import ANSWERS, walk
from tests.service import Service


async def exported(command: Service, *more: str) -> str:
    code, out, errors = await command.command("entries", "export", *more)
    assert code == 0, errors
    return out


@pytest.mark.feature("X2")
async def test_real_activities_come_out_complete_with_codes(register: Service) -> None:
    entries = json.loads(await exported(register, "--format", "json"))
    assert [entry["answers"]["title"] for entry in entries] == ["Plan Ceibal", "Aponjon", "X-Road"]
    for entry, activity in zip(entries, ACTIVITIES.values(), strict=True):
        activity.is_exported(entry)


@pytest.mark.feature("X2")
async def test_labels_in_any_language_stand_for_codes(register: Service) -> None:
    french = json.loads(await exported(register, "--labels", "fr"))
    english = json.loads(await exported(register, "--labels", "en"))
    assert english[1]["answers"]["org_country"] == "Bangladesh"
    assert english[1]["answers"]["publish"] == "Yes"
    assert english[2]["answers"]["targets"]["9"][0].startswith("9.c ")
    assert english[2]["answers"]["start_date"] == "December 2001"
    assert french[2]["answers"]["org_country"] == "Estonie"
    assert french[2]["answers"]["publish"] == "Oui"
    assert french[2]["answers"]["description"] == english[2]["answers"]["description"]


@pytest.mark.feature("X2")
async def test_a_spreadsheet_opens_the_csv_and_runs_no_formula_in_it(command: Service) -> None:
    database = await Database.open(command.environment["STOCKTAKING_DATABASE_URL"])
    mallory = Stage(database, Clock()).person("mallory")
    formula = '=HYPERLINK("http://evil.example.org";"click")'
    answers = {**ANSWERS, "title": formula, "org_name": "+1+cmd|' /C calc'!A0", "contact_name": "Ána Öz 王"}
    answers["contact_role"] = "Lead;=1+1"
    await mallory.does("new")
    await walk(mallory, answers)
    await mallory.taps(".send")
    await database.close()
    text = await exported(command, "--format", "csv")
    assert text.startswith("\ufeff")
    table = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    assert len(table.fieldnames or ()) == len(set(table.fieldnames or ())), "no two columns are called the same"
    (row,) = table
    assert row["written_in"] == row["language"] == "en"
    assert row["title"] == f"'{formula}"
    assert row["org_name"].startswith("'+1+cmd")
    assert row["contact_name"] == "Ána Öz 王"
    assert row["lines"] == "C2; C4; C7"
    assert row["link_example"].startswith("1: Twelve villages")
    assert row["contact_role"] == "Lead;'=1+1"
    assert text.removeprefix("\ufeff").startswith('"reference","version"'), "every cell is quoted"
    for separator in (",", ";", "\t"):  # a spreadsheet takes what its locale separates by
        lines = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=separator)
        assert not [cell for line in lines for cell in line if cell.strip().startswith(("=", "+", "-", "@"))]


async def test_one_calls_entries_go_to_a_file(register: Service, tmp_path: Path) -> None:
    target = tmp_path / "entries.csv"
    out = await exported(register, "--format", "csv", "--call", "2027", "--output", str(target))
    assert out == ""
    rows = list(csv.reader(io.StringIO(target.read_text("utf-8-sig"), newline="")))
    assert len(rows) == 1 + 3
    code, out, errors = await register.command("entries", "export", "--call", "1999")
    assert (code, out) == (2, "") and "there is no call 1999" in errors


@pytest.mark.parametrize(
    "words", [("--format", "xml"), ("--labels", "tlh"), ("--call",), ("--output", "/nowhere/at/all.json"), ("more",)]
)
async def test_a_mistake_is_one_line(register: Service, words: tuple[str, ...]) -> None:
    code, _, errors = await register.command("entries", "export", *words)
    assert code == (1 if "--output" in words else 2)
    assert len(errors.splitlines()) == 1, errors
    assert errors.startswith("stocktaking: ")


@pytest.mark.feature("X4")
async def test_exported_entries_are_as_the_published_schema_says(register: Service, tmp_path: Path) -> None:
    """Real activities, and hundreds of examples in six languages; an answer that no question can have is found."""
    schema = json.loads((await register.command("entries", "schema"))[1])
    jsonschema.Draft202012Validator.check_schema(schema)
    judge = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    code, real, errors = await register.command("entries", "export")
    assert code == 0, errors
    full = Service(tmp_path)
    await full.command("demo", "--entries", "200")
    code, examples, errors = await full.command("entries", "export")
    assert code == 0, errors
    for text in (real, examples):
        exported = json.loads(text)
        assert exported
        assert [f"{list(error.path)}: {error.message}" for error in judge.iter_errors(exported)] == []
        for key, wrong in (("org_type", "nobody"), ("start_date", "March 2023"), ("no_question", 1)):
            exported[0]["answers"][key] = wrong
            assert not judge.is_valid(exported)
            del exported[0]["answers"][key]


@pytest.mark.feature("B9")
async def test_a_spreadsheet_gets_the_final_lists_its_own_delimiter_and_the_columns_it_asked_for(
    register: Service,
) -> None:
    columns = ("--format", "csv", "--columns", "reference,title,final_goals,final_lines")
    for language, delimiter in ((), ","), (("--labels", "fr"), ";"), (("--labels", "fr", "--delimiter", "tab"), "\t"):
        text = (await exported(register, *columns, *language)).removeprefix("\ufeff")
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
        assert {len(row) for row in rows} == {4}, language
    codes = (await exported(register, *columns)).removeprefix("\ufeff")
    for row, whole in zip(csv.DictReader(io.StringIO(codes)), json.loads(await exported(register)), strict=True):
        said = whole["answers"]
        goals = {*said.get("goals_suggested", ()), *said.get("goals", ())}
        assert set(row["final_goals"].split("; ")) == goals
        assert set(row["final_lines"].split("; ")) == {*said["lines"], *said.get("sublines", ())}
    code, _, errors = await register.command("entries", "export", "--format", "csv", "--columns", "titel")
    assert code == 2 and "there is no column titel" in errors


@pytest.mark.feature("B9")
async def test_a_public_export_has_what_the_public_may_see_and_nothing_else(register: Service) -> None:
    assert json.loads(await exported(register, "--public")) == [], "nothing is published before a decision is announced"
    database = await Database.open(register.environment["STOCKTAKING_DATABASE_URL"])

    def publish(session: Session) -> None:
        for entry in session.exec(select(EntryRow)):
            entry.state = EntryState.PUBLISHED.value
        refused = session.exec(select(EntryRow).where(EntryRow.title == "X-Road")).one()
        refused.answers = {**(refused.answers or {}), "publish": False}

    await database.write(publish)
    await database.close()
    found = json.loads(await exported(register, "--public"))
    assert [entry["answers"]["title"] for entry in found] == ["Plan Ceibal", "Aponjon"]
    for entry in found:
        assert entry["files"] == []
    whole = {entry["reference"]: entry["answers"] for entry in json.loads(await exported(register))}
    shown = {ref for ref, said in whole.items() if said.get("show_contact") or said.get("contact_visibility") == "show"}
    assert {entry["reference"] for entry in found if "contact_email" in entry["answers"]} <= shown
