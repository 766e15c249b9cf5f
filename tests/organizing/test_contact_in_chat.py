"""One contact is found, corrected, grouped, merged and removed in the chat; a list is mended and taken back there."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import App
from bot.export.csv_cells import BOM
from bot.export.csv_tables import as_csv, plainly
from bot.settings import Settings
from storage.contacts import directory
from storage.retention import STEPS, Periods
from tests.driver import ON_ONE_ENGINE, Person, Stage
from tests.organizing.inviting import joins
from tests.organizing.test_contacts import sends

pytestmark = [pytest.mark.feature("B2"), ON_ONE_ENGINE]

LIST = """Nom;Organisation;Courriel;Pays;Langue
Amina Otieno;Lake Networks;amina@lakenet.org;Kenya;en
A. Otieno;Lake Networks;otieno@lakenet.org;Kenya;en
Ben;=1+1;ben(at)example.org;Kenya;en
Total;3;;;
Carla Pérez;Redes;carla@example.org;Narnia;klingon
"""


@pytest.fixture
def app(stage: Stage, tmp_path: Path) -> App:
    folder = tmp_path / "files"
    folder.mkdir()
    return App(Settings(database_url="sqlite:///unused", files=folder), stage.database, stage.words, stage.turns)


@pytest.fixture
async def listed(olga: Person, app: App) -> Person:
    """Olga, who sent a list that is not without mistakes."""
    await olga.does("contacts")
    await sends(olga, app, "list.csv", LIST.encode())
    await olga.taps("Look again")
    olga.sees("list.csv: 3 new, 0 changed, 0 as they were, 1 left out")
    return olga


async def test_one_contact_is_found_corrected_grouped_merged_and_removed(listed: Person, stage: Stage) -> None:
    olga = listed
    await olga.says("otieno LAKE")
    olga.sees("1. Amina Otieno · Lake Networks · amina@lakenet.org", "2. A. Otieno")
    await olga.taps("Contact 1")
    olga.sees("Name: Amina Otieno", "Country: Kenya", "Kind: Not provided", "not followed their personal link")
    await olga.taps("change:country")
    await olga.says("Narnia")
    olga.sees("Narnia")
    await olga.says("Ouganda")
    olga.sees("The contact is changed", "Country: Uganda")
    await olga.taps("change:email")
    await olga.says("otieno@lakenet.org")
    olga.sees("Another contact is already kept under this")
    await olga.says("amina@example.org")
    olga.sees("E-mail: amina@example.org")
    await olga.taps("change:kind")
    await olga.taps("is:CSO")
    olga.sees("Kind: Civil society")
    await olga.taps("change:groups")
    await olga.says("Press, Lake  people")
    olga.sees("Groups: lake people and press")
    await olga.taps("change:organisation")
    await olga.taps("Leave it empty")
    olga.sees("Organization: Not provided")
    await olga.taps(".merge")
    await olga.says("1")
    olga.sees("one and the same contact")
    await olga.says("2")
    olga.sees("Contact 2 (A. Otieno · Lake Networks · otieno@lakenet.org) goes into this one")
    await olga.taps(".merge!")
    olga.sees("The two contacts are one now", "Name: Amina Otieno", "Organization: Lake Networks", "amina@example.org")
    await olga.taps(".remove")
    olga.sees("No later list brings them back")
    await olga.taps(".remove!")
    olga.sees("Contact 1 has been removed", "No contact has all of these words")
    await olga.does("log")
    olga.sees("Olga removed contact #1", "Olga merged contact 2 into contact #1", "Olga changed contact #1")
    left = await stage.database.read(lambda session: directory.find(session, ""))
    assert [card.name for card in left] == ["Carla Pérez"]


async def test_a_contact_that_another_organizer_removed_meanwhile_is_said_to_be_gone(
    listed: Person, stage: Stage
) -> None:
    await listed.says("#3")
    await listed.taps("Contact 3")
    await stage.database.write(lambda session: directory.remove(session, None, 3, stage.clock.now()))
    await listed.taps("change:name")
    await listed.says("Carla")
    listed.sees("This contact is not there any more")


async def test_the_rows_to_mend_come_back_as_a_file_that_can_be_sent_again(
    listed: Person, app: App, stage: Stage
) -> None:
    await listed.taps("Rows to correct (CSV)")
    listed.sees("2 rows to correct are in this file")
    table = listed.screen.table
    assert table is not None
    text = as_csv(table, lambda value: plainly(value, stage.words, "en"))
    head, ben, carla = csv.reader(io.StringIO(text))
    assert head[:7] == ["Nom", "Organisation", "Courriel", "Pays", "Langue", "row", "what to correct"]
    assert ben[1] == "'=1+1", "no cell of a stranger's list becomes a formula"
    assert ben[5] == "4" and "e-mail address is not complete" in ben[6]
    assert carla[5] == "6" and "Narnia" in carla[6] and "klingon" in carla[7]
    mended = text.replace("ben(at)example.org", "ben@example.org").replace("Narnia", "Chile").replace("klingon", "es")
    await listed.taps(".back")
    stage.clock.passes(minutes=5)
    await sends(listed, app, "mended.csv", (BOM + mended).encode())
    await listed.taps("Look again")
    listed.sees("mended.csv: 1 new, 1 changed, 0 as they were, 0 left out")
    assert not listed.offers(".mend")


async def test_the_rows_of_a_list_are_kept_no_longer_than_a_day(listed: Person, stage: Stage) -> None:
    periods = Periods(*[timedelta(days=400)] * 5)
    remove = STEPS["lists of contacts"]
    assert await stage.database.write(lambda session: remove(session, stage.clock.now(), periods)) == 0
    stage.clock.passes(days=1, minutes=1)
    assert await stage.database.write(lambda session: remove(session, stage.clock.now(), periods)) == 1
    await listed.taps("Rows to correct (CSV)")
    listed.sees("Nothing is left to correct")
    await listed.taps(".back")
    assert not listed.offers(".mend")


async def test_an_import_is_taken_back_in_the_chat_after_a_second_yes(listed: Person, stage: Stage) -> None:
    await listed.taps("Imports of lists")
    listed.sees("1. list.csv, 20 November 2026", "3 new, 0 changed")
    await listed.taps("Undo no. 1")
    listed.sees("Undo this import?")
    await listed.taps("Yes, undo it")
    listed.sees("3 removed, 0 as before, 0 stay", "undone")
    assert not await stage.database.read(lambda session: directory.find(session, ""))
    await listed.does("log")
    listed.sees("Olga undid an import of contacts (3 removed, 0 as before)")


async def test_a_translator_and_a_reviewer_find_no_contact(listed: Person, stage: Stage) -> None:
    for name, role in (("302", "reviewer"), ("303", "translator")):
        other = await joins(listed, stage.person(name, channel="telegram"), role)
        await other.does("contacts")
        other.sees("I do not know /contacts")
