"""One contact is found, corrected, merged and removed; an import is rehearsed and taken back; groups are written to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlmodel import Session, select

from storage.announcements import audiences
from storage.announcements.audiences import Audience
from storage.contacts import contacts, directory, imports, kind_words
from storage.contacts.contacts import Contact
from storage.engine.database import Database
from storage.people import people
from storage.tables import ContactRow
from tests.contacts.conftest import LIST, Written, imported
from tests.driver import IN_SEASON, Stage
from tests.service import Service

pytestmark = pytest.mark.feature("B2")


def one(session: Session, name: str) -> ContactRow:
    return session.exec(select(ContactRow).where(ContactRow.name == name)).one()


BETTER = Contact("José Núñez", "Réseaux du Lac et des Rivières", "jose@example.org", "ES", "es", "CSO")
POORER = {
    "accents lost": Contact("Jose Nunez", "Reseaux du Lac et des Rivieres", "jose@example.org"),
    "letters lost": Contact("Jos? N??ez", "R\ufffdseaux du Lac", "JOSE@example.org"),
    "capitals": Contact("JOSÉ NÚÑEZ", "RÉSEAUX DU LAC ET DES RIVIÈRES", "jose@example.org"),
    "cut short": Contact("José", "Réseaux du Lac et des Riv", "jose@example.org"),
    "nothing but an address": Contact(email="jose@example.org"),
}


@pytest.mark.parametrize("poorer", POORER.values(), ids=list(POORER))
async def test_a_poorer_list_never_worsens_a_better_row(database: Database, poorer: Contact) -> None:
    def work(session: Session) -> tuple[int, int, str, str]:
        contacts.keep(session, [BETTER], IN_SEASON)
        tally = contacts.keep(session, [poorer], IN_SEASON)
        again = contacts.keep(session, [Contact("José Núñez Ruiz", email="jose@example.org")], IN_SEASON)
        row = session.exec(select(ContactRow)).one()
        return tally.changed, again.changed, row.name, row.organisation

    assert await database.write(work) == (0, 1, "José Núñez Ruiz", BETTER.organisation)


async def test_an_import_is_rehearsed_then_taken_back_but_for_those_who_began(stage: Stage, written: Written) -> None:
    await imported(stage, written("Name,E-mail\nAmina,amina@lakenet.org\n"))
    found = await imported(stage, written(LIST))
    assert (found.tally.new, found.tally.changed) == (2, 1)

    def back(session: Session) -> list[object]:
        person = people.arrive(session, "telegram", "77", now=IN_SEASON)
        assert contacts.take(session, person, one(session, "Élodie Martin").token, IN_SEASON)
        done = imports.undo(session, None, found.id, IN_SEASON)
        left = sorted((row.name, row.organisation) for row in session.exec(select(ContactRow)))
        return [done, left, imports.undo(session, None, found.id, IN_SEASON)]

    assert await stage.database.write(back) == [
        imports.Undone(1, 1, 1),
        [("Amina", ""), ("Élodie Martin", "Réseaux du Lac")],
        None,
    ]


async def test_what_a_list_calls_a_kind_is_said_once_and_understood_in_every_list(
    stage: Stage, written: Written
) -> None:
    table = written("Name,E-mail,Kind\nAmina,amina@lakenet.org,Tribal council\n")
    assert (await imported(stage, table)).lacking == 1
    await stage.database.write(lambda session: kind_words.say(session, "tribal COUNCIL", "GOV"))
    assert (await imported(stage, table)).lacking == 0
    assert await stage.database.read(lambda session: one(session, "Amina").kind) == "GOV"


async def test_two_rows_of_one_person_become_one_and_keep_the_link_that_was_followed(database: Database) -> None:
    def work(session: Session) -> tuple[str, str, str, bool, tuple[str, ...]]:
        contacts.keep(session, [Contact("Anna Bo", country="KE")], IN_SEASON)
        contacts.keep(session, [Contact("A. Bo", "Lake", "anna@example.org")], IN_SEASON, group="press")
        first, second = one(session, "Anna Bo").id or 0, one(session, "A. Bo").id or 0
        person = people.arrive(session, "telegram", "77", now=IN_SEASON)
        contacts.take(session, person, one(session, "A. Bo").token, IN_SEASON)
        assert directory.merge(session, None, first, first, IN_SEASON) == "same"
        assert directory.merge(session, None, first, second, IN_SEASON) == ""
        assert directory.get(session, second) is None
        card = directory.get(session, first)
        assert card is not None
        assert audiences.holds(session, Audience(groups=("press",)), "news", person)
        assert not audiences.holds(session, Audience(not_contacts=(first,)), "news", person)
        again = contacts.keep(session, [Contact("Anna Bo", email="anna@example.org")], IN_SEASON)
        assert (again.new, again.same) == (0, 1)
        return card.name, card.email, card.country, card.started, card.groups

    assert await database.write(work) == ("Anna Bo", "anna@example.org", "KE", True, ("press",))


async def test_the_command_finds_corrects_groups_and_removes_and_says_what_it_did(tmp_path: Path) -> None:
    service = Service(tmp_path)

    async def does(*words: str, code: int = 0) -> str:
        ended, out, errors = await service.command("contacts", *words)
        assert ended == code, (words, out, errors)
        return out if code == 0 else errors

    (tmp_path / "list.csv").write_text(LIST, "utf-8")
    said = await does("import", str(tmp_path / "list.csv"), "--dry-run")
    assert "3 new" in said and "nothing was taken in" in said
    assert "There are none." in await does("find")
    said = await does("import", str(tmp_path / "list.csv"), "--group", "Press")
    undo = said.partition("contacts undo ")[2].split()[0]
    said = await does("find", "elodie RESEAUX")
    assert "1 in all" in said and "Élodie Martin" in said
    assert "3  press" in await does("groups")
    said = await does("change", "2", "--country", "Kenia", "--email", "elodie@lac.example", "--no-group", "press")
    assert "elodie@lac.example" in said and "KE" in said and "press" not in said
    assert "“Nowhere” is not" in await does("change", "2", "--country", "Nowhere", code=2)
    assert "another contact has this address" in await does("change", "2", "--email", "amina@lakenet.org", code=2)
    assert "no contact 300" in await does("show", "300", code=2)
    assert "Contact 3 is removed." in await does("remove", "3", "--yes")
    said = await does("import", str(tmp_path / "list.csv"))
    assert "1 new, 0 changed, 1 as they were" in said and "1 asked to be forgotten" in said
    assert json.loads(await does("find", "--format", "json"))[0]["name"] == "Amina Otieno"
    assert undo in await does("imports")
    assert "1 removed" in await does("undo", undo)
