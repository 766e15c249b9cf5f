"""The register, its files, its figures and the report read entries of both editions of a call's questionnaire."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import aiohttp
import jsonschema
import openpyxl
import pytest

from dialogs.questionnaire import facets
from tests.both_editions import FIRST, NEWER, NOMINATED, OLDER, fill
from tests.register.conftest import Site
from tests.report.readers import report_of, text_of
from tests.service import Service

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
NEW = {"technology": "sensors", "inclusion": "local_languages", "openness": "data", "evidence": "counted"}
"""Facets of questions that the second edition asks first, each with a value that an entry has."""


@pytest.fixture(scope="module")
async def both(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    limits = {"api_requests_per_address": "100000/10000", "web_requests_per_address": "100000/10000"}
    service = Service(tmp_path_factory.mktemp("both"), **limits)
    await fill(service)
    async with service, aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as client:
        yield Site(service, client)


async def found(site: Site, search: str) -> set[str]:
    _, text, _ = await site.get(f"/api/v1/entries?{search}")
    return {entry["reference"] for entry in json.loads(text)["entries"]}


async def counts(site: Site, facet: str, language: str = "en") -> Mapping[str, tuple[int, str]]:
    _, text, _ = await site.get(f"/api/v1/facets?labels={language}")
    (one,) = (each for each in json.loads(text)["facets"] if each["facet"] == facet)
    return {each["value"]: (each["count"], each["label"]) for each in one["values"]}


@pytest.mark.feature("Q23", "G5", "P4")
async def test_entries_are_found_by_what_only_the_second_edition_asks(both: Site) -> None:
    assert await found(both, "technology=sensors,cloud") == {NEWER}
    assert await found(both, "inclusion=local_languages") == {NEWER, NOMINATED}
    assert await found(both, "openness=data") == {NEWER}
    assert await found(both, "evidence=counted") == {NEWER, NOMINATED}
    assert await found(both, "partner=ACA") == {NEWER, NOMINATED}
    assert await found(both, "spoken=sw") == {NEWER, NOMINATED}
    assert await found(both, "q=zulumeters") == {NEWER}, "the words of a figure"
    assert await found(both, "q=kwambo") == {NOMINATED}, "the English title"
    assert await found(both, "country=NG") == {NEWER}, "Africa is each of its countries"
    assert await found(both, "beneficiary=farmers") == {FIRST, OLDER, NEWER, NOMINATED}
    assert await found(both, "goal=9&line=C2") == {FIRST, OLDER, NEWER, NOMINATED}


@pytest.mark.feature("Q23")
async def test_a_code_that_means_something_else_now_is_another_value(both: Site) -> None:
    status = await counts(both, "status")
    assert status["ongoing"] == (1, "Ongoing")
    assert status["first_phase"] == (1, "Running, first phase")
    assert status["phase_done"][0] == status["completed"][0] == 1
    assert await found(both, "status=ongoing") == {FIRST}
    assert await found(both, "status=first_phase") == {NEWER}
    for reference, said in ((FIRST, "ongoing"), (NEWER, "first_phase")):
        entry = json.loads((await both.get(f"/api/v1/entries/{reference}"))[1])
        assert entry["status"] == said and entry["answers"]["status"] == "ongoing"
        assert entry["edition"] == ("2027" if reference == FIRST else "2027b")


@pytest.mark.feature("Q23", "X4")
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_facet_has_words_on_its_page_and_on_entries_of_both(both: Site, language: str) -> None:
    for facet in facets.QUESTIONS:
        status, page, _ = await both.get(f"/register/{language}/by/{facet}")
        assert status == 200, facet
        assert not [each for each in ("[option.", "[facet.", "[country.", "[question.") if each in page], facet
    _, search, _ = await both.get(f"/register/{language}?technology=sensors&evidence=counted")
    assert NEWER in search and FIRST not in search
    assert f"/register/{language}/by/technology" in search
    for reference in (FIRST, OLDER, NEWER, NOMINATED):
        status, page, _ = await both.get(f"/register/{language}/{reference}")
        assert status == 200
        assert not [each for each in ("[option.", "[country.", "[question.", "latitude") if each in page], reference


@pytest.mark.feature("Q23")
async def test_the_page_of_an_entry_calls_its_answers_as_they_were_called_when_it_was_given(both: Site) -> None:
    _, first, _ = await both.get(f"/register/en/{FIRST}")
    assert "<dd>Ongoing</dd>" in first and "first phase" not in first
    _, newer, _ = await both.get(f"/register/en/{NEWER}")
    assert "<dd>Running, first phase</dd>" in newer
    assert "<dd>Africa</dd>" in newer
    assert "Sensors, Internet of things" in newer and "31 Zulumeters" in newer
    _, nominated, _ = await both.get(f"/register/en/{NOMINATED}")
    assert "Kisumu" in nominated and "Swahili" in nominated
    assert 'lang="en" dir="auto">Solar grids of the Kwambo lakeshore' in nominated
    for page in (newer, nominated):
        assert "who pays" not in page.lower() and "Foundations" not in page, "who pays is told in sums alone"


@pytest.mark.feature("Q23", "G9")
async def test_a_result_is_taken_away_with_the_entries_of_both(both: Site) -> None:
    _, text, _ = await both.get("/register/en/entries.csv")
    rows = {row["Reference"]: row for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))}
    assert rows.keys() == {FIRST, OLDER, NEWER, NOMINATED}
    assert rows[FIRST]["Status"] == "Ongoing" and rows[NEWER]["Status"] == "Running, first phase"
    assert rows[NEWER]["Technology"] == "Artificial intelligence; Sensors, Internet of things"
    assert rows[FIRST]["Technology"] == ""
    assert rows[NOMINATED]["Town or area"] == "Kisumu"
    assert rows[NEWER]["Countries"] == "Africa"
    async with both.client.get(both.service.url + "/register/fr/entries.xlsx?technology=sensors") as answer:
        sheet = openpyxl.load_workbook(io.BytesIO(await answer.read())).worksheets[0]
    assert [sheet.cell(2, 1).value, sheet.max_row] == [NEWER, 2]
    _, data, _ = await both.get("/register/en/entries.json")
    entries = {entry["reference"]: entry for entry in json.loads(data)}
    assert entries[NEWER]["technology"] == ["ai", "sensors"] and entries[FIRST]["technology"] == []
    assert entries[NOMINATED]["title_en"] == "Solar grids of the Kwambo lakeshore"
    assert not [entry for entry in entries.values() if "funding" in entry["answers"]]


@pytest.mark.feature("Q23", "P5")
async def test_the_package_has_tables_and_labels_for_the_new_questions(both: Site, tmp_path: Path) -> None:
    from frictionless import Package

    async with both.client.get(f"{both.service.url}/api/v1/package/stocktaking.zip") as answer:
        zipfile.ZipFile(io.BytesIO(await answer.read())).extractall(tmp_path)
    assert Package(str(tmp_path / "datapackage.json")).validate().valid
    rows = list(csv.reader(io.StringIO((tmp_path / "entry_technology.csv").read_text("utf-8"))))
    assert [NEWER, "sensors"] in rows and not [row for row in rows if row[0] == FIRST]
    labels = list(csv.reader(io.StringIO((tmp_path / "labels.csv").read_text("utf-8"))))
    assert ["technology", "sensors", "en", "Sensors, Internet of things"] in labels
    assert ["country", "AFR", "en", "Africa"] in labels
    assert not [row for row in labels if row[3].startswith("[")]


@pytest.mark.feature("Q23", "X2", "X4")
async def test_the_export_is_as_its_schema_says_and_labels_are_those_of_each_edition(both: Site) -> None:
    schema = json.loads((await both.service.command("entries", "schema"))[1])
    code, out, errors = await both.service.command("entries", "export")
    assert code == 0, errors
    entries: dict[str, Any] = {entry["reference"]: entry for entry in json.loads(out)}
    assert {entry["edition"] for entry in entries.values()} == {"2027", "2027b"}
    judge = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    assert [f"{list(error.path)}: {error.message}" for error in judge.iter_errors(list(entries.values()))] == []
    assert entries[NEWER]["answers"]["funding"], "those who have the register read it whole"
    _, labelled, _ = await both.service.command("entries", "export", "--labels", "en")
    said = {entry["reference"]: entry["answers"] for entry in json.loads(labelled)}
    assert said[FIRST]["status"] == "Ongoing" and said[NEWER]["status"] == "Running, first phase"
    assert said[NEWER]["countries"] == ["Africa"] and said[NEWER]["technology"][1] == "Sensors, Internet of things"
    assert said[NEWER]["coverage"] == "Regional (several countries)"
    assert said[NOMINATED]["place"] == {"name": "Kisumu"}


@pytest.mark.feature("Q23", "X2")
async def test_a_table_and_a_workbook_have_a_column_for_each_question_of_both(both: Site, tmp_path: Path) -> None:
    for form in ("csv", "xlsx"):
        path = tmp_path / f"entries.{form}"
        code, _, errors = await both.service.command("entries", "export", "--format", form, "--output", str(path))
        assert code == 0, errors
    rows = {row["reference"]: row for row in csv.DictReader(io.StringIO(path_text(tmp_path / "entries.csv")))}
    assert rows[FIRST]["has_partners"] == "yes" and rows[FIRST]["technology"] == ""
    assert rows[NEWER]["technology"] == "ai; sensors" and rows[NEWER]["has_partners"] == ""
    book = openpyxl.load_workbook(tmp_path / "entries.xlsx")
    head = [cell.value for cell in book["entries"][1]]
    assert {"impact_kinds", "technology", "from_mdg", "start_date", "prize_category"} <= set(head)
    by = {row[0].value: dict(zip(head, (cell.value for cell in row), strict=True)) for row in book["entries"]}
    assert by[NEWER]["start_date"] == "2019", "a year alone stays one"
    assert by[NOMINATED]["place"] == "name: Kisumu"
    assert by[NOMINATED]["prize_category"] == "2"
    options = {row[0].value: str(row[3].value) for row in book["columns"]}
    assert "ongoing: Running, first phase" in options["status"] and "ongoing (2027): Ongoing" in options["status"]
    assert "regional: Regional" in options["coverage"]


def path_text(path: Path) -> str:
    return path.read_text("utf-8-sig")


@pytest.mark.feature("Q23", "R1")
async def test_the_report_counts_each_question_among_those_who_were_asked(both: Site, tmp_path: Path) -> None:
    for form in ("html", "xlsx"):
        path = tmp_path / f"report.{form}"
        await report_of(both.service, path)
        texts = text_of(path)
        said = "\n".join(texts)
        assert "Entries by technology" in said
        assert "Sensors, Internet of things" in said and "Running, first phase" in said and "Ongoing" in said
        assert not [text for text in texts if text.startswith("[")]
    page = "\n".join(text_of(tmp_path / "report.html"))
    assert "Counted where it was asked: 2 of 4 entries." in page
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    figures = {row[0]: row[1] for row in book.worksheets[0].iter_rows(values_only=True) if row[0]}
    for facet, value in (("technology", "sensors"), ("status", "first_phase"), ("status", "ongoing")):
        count, label = (await counts(both, facet))[value]
        assert figures[label] == count == 1
