"""`stocktaking entries ...` and `stocktaking review ...`: the deeds of a review, for a person and for a program."""

from __future__ import annotations

import csv
import json

import pytest
from openpyxl import load_workbook

from storage.engine.database import Database
from tests.driver import Clock, Stage
from tests.samples import ANSWERS, walk
from tests.service import Service

REFERENCE = "WSIS-2027-000001"


@pytest.mark.feature("V1", "V17")
async def test_an_entry_is_asked_about_published_and_withdrawn_by_command(command: Service) -> None:
    database = await Database.open(command.environment["STOCKTAKING_DATABASE_URL"])
    anna = Stage(database, Clock()).person("anna")
    await anna.does("new")
    await walk(anna, {**ANSWERS, "title": "=1+1 villages"})
    await anna.taps(".send")
    await database.close()

    code, out, _ = await command.command("review", "queue", "--json")
    assert code == 0 and [each["reference"] for each in json.loads(out)] == [REFERENCE]
    code, _, errors = await command.command("entries", "publish", "WSIS-2027-000009")
    assert code == 1 and errors.strip() == "stocktaking: there is no entry WSIS-2027-000009"

    comment = "description=Qui dirige le réseau ?"
    code, out, errors = await command.command("entries", "ask", REFERENCE, "--comment", comment, "--json")
    assert code == 0 and json.loads(out) == {"reference": REFERENCE, "state": "changes_asked"}, errors
    code, out, _ = await command.command("entries", "publish", REFERENCE.lower(), "--words", "Thank you.")
    assert (code, out.strip()) == (0, f"{REFERENCE}: published")

    for name in ("queue.csv", "queue.xlsx"):
        code, _, errors = await command.command("review", "export", str(command.folder / name))
        assert code == 0, errors
    with (command.folder / "queue.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["reference"], row["state"], row["title"]) == (REFERENCE, "published", "'=1+1 villages")
    sheet = load_workbook(command.folder / "queue.xlsx").active
    assert sheet is not None and sheet["A2"].value == REFERENCE and sheet["J2"].value == "'=1+1 villages"

    code, _, _ = await command.command("entries", "withdraw", REFERENCE)
    assert code == 4, "nobody was there to be asked"
    code, out, _ = await command.command("entries", "withdraw", REFERENCE, "--yes")
    assert (code, out.strip()) == (0, f"{REFERENCE}: withdrawn")
    code, out, _ = await command.command("entries", "show", REFERENCE, "--json")
    history = [line["action"] for line in reversed(json.loads(out)["history"])]
    assert history == ["claim", "ask", "accept", "announce", "withdraw"]


@pytest.mark.feature("V12", "V17")
async def test_entries_are_given_to_reviewers_by_a_file_and_evenly(command: Service) -> None:
    database = await Database.open(command.environment["STOCKTAKING_DATABASE_URL"])
    stage = Stage(database, Clock())
    anna = stage.person("anna")
    await anna.does("new")
    await walk(anna, ANSWERS)
    await anna.taps(".send")
    for address, name in (("300", "Rémi"), ("301", "Rosa")):
        code, out, _ = await command.command("organizers", "invite", "reviewer")
        await stage.person(address, channel="telegram", called=name).does("start", out.split()[1])
    await database.close()

    table = command.folder / "given.csv"
    table.write_text(f"Reference;Reviewer\n{REFERENCE};remi\nWSIS-2027-000077;Rosa\n", "utf-8")
    code, out, errors = await command.command("review", "assign", str(table))
    assert (code, out.split("\n")[0]) == (1, "Rémi: 1"), errors
    assert errors.strip() == "line 3: there is no entry WSIS-2027-000077"
    code, _, errors = await command.command("review", "assign", "--to", "Ulla")
    assert code == 1 and "no reviewer is called Ulla" in errors
    code, out, _ = await command.command("review", "assign", "--to", "Rosa", "--language", "en", "--json")
    assert code == 0 and json.loads(out) == {"given": {}, "refused": []}, "it is kept for Rémi"
    code, out, _ = await command.command("review", "queue", "--json")
    assert json.loads(out)[0]["assigned"] == ["Rémi"]
    code, _, _ = await command.command("review", "export", str(command.folder / "queue.xlsx"))
    sheet = load_workbook(command.folder / "queue.xlsx").active
    assert code == 0 and sheet is not None and (sheet["F1"].value, sheet["F2"].value) == ("assigned", "Rémi")
