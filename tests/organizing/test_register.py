"""Entries that were sent are found by what they are about, in the chat and on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dialogs.domain.organizers.entry_search import Wanted
from dialogs.organizers.entries.entry_query import understood
from storage.engine.database import Database
from tests.driver import MACHINE, Clock, Person, Stage
from tests.organizing.inviting import joins
from tests.organizing.season import season
from tests.service import Service


@pytest.mark.feature("X1")
@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("C7 SDG 4 Kenya 2027 solar", Wanted("C7", "4", "KE", "2027", "solar")),
        ("c7-EHEA", Wanted(line="C7-ehea")),
        ("ЦУР 4 Кения", Wanted(goal="4", country="KE")),
        ("الهدف ٤ مصر", Wanted(goal="4", country="EG")),
        ("肯尼亚 C2", Wanted(line="C2", country="KE")),
        ("villages in Kenya", Wanted(country="KE", words="villages in")),
        ("KE", Wanted(country="KE")),
        ("no country in it", Wanted(words="no country in it")),
        ("solar République démocratique du Congo", Wanted(country="CD", words="solar")),
        ("C99", Wanted(words="C99")),
    ],
)
def test_what_is_typed_is_understood(typed: str, wanted: Wanted) -> None:
    assert understood(typed, MACHINE.world.vocabulary) == wanted


@pytest.mark.feature("X1")
async def test_an_organizer_finds_entries_and_reads_one(stage: Stage, olga: Person) -> None:
    await season(stage)
    await olga.does("entries")
    olga.sees("50 entries found", "1. Project 20 (Lake Networks")
    await olga.says("C7 Egypt 2027")
    olga.sees("C7 ICT applications", "Egypt", "5 entries found")
    await olga.says("C2 kenya 2027")
    olga.sees("5 entries found")
    await olga.taps("entry:WSIS-2027-000004")
    olga.sees("Project 4", "WSIS-2027-000004, sent in the 2027 call", "Lake Networks, Kenya", "4 Quality education")
    await olga.taps(".back")
    olga.sees("5 entries found")
    await olga.says("nothing like this")
    olga.sees("0 entries found", "nothing like this")
    await olga.taps(".all")
    olga.sees("50 entries found")
    await olga.taps("More")
    olga.sees("7. Project 14")


@pytest.mark.feature("X1", "H3")
async def test_a_reviewer_finds_entries_and_a_translator_does_not(stage: Stage, olga: Person) -> None:
    rita = await joins(olga, stage.person("300", channel="telegram"), "reviewer")
    await rita.does("entries")
    assert rita.screen.name == "organize_entries"
    tom = await joins(olga, stage.person("400", channel="telegram"), "translator")
    await tom.does("entries")
    tom.sees("My entries", "You have not sent an entry yet.")  # what the command means for everybody else


@pytest.mark.feature("X1")
async def test_the_command_finds_the_same(tmp_path: Path) -> None:
    service = Service(tmp_path)
    database = await Database.open(service.environment["STOCKTAKING_DATABASE_URL"])
    await season(Stage(database, Clock()))
    await database.close()
    code, out, errors = await service.command(
        *("entries", "list", "--line", "C7", "--goal", "4", "--country", "EG", "--format", "json")
    )
    assert code == 0, errors
    found = json.loads(out)
    assert len(found) == 5
    assert all("C7" in entry["lines"] and entry["country"] == "EG" for entry in found)
    code, out, errors = await service.command("entries", "list", "--call", "2026", "--words", "project 30")
    assert out.split()[0] == "WSIS-2026-000030"
    code, _, errors = await service.command("entries", "list", "--line", "C99")
    assert (code, errors.count("\n")) == (2, 1)
