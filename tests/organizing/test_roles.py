"""Organizers come in by the settings or by a link, see what their role allows, and are gone at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dialogs.domain.roles import RIGHTS, Right, Role, may
from dialogs.organizers import menu, routes
from storage.organizers import invitations, organizers
from tests.driver import Person, Stage
from tests.organizing.inviting import invitation, joins
from tests.samples import answer_until


@pytest.mark.feature("H3")
async def test_who_is_named_in_the_settings_is_an_owner_from_the_first_word(olga: Person) -> None:
    await olga.does("organize")
    olga.sees("For organizers", "Your role: Owner", "Organizers and roles", "Log of actions")
    await olga.taps("Organizers and roles")
    olga.sees("1. Olga: Owner, named in the settings")


@pytest.mark.feature("H3")
@pytest.mark.parametrize("command", sorted(set(routes.COMMANDS) - {"entries"}))  # which means one's own for others
async def test_nobody_else_learns_that_the_commands_exist(anna: Person, olga: Person, command: str) -> None:
    await anna.does("start")
    await anna.does("swordfish")
    unknown = anna.text
    await anna.does(command)
    assert anna.text == unknown.replace("swordfish", command)
    await anna.says(f"{command}")
    assert anna.screen.name == "home"


@pytest.mark.feature("H3")
async def test_an_invitation_makes_one_organizer_once(anna: Person, olga: Person, stage: Stage) -> None:
    link = await invitation(olga, "organizer")
    await anna.does("start", link)
    anna.sees("Welcome to the organizers. Your role: Organizer")
    ben = stage.person("300", channel="telegram")
    await ben.does("start")
    await ben.taps("English")
    for used in (link, "org-nonsense"):
        await ben.does("start", used)
        assert ben.screen.name == "home"
        ben.sees("This invitation has been used, has ended or is not complete")
        ben.misses("Organizer", "organizers")


@pytest.mark.feature("H3")
async def test_an_invitation_ends_after_a_week(anna: Person, olga: Person, stage: Stage) -> None:
    link = await invitation(olga, "owner")
    stage.clock.at += invitations.VALID + timedelta(seconds=1)
    await anna.does("start", link)
    anna.misses("Welcome to the organizers")
    await anna.does("organize")
    anna.sees("I do not know /organize")


@pytest.mark.feature("H3")
@pytest.mark.parametrize("channel", ["web", "terminal"])
async def test_an_invitation_works_in_every_app(olga: Person, stage: Stage, channel: str) -> None:
    wanda = await joins(olga, stage.person("wanda", channel=channel), "organizer")
    wanda.sees("Your role: Organizer")


@pytest.mark.feature("H3")
@pytest.mark.parametrize("role", list(Role))
async def test_the_menu_lists_what_the_role_may_and_nothing_else(olga: Person, stage: Stage, role: Role) -> None:
    ben = await joins(olga, stage.person("300", channel="telegram"), role.value)
    offered = {choice.code for row in ben.screen.rows for choice in row if not choice.code.startswith(".")}
    assert offered == {entry.name for entry in menu.MENU if may(role, entry.right)}
    for entry in menu.MENU:
        await ben.does(entry.name)
        unknown = "I do not know" in ben.text or "My entries" in ben.text
        assert unknown is not may(role, entry.right), f"{role} and /{entry.name}:\n{ben.text}"


@pytest.mark.feature("H3")
async def test_a_demoted_organizer_loses_menu_and_open_place_at_once(olga: Person, stage: Stage) -> None:
    ben = await joins(olga, stage.person("300", channel="telegram", called="Ben"), "owner")
    await ben.taps("organizers")
    held = ben.screen
    await olga.does("organizers")
    await olga.taps("Change: Ben")
    await olga.taps("Take the role away")
    await olga.taps("Yes, remove it")
    olga.sees("Changed.")
    olga.misses("Ben")
    await ben.taps(".invite", held)
    assert ben.screen.name == "home"
    await ben.does("organize")
    ben.sees("I do not know /organize")


@pytest.mark.feature("H3")
async def test_a_smaller_role_closes_the_places_of_the_larger_one(olga: Person, stage: Stage) -> None:
    ben = await joins(olga, stage.person("300", channel="telegram", called="Ben"), "owner")
    await ben.taps("organizers")
    await olga.does("organizers")
    await olga.taps("Change: Ben")
    await olga.taps("Translator")
    olga.sees("Ben: Translator")
    await ben.says("hello")
    assert ben.screen.name == "home"
    await ben.does("organize")
    ben.sees("Your role: Translator")
    ben.misses("Organizers and roles")


@pytest.mark.feature("H3")
async def test_there_is_always_an_owner(stage: Stage, olga: Person) -> None:
    ben = await joins(olga, stage.person("300", channel="telegram", called="Ben"), "owner")
    now = stage.clock.now()
    await stage.database.write(lambda session: organizers.name_in_settings(session, [], now))
    await olga.does("organize")
    olga.sees("I do not know /organize")
    await ben.does("organizers")
    await ben.taps("Change: Ben")
    await ben.taps("Organizer")
    ben.sees("there must be an owner", "1. Ben: Owner")


@pytest.mark.feature("H3", "C19")
async def test_organizing_never_breaks_a_running_answer(olga: Person) -> None:
    await answer_until(olga, "org_name")
    await olga.does("organize")
    await olga.taps("log")
    await olga.taps(".back")
    await olga.taps(".back")
    assert olga.question == "org_name"
    await olga.says("Lake Networks")
    assert olga.question == "org_type"


async def test_an_organizer_cannot_be_talked_into_joining_somebody_elses_account(
    anna: Person, olga: Person, stage: Stage
) -> None:
    await anna.does("join")
    code = anna.text.split("/join ")[1].split()[0]
    await olga.does("join", code)
    olga.sees("An organizer’s account does not move")
    await anna.does("organize")
    anna.sees("I do not know /organize")


@pytest.mark.feature("H6")
async def test_owners_read_who_did_what(olga: Person, stage: Stage) -> None:
    await joins(olga, stage.person("300", channel="telegram", called="Ben"), "reviewer")
    await olga.does("organizers")
    await olga.taps("Change: Ben")
    await olga.taps("Organizer")
    await olga.does("log")
    olga.sees(
        "Olga created an invitation (Reviewer)",
        "Ben joined the organizers (Reviewer)",
        "Olga gave Ben another role (Organizer)",
        "The settings name 100 as an owner",
    )


@pytest.mark.feature("H6")
async def test_a_long_log_is_read_page_by_page(olga: Person) -> None:
    for _ in range(12):
        await invitation(olga, "translator")
    await olga.does("log")
    assert olga.text.count("Olga created") == 10
    await olga.taps("Older")
    assert olga.text.count("Olga created") == 2
    olga.sees("The settings name 100")


def test_each_role_has_the_least_it_needs() -> None:
    assert {role for role in Role if may(role, Right.ORGANIZERS)} == {Role.OWNER}
    assert RIGHTS[Role.REVIEWER] == {Right.REVIEW, Right.FIGURES, Right.ENTRIES}
    assert RIGHTS[Role.TRANSLATOR] == {Right.TRANSLATE}
    assert not any(may(None, right) for right in (*Right, None))


def test_every_organizers_place_is_known_by_its_name() -> None:
    assert all(name.startswith("organize") for name in routes.ROUTES)
