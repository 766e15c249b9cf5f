"""A colleague sees, changes, copies and discards nothing but the section they were given, while they have it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from dialogs.domain.events import Chose, Said
from storage.people import conversations, people
from tests.dialogs.test_drafts import send_an_entry
from tests.driver import ON_ONE_ENGINE, Person, Stage
from tests.samples import ANSWERS, answer_until, walk

pytestmark = ON_ONE_ENGINE

SECRETS = {
    "contact_name": "Secretname Otieno",
    "contact_role": "Secretrole",
    "contact_email": "secret@mail.example.org",
    "org_name": "Secretorg",
    "title": "Solar networks",
}
HIDDEN = ("Secretname", "Secretrole", "secret@", "Secretorg")


async def link(owner: Person, section: str) -> str:
    """What the owner sends a colleague."""
    await owner.does("sections")
    await owner.taps(".hand")
    await owner.taps(f"hand:{section}")
    found = re.search(r"/start (hand-\S+)", owner.text)
    assert found, owner.text
    return found[1]


async def takes(colleague: Person, payload: str) -> None:
    await colleague.does("start", payload)
    if colleague.screen.name == "language":
        await colleague.taps("English")


@pytest.fixture
async def ana(stage: Stage) -> Person:
    ana = stage.person("ana")
    await ana.does("start")
    await ana.taps("English")
    await ana.does("new")
    await walk(ana, {**ANSWERS, **SECRETS}, until="results")
    return ana


@pytest.fixture
async def bob(stage: Stage, ana: Person) -> Person:
    bob = stage.person("bob", channel="web")
    await takes(bob, await link(ana, "lasting"))
    assert bob.question == "results", bob.text
    return bob


async def drafts_of(person: Person) -> Any:
    """What the store gives the machine of somebody's drafts."""
    turns, now = person.stage.turns, person.now
    id = await person.stage.database.read(lambda s: people.person_at(s, person.channel, person.name))
    assert id is not None
    found = await person.stage.database.read(lambda s: conversations.load(s, id, now, turns.portions))
    return list(found.drafts.values())


@pytest.mark.feature("S4")
async def test_a_colleague_is_offered_to_go_on_and_nothing_else(ana: Person, bob: Person) -> None:
    await bob.does("drafts")
    bob.sees("Solar networks")
    codes = {choice.code.partition(":")[0] for row in bob.screen.rows for choice in row}
    assert codes == {"continue", ".new", ".home"}
    bob.misses(*HIDDEN)
    for command in ("sections", "review", "mydata", "home", "submit", "update"):
        await bob.does(command)
        bob.misses(*HIDDEN, "Duplicate", "Discard", "Hand to", "Send it")
    await bob.does("mydata")
    bob.misses("Solar networks")
    await bob.does("continue")
    assert bob.question == "results"
    assert not bob.offers(".short"), "the short way is its owner's to take"


@pytest.mark.feature("S4")
async def test_only_the_handed_answers_and_the_title_are_loaded(ana: Person, bob: Person) -> None:
    await bob.says("Bob wrote the results.")
    (draft,) = await drafts_of(bob)
    assert set(draft.answers) == {"title", "results"}
    assert (draft.previous, draft.files) == ({}, {})
    assert not any(secret in repr(draft.context) for secret in HIDDEN)
    await ana.does("review")
    ana.sees("Bob wrote the results.")


@pytest.mark.feature("S4")
async def test_buttons_of_the_owner_do_nothing_for_a_colleague(ana: Person, bob: Person) -> None:
    """Forged with the stamp of the present screen: what it does not offer is not heard."""
    (draft,) = await drafts_of(bob)
    for place in ("drafts", "home", "continue"):
        await bob.does(place)
        for code in (f"duplicate:{draft.id}", f"discard:{draft.id}", f"restore:{draft.id}", "discard", "hand:contact"):
            await bob.acts(Chose(code, bob.screen.stamp, bob.now))
            bob.misses(*HIDDEN)
    assert len(await drafts_of(bob)) == 1
    (own,) = await drafts_of(ana)
    assert own.discarded is None
    assert own.handed == ("lasting",)


@pytest.mark.feature("S4")
async def test_taken_back_in_the_middle_of_an_answer_nothing_is_kept_and_it_is_said(ana: Person, bob: Person) -> None:
    await bob.says("Bob wrote the results.")
    held = bob.screen
    await ana.does("sections")
    await ana.taps("section:lasting")
    await ana.taps("revoke:lasting")
    ana.sees("The section is yours again")
    await bob.says("Bob writes on, about challenges.")
    bob.sees("not open to you any more", "Your last message was not kept")
    await bob.taps(".skip", held)
    assert bob.screen.name == "home"
    bob.misses("Solar networks")
    await bob.does("drafts")
    bob.sees("no drafts")
    (own,) = await drafts_of(ana)
    assert own.answers["results"].value == "Bob wrote the results."
    assert "challenges" not in own.answers


@pytest.mark.feature("S4")
async def test_an_owner_keeps_out_of_the_section_while_it_is_away(ana: Person, bob: Person) -> None:
    """Their own earlier message, edited; and a colleague's message of the same number in another chat."""
    await ana.does("sections")
    await ana.taps("section:people")
    await ana.says("skip")
    await bob.acts(Said("Bob wrote the results.", bob.now, ref="77"))
    await ana.edits("77", "Ana edits her message 77.")
    ana.sees("not one of your answers")
    (own,) = await drafts_of(ana)
    assert own.answers["results"].value == "Bob wrote the results."


@pytest.mark.feature("S4")
async def test_a_link_is_good_for_one_colleague_and_never_for_the_owner_or_what_is_over(
    ana: Person, stage: Stage
) -> None:
    payload = await link(ana, "lasting")
    await takes(ana, payload)
    ana.sees("used already or was taken back")
    bob, carl = stage.person("bob"), stage.person("carl")
    await takes(bob, payload)
    assert bob.question == "results"
    await takes(bob, payload)
    assert bob.question == "results", "the same colleague may follow it again"
    await takes(carl, payload)
    carl.sees("used already")
    newer = await link(ana, "people")
    newest = await link(ana, "people")
    await takes(carl, newer)
    carl.sees("used already")
    await ana.does("drafts")
    await ana.taps("Discard")
    await ana.taps("discard")
    await takes(carl, newest)
    carl.sees("used already")
    await bob.does("drafts")
    bob.sees("no drafts")
    bob.misses("Bring back")
    await ana.does("drafts")
    await ana.taps("Bring back")
    await bob.does("drafts")
    bob.sees("Solar networks")


@pytest.mark.feature("S4")
async def test_what_was_sent_is_a_colleagues_no_more(stage: Stage) -> None:
    ana, bob, carl = stage.person("ana"), stage.person("bob"), stage.person("carl")
    await answer_until(ana, "review")
    first, second = await link(ana, "lasting"), await link(ana, "people")
    await takes(bob, first)
    await bob.does("sections")
    await bob.taps("section:lasting")
    held = bob.screen
    await ana.does("submit")
    assert "WSIS-2027-" in ana.text
    await takes(carl, second)
    carl.sees("used already")
    await bob.acts(Said("Too late.", bob.now))
    bob.sees("not open to you any more")
    await bob.acts(Chose(".skip", held.stamp, bob.now))
    await bob.does("drafts")
    bob.sees("no drafts")


@pytest.mark.feature("S4", "N7")
async def test_of_an_update_a_colleague_sees_the_old_answers_of_their_section_only(stage: Stage) -> None:
    ana, bob = stage.person("ana"), stage.person("bob")
    reference = await send_an_entry(ana, {**ANSWERS, **SECRETS, "results": "Four hundred people trained."})
    await ana.does("update")
    await ana.taps(f"entry:{reference}")
    await ana.says("results")
    await takes(bob, await link(ana, "lasting"))
    bob.sees("Four hundred people trained")
    bob.misses(*HIDDEN)
    (draft,) = await drafts_of(bob)
    assert set(draft.previous) <= {"title", *SECTION}
    await bob.does("review")
    bob.misses(*HIDDEN)


SECTION = ("results", "challenges", "sustainability", "replicability", "wsis_values", "future")
