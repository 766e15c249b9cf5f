"""Several drafts, updates of earlier entries, nothing asked twice, duplicates, colleagues, roaming."""

from __future__ import annotations

import re

import pytest

from dialogs.domain.entries.entry import EntryState
from tests.driver import Person, Stage
from tests.joining import code_of
from tests.review.entries import set_state
from tests.samples import ANSWERS, answer_until, walk


async def send_an_entry(person: Person, answers: dict[str, str] = ANSWERS) -> str:
    """Send a whole entry; its reference."""
    await person.does("new")
    while person.question != "review":
        if person.question == "guarding":
            await person.taps(".none")
        elif person.offers(".keep") and person.question not in answers:
            await person.taps(".keep")
        else:
            await person.says(answers[person.question])
    await person.taps(".send")
    found = re.search(r"WSIS-\d{4}-\d{6}", person.text)
    assert found, person.text
    return found[0]


@pytest.mark.feature("C18")
async def test_several_drafts_are_named_after_their_content_and_continue_is_first(anna: Person, stage: Stage) -> None:
    await answer_until(anna, "status")
    stage.clock.passes(minutes=5)
    await anna.does("new")
    await walk(anna, {**ANSWERS, "title": "Radio school"}, until="status")
    await anna.does("start")
    assert anna.screen.rows[0][0].code.startswith("continue:")
    anna.sees("Continue: Radio school", "Continue: Solar networks for lake villages", "2 unfinished entries")
    await anna.taps("Continue: Solar")
    assert anna.question == "status"
    anna.sees("Welcome back to Solar networks")


@pytest.mark.feature("D5")
async def test_discarding_asks_first_and_can_be_undone_for_a_day(anna: Person, stage: Stage) -> None:
    await answer_until(anna, "status")
    await anna.does("drafts")
    await anna.taps("Discard")
    anna.sees("Discard Solar networks for lake villages?")
    await anna.taps("Yes, discard it")
    anna.sees("no drafts")
    await anna.taps("Bring back")
    anna.sees("Your draft is back")
    await anna.does("continue")
    assert anna.question == "status"
    await anna.does("drafts")
    await anna.taps("Discard")
    await anna.says("yes")
    stage.clock.passes(hours=25)
    await anna.does("drafts")
    anna.misses("Bring back")


async def test_a_draft_is_duplicated(anna: Person) -> None:
    await answer_until(anna, "status")
    await anna.does("drafts")
    await anna.taps("Duplicate")
    await anna.does("drafts")
    assert anna.text.count("1. Solar") + anna.text.count("2. Solar") >= 2


@pytest.mark.feature("D7")
async def test_contact_and_organisation_of_the_last_entry_are_kept_with_one_tap(anna: Person) -> None:
    await send_an_entry(anna)
    await anna.does("new")
    assert anna.question == "contact_name"
    anna.sees("Your earlier answer: Amina Otieno")
    await anna.taps(".keep_section")
    assert anna.question == "org_name"
    await anna.taps(".keep_section")
    assert anna.question == "title"


@pytest.mark.feature("N7", "D4")
async def test_an_unchanged_update_takes_at_most_eight_taps(anna: Person) -> None:
    reference = await send_an_entry(anna)
    await anna.does("update")
    await anna.taps(f"entry:{reference}")
    taps = 1
    while anna.question != "sent":
        if anna.question == "review":
            await anna.taps(".send")
        elif anna.question == "update_scope":
            await anna.says("contacts")
        elif anna.offers(".keep_section"):
            await anna.taps(".keep_section")
        elif anna.offers(".keep"):
            await anna.taps(".keep")
        elif anna.offers(".skip_section"):
            await anna.taps(".skip_section")
        elif anna.offers(".skip"):
            await anna.taps(".skip")
        else:
            await anna.says(ANSWERS[anna.question])
        taps += 1
    assert taps <= 8
    anna.sees(reference)


@pytest.mark.feature("N7")
async def test_the_check_of_an_update_shows_what_changed(anna: Person) -> None:
    reference = await send_an_entry(anna)
    await anna.does("update")
    await anna.taps(f"entry:{reference}")
    await anna.says("description")
    while anna.question != "review":
        if anna.question == "title":
            await anna.says("Solar networks, second phase")
        elif anna.offers(".keep_section"):
            await anna.taps(".keep_section")
        elif anna.offers(".keep"):
            await anna.taps(".keep")
        else:
            await anna.says(ANSWERS[anna.question])
    anna.sees("Solar networks, second phase (changed)")
    await anna.taps(".send")
    anna.sees(reference)


@pytest.mark.feature("N12")
async def test_a_title_that_is_in_the_register_already_is_asked_about(anna: Person, stage: Stage) -> None:
    reference = await send_an_entry(anna)
    await set_state(stage.database, EntryState.PUBLISHED, reference)
    ben = stage.person("ben")
    await ben.does("new")
    await walk(ben, {**ANSWERS, "title": "Solar network for lake villages"}, until="guarding")
    ben.sees("already has something similar", reference)
    await ben.taps("No, mine is new")
    assert ben.question == "activity_type"


@pytest.mark.feature("N11", "D6")
async def test_a_section_is_handed_to_a_colleague_locked_and_taken_back(anna: Person, stage: Stage) -> None:
    await answer_until(anna, "results")
    await anna.does("sections")
    await anna.taps("Hand to a colleague")
    await anna.taps("hand:lasting")
    link = re.search(r"/start (hand-\S+)", anna.text)
    assert link, anna.text
    ben = stage.person("ben")
    await ben.does("start", link[1])
    await ben.taps("English")
    assert ben.question == "results"
    await ben.says("Ben wrote the results.")
    await anna.does("sections")
    anna.sees("with a colleague")
    await anna.taps("section:lasting")
    anna.sees("with your colleague")
    cleo = stage.person("cleo")
    await cleo.does("start", link[1])
    await cleo.taps("English")
    cleo.sees("used already")
    await anna.taps("Take it back")
    await ben.says("Ben writes on.")
    assert ben.question not in ("challenges", "results")
    await anna.does("review")
    anna.sees("Ben wrote the results.")


@pytest.mark.feature("N14")
async def test_a_one_time_code_joins_two_apps_at_the_same_question(anna: Person, stage: Stage) -> None:
    await answer_until(anna, "status")
    elsewhere = stage.person("browser", channel="web")
    code = await code_of(anna)
    await elsewhere.does("join", code)
    await elsewhere.taps("yes")
    await anna.taps("look")
    await anna.taps("yes")
    anna.sees("joined now")
    await elsewhere.does("continue")
    assert elsewhere.question == "status"
    await elsewhere.says("ongoing")
    await anna.does("continue")
    assert anna.question == "start_date"
    third = stage.person("third", channel="web")
    await third.does("join", code)
    third.sees("not valid")


@pytest.mark.feature("N9")
async def test_goals_are_suggested_by_the_matrix_with_their_reason(anna: Person) -> None:
    await answer_until(anna, "goals_suggested")
    anna.sees("often goes with C2")


async def test_what_is_9c_is_answered_without_leaving_the_question(anna: Person) -> None:
    await answer_until(anna, "org_name")
    await anna.says("what is 9.c?")
    assert anna.question == "org_name"
    anna.sees("9.c: Access to ICT")


@pytest.mark.feature("H5", "N22")
async def test_my_data_is_shown_and_forgotten_on_request(anna: Person) -> None:
    await answer_until(anna, "org_name")
    await anna.does("mydata")
    anna.sees("Amina Otieno", '"contact_email"')
    await anna.does("forget")
    await anna.taps("Yes, erase everything")
    anna.sees("Everything is erased")
    await anna.does("mydata")
    anna.misses("Amina")


@pytest.mark.feature("E4", "N4")
async def test_an_answer_sent_in_time_counts_though_it_is_read_late_and_a_late_one_is_told(
    anna: Person, stage: Stage
) -> None:
    from datetime import UTC, datetime

    from dialogs.domain.events import Said

    await answer_until(anna, "org_name")
    closes = datetime(2027, 3, 1, 22, 59, 59, tzinfo=UTC)
    stage.clock.at = datetime(2027, 3, 2, 1, 0, tzinfo=UTC)
    await anna.acts(Said("Lake Networks", closes))
    assert anna.question == "org_type"
    await anna.says("CSO")
    assert anna.question == "org_type"
    anna.sees("closed")
