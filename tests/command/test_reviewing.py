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


@pytest.mark.feature("V13", "V17")
async def test_criteria_are_set_and_scores_taken_in_and_exported_by_command(command: Service) -> None:
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

    score = ("review", "score", REFERENCE, "--reviewer")
    code, _, errors = await command.command(*score, "Rosa", "--give", "relevance=4")
    assert code == 1 and "as it stands" in errors, "the call asks for no scores"
    code, _, errors = await command.command("calls", "criteria", "2027", "--criterion", "relevance=101")
    assert code == 1 and "weights from 0 to 100" in errors
    weights = ("--criterion", "Pertinence=3", "--criterion", "=1+1=1")
    code, out, errors = await command.command("calls", "criteria", "2027", *weights, "--by", "mean")
    assert (code, out.strip()) == (0, "2027: relevance=3, =1+1=1; mean"), errors
    code, _, errors = await command.command(*score, "Rosa", "--give", "relevance=4")
    assert code == 1 and "by the criteria of its call" in errors
    code, out, errors = await command.command(*score, "remi", "--give", "relevance=4", "--give", "=1+1=4", "--json")
    assert (code, json.loads(out)) == (0, {"reference": REFERENCE, "state": "received"}), errors
    code, _, errors = await command.command(*score, "Rosa", "--abstain", "--remark", "I know them.")
    assert code == 0, errors

    code, out, _ = await command.command("review", "scores", "--json")
    (entry,) = json.loads(out)
    assert (entry["reference"], entry["total"]) == (REFERENCE, 4.0)
    assert [(each["name"], each["given"]) for each in entry["scores"]][1] == ("Rosa", None)
    for name in ("scores.csv", "scores.xlsx"):
        code, _, errors = await command.command("review", "scores", str(command.folder / name))
        assert code == 0, errors
    with (command.folder / "scores.csv").open(encoding="utf-8-sig", newline="") as file:
        first, second = csv.DictReader(file)
    assert (first["reviewer"], first["score"], first["total"], first["relevance"]) == ("Rémi", "4.00", "4.00", "4")
    assert first["'=1+1"] == "4" and (second["total"], second["remark"]) == ("", "I know them.")
    code, _, _ = await command.command("review", "export", str(command.folder / "queue.csv"))
    assert '"4.00"' in (command.folder / "queue.csv").read_text("utf-8-sig")
