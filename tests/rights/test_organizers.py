"""Whoever loses a role loses what they handed out with it; invitations are listed, ended, and heard of when used."""

from __future__ import annotations

import pytest

from storage.organizers import organizers
from tests.announcements.posting import Post
from tests.driver import ON_ONE_ENGINE, Person, Stage
from tests.organizing.inviting import invitation, joins

pytestmark = ON_ONE_ENGINE


@pytest.fixture
async def olga(stage: Stage) -> Person:
    now = stage.clock.now()
    await stage.database.write(lambda session: organizers.name_in_settings(session, [100], now))
    return stage.person("100", channel="telegram", called="Olga")


@pytest.fixture
async def mallory(olga: Person, stage: Stage) -> Person:
    """An owner by invitation."""
    return await joins(olga, stage.person("600", channel="telegram", called="Mallory"), "owner")


async def change(olga: Person, *taps: str) -> None:
    await olga.does("organizers")
    await olga.taps("Change: Mallory")
    for tap in taps:
        await olga.taps(tap)


@pytest.mark.feature("S7")
@pytest.mark.parametrize("taps", [("Take the role away", "Yes, remove it"), ("Translator",)])
async def test_who_loses_their_role_cannot_come_back_by_their_own_link(
    olga: Person, mallory: Person, stage: Stage, taps: tuple[str, ...]
) -> None:
    link = await invitation(mallory, "owner")
    await change(olga, *taps)
    for person in (mallory, stage.person("700", channel="telegram")):
        await person.does("start", link)
        person.misses("Your role: Owner")
        await person.does("organizers")
        person.sees("I do not know /organizers")
    await olga.does("organizers")
    await olga.taps(".invitations")
    olga.sees("There is none")
    if taps == ("Translator",):  # promoted again, the links of before stay ended
        await change(olga, "Owner")
        ned = stage.person("800", channel="telegram")
        await ned.does("start", link)
        ned.sees("This invitation has been used, has ended")


@pytest.mark.feature("S7")
async def test_who_is_named_in_the_settings_no_more_has_invited_nobody(
    olga: Person, mallory: Person, stage: Stage
) -> None:
    link = await invitation(olga, "owner")
    await stage.database.write(lambda session: organizers.name_in_settings(session, [], stage.clock.now()))
    await olga.does("start", link)
    olga.sees("This invitation has been used, has ended")


@pytest.mark.feature("S7")
async def test_owners_see_open_invitations_and_end_them(olga: Person, mallory: Person, stage: Stage) -> None:
    one = await invitation(olga, "organizer")
    stage.clock.passes(minutes=1)
    two = await invitation(mallory, "reviewer")
    await olga.does("organizers")
    await olga.taps(".invitations")
    olga.sees("1. Organizer: made by Olga", "2. Reviewer: made by Mallory")
    olga.misses(one.removeprefix("org-")[:6], two.removeprefix("org-")[:6])
    await olga.taps("End number 2")
    olga.sees("The invitation has ended", "1. Organizer: made by Olga")
    olga.misses("Reviewer")
    rita = stage.person("700", channel="telegram")
    await rita.does("start", two)
    rita.sees("This invitation has been used, has ended")
    await olga.does("log")
    olga.sees("Olga ended an invitation (Reviewer)")


@pytest.mark.feature("S7")
async def test_who_invited_is_told_when_it_is_used(olga: Person, stage: Stage) -> None:
    await joins(olga, stage.person("700", channel="telegram", called="Rita"), "reviewer")
    told = {each.address: each.text for each in await Post(stage).goes_out()}
    assert told == {"100": told["100"]}
    assert "Rita has used your invitation. Role: Reviewer" in told["100"]


@pytest.mark.feature("S7", "H5")
async def test_the_log_calls_people_by_number_so_that_a_forgotten_one_has_no_name_in_it(
    olga: Person, mallory: Person
) -> None:
    await change(olga, "Organizer")
    await olga.does("log")
    olga.sees("Olga gave Mallory another role (Organizer)")
    await mallory.does("forget")
    await mallory.taps("forget")
    await olga.does("log")
    olga.misses("Mallory")
