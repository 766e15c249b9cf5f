"""Organizers send a list in the chat, hear what became of it, and see who can be reached."""

from __future__ import annotations

import zipfile
from itertools import count
from pathlib import Path

import pytest

from bot.app import App
from bot.contact_import.sent_lists import read_waiting
from bot.settings import Settings
from dialogs.domain.events import FileRef, Sent
from dialogs.organizers.contacts.contacts import LARGEST
from storage.entries import files
from tests.contacts import address_books, old_excel_files
from tests.driver import Person, Stage
from tests.organizing.inviting import joins

LISTS = count(1)

LIST = """name,email,country,language
Amina Otieno,amina@lakenet.org,Kenya,en
Ben,ben(at)example.org,Kenya,en
Carla,carla@example.org,Chile,es
"""


@pytest.fixture
def app(stage: Stage, tmp_path: Path) -> App:
    """What reads lists when they are there."""
    folder = tmp_path / "files"
    folder.mkdir()
    settings = Settings(database_url="sqlite:///unused", files=folder)
    return App(settings, stage.database, stage.words, stage.turns)


async def sends(person: Person, app: App, name: str, content: bytes) -> None:
    """Send a file, whose bytes arrive a moment later."""
    id = f"list-{next(LISTS)}"
    await person.acts(Sent(FileRef(id, f"folder:{id}", name, "text/csv", len(content)), person.now))
    person.sees(f"{name} has arrived and is being read")
    await read_waiting(app)
    (app.settings.files / id).write_bytes(content)
    await app.database.write(lambda session: files.note(session, id, "kept"))
    await read_waiting(app)


@pytest.mark.feature("N19", "H4", "B1")
async def test_old_excel_and_address_books_are_taken_in_the_chat_and_numbers_is_told_the_way(
    olga: Person, app: App, stage: Stage, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "people.numbers", "w") as packed:
        packed.writestr("Index/Document.iwa", b"")
    await olga.does("contacts")
    await sends(olga, app, "people.xls", old_excel_files.LIST)
    await olga.taps("Look again")
    olga.sees("people.xls: 3 new, 0 changed, 0 as they were, 1 left out", "Row 8: The e-mail address")
    stage.clock.passes(minutes=1)
    await sends(olga, app, "people.vcf", address_books.APPLE_30.encode())
    await olga.taps("Look again")
    olga.sees("people.vcf: 1 new, 0 changed, 1 as they were, 0 left out", "4 people are on the lists")
    stage.clock.passes(minutes=1)
    await sends(olga, app, "people.vcf", address_books.APPLE_30.encode()[:-40])
    await olga.taps("Look again")
    olga.sees("This address book (.vcf) is damaged or cut off", "4 people are on the lists")
    stage.clock.passes(minutes=1)
    await sends(olga, app, "people.numbers", (tmp_path / "people.numbers").read_bytes())
    await olga.taps("Look again")
    olga.sees("In Numbers choose “File”, “Export To”, “Excel” or “CSV”")


@pytest.mark.feature("N19", "H4")
async def test_a_list_sent_in_the_chat_is_taken_in(olga: Person, app: App) -> None:
    await olga.does("contacts")
    olga.sees("0 people are on the lists")
    await sends(olga, app, "list.csv", LIST.encode())
    await olga.taps("Look again")
    olga.sees("list.csv: 2 new, 0 changed, 0 as they were, 1 left out")
    olga.sees("Row 3: The e-mail address is not complete")
    olga.sees("2 people are on the lists", "Kenya, English: 1 invited, 0 started", "Chile, Spanish: 1 invited")
    assert olga.screen.picture is not None
    assert not list(app.settings.files.iterdir()), "a list of people stays no longer than it must"
    await olga.does("log")
    olga.sees("Olga imported a list of contacts (2 new, 0 changed, 1 left out)")


@pytest.mark.feature("H4")
async def test_what_is_no_list_is_said_so_in_the_chat(olga: Person, app: App) -> None:
    await olga.does("contacts")
    await sends(olga, app, "list.xls", b"\xd0\xcf\x11\xe0 something old")
    await olga.taps("Look again")
    olga.sees("This workbook cannot be read. Save the list as .xlsx or .csv once more.")


async def test_a_file_that_is_too_large_is_refused_at_once(olga: Person) -> None:
    await olga.does("contacts")
    await olga.sends("list.csv", "text/csv", size=LARGEST + 1)
    olga.sees("The file is larger than 5 MB")


@pytest.mark.feature("H3")
async def test_a_reviewer_does_not_see_contacts(olga: Person, stage: Stage) -> None:
    rita = await joins(olga, stage.person("300", channel="telegram"), "reviewer")
    await rita.does("contacts")
    rita.sees("I do not know /contacts")
