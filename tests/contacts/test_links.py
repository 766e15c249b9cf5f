"""A personal link makes a name on a list somebody whom the bot can write to, and knows already."""

from __future__ import annotations

import pytest
from sqlmodel import select

from dialogs.domain.messages import M
from dialogs.domain.organizers.contacts import Group, total
from dialogs.screens import Choice, Screen
from storage.contacts import reachability
from storage.people import people
from storage.tables import ContactRow
from tests.contacts.conftest import LIST, Written, imported
from tests.driver import Person, Stage
from tests.joining import join
from tests.samples import walk


async def token(stage: Stage, email: str) -> str:
    query = select(ContactRow.token).where(ContactRow.email == email)
    return await stage.database.read(lambda session: session.exec(query).one())


async def follows(stage: Stage, name: str, email: str) -> Person:
    person = stage.person(name, channel="telegram")
    await person.does("start", f"inv-{await token(stage, email)}")
    return person


async def figures(stage: Stage) -> dict[str, Group]:
    groups = await stage.database.read(reachability.by_country_and_language)
    return {group.country: group for group in groups}


@pytest.fixture
async def listed(stage: Stage, written: Written) -> Stage:
    await imported(stage, written(LIST))
    return stage


@pytest.mark.feature("N19")
async def test_who_follows_their_link_is_greeted_by_name_in_the_lists_language(listed: Stage) -> None:
    elodie = await follows(listed, "200", "elodie@example.org")
    assert elodie.reads == "fr"
    elodie.sees("Élodie Martin")
    assert elodie.screen.name == "home"
    await elodie.says("bonjour")
    assert elodie.reads == "fr", "the app's language must not take over"


@pytest.mark.feature("N19", "D7")
async def test_what_the_list_knows_is_offered_and_kept_with_one_tap(listed: Stage) -> None:
    amina = await follows(listed, "200", "amina@lakenet.org")
    await amina.does("new")
    await walk(amina, {"agree": "yes", "entry_mode": "new"}, until="contact_name")
    amina.sees("We already have: Amina Otieno")
    await amina.taps(".keep")
    await amina.says("Project lead")
    amina.sees("We already have: amina@lakenet.org")
    await amina.taps(".keep")
    amina.sees("Lake Community Networks")
    await amina.taps(".keep")
    await amina.taps(".keep")
    amina.sees("We already have: Kenya")
    await amina.taps(".keep")
    assert amina.question == "org_url"


@pytest.mark.feature("N19")
async def test_a_link_that_is_passed_on_tells_nothing_of_its_owner(listed: Stage) -> None:
    await follows(listed, "200", "amina@lakenet.org")
    ben = await follows(listed, "300", "amina@lakenet.org")
    ben.misses("Amina", "Lake Community Networks")
    carla = listed.person("400", channel="telegram")
    await carla.does("start", "inv-nobody")
    assert ben.text == carla.text, "a used link must look like any other start"


@pytest.mark.feature("N19")
async def test_the_same_link_can_be_followed_again_by_the_same_person(listed: Stage) -> None:
    amina = await follows(listed, "200", "amina@lakenet.org")
    started = await listed.database.read(lambda session: session.exec(select(ContactRow.started)).all())
    listed.clock.passes(days=3)
    await amina.does("start", f"inv-{await token(listed, 'amina@lakenet.org')}")
    amina.sees("Welcome, Amina Otieno")
    assert started == await listed.database.read(lambda session: session.exec(select(ContactRow.started)).all())


@pytest.mark.feature("N19")
async def test_figures_add_up_to_the_row(listed: Stage) -> None:
    amina = await follows(listed, "200", "amina@lakenet.org")
    await follows(listed, "300", "elodie@example.org")
    assert await figures(listed) == {
        "EG": Group("EG", "ar", invited=1),
        "FR": Group("FR", "fr", invited=1, started=1, reachable=1),
        "KE": Group("KE", "en", invited=1, started=1, reachable=1),
    }
    await amina.taps("news:stop", announcement(amina))
    await listed.database.write(lambda session: people.reachable(session, "telegram", "300", False))
    web = listed.person("layla", channel="web")
    await web.does("start", f"inv-{await token(listed, 'layla@example.org')}")
    found = await figures(listed)
    assert found == {
        "EG": Group("EG", "ar", invited=1, started=1, web_only=1),
        "FR": Group("FR", "fr", invited=1, started=1, blocked=1),
        "KE": Group("KE", "en", invited=1, started=1, opted_out=1),
    }
    assert total(found.values()) == Group("", "", 3, 3, 0, 1, 1, 1)


def announcement(person: Person) -> Screen:
    """What an announcement looks like, as far as its button goes."""
    stop = Choice("news:stop", M("announce.stop"))
    return Screen("announcement", (), ((stop,),), stamp=person.screen.stamp)


@pytest.mark.feature("N22", "N19")
async def test_who_asks_to_be_forgotten_leaves_the_list_and_does_not_come_back(listed: Stage, written: Written) -> None:
    amina = await follows(listed, "200", "amina@lakenet.org")
    await amina.does("forget")
    await amina.taps("forget")
    assert "KE" not in await figures(listed)
    again = await imported(listed, written(LIST))
    assert again.tally.unwanted == 1
    assert "KE" not in await figures(listed)


@pytest.mark.feature("H5")
async def test_my_data_shows_what_the_list_says(listed: Stage) -> None:
    amina = await follows(listed, "200", "amina@lakenet.org")
    await amina.does("mydata")
    amina.sees('"contacts"', "amina@lakenet.org")


async def test_a_contact_goes_along_when_two_apps_are_joined(listed: Stage) -> None:
    amina = await follows(listed, "200", "amina@lakenet.org")
    web = listed.person("desk", channel="web")
    await web.does("start")
    await web.taps("English")
    await join(amina, web)
    assert (await figures(listed))["KE"].reachable == 1
    await web.does("new")
    await walk(web, {"agree": "yes", "entry_mode": "new"}, until="contact_name")
    web.sees("We already have: Amina Otieno")
