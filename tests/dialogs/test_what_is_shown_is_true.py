"""The check is what will be sent, the record what was sent, and the way only goes forward."""

from __future__ import annotations

import pytest

from dialogs.details import Details
from dialogs.domain.messages import Message
from dialogs.screens import Kind, Screen
from tests.driver import ON_ONE_ENGINE, Person, Stage
from tests.samples import ANSWERS, answer_until

pytestmark = ON_ONE_ENGINE


def details(screen: Screen) -> Details:
    assert screen.details is not None
    return screen.details


def labels(anna: Person) -> set[str]:
    """The names of the answers that a page shows whole."""
    return {anna.clean(anna.stage.words.say(answer.label, "en")) for answer in details(anna.screen).answers}


def counted(screen: Screen) -> tuple[str, int, int]:
    """The section, the number and the total that a screen's progress names."""
    line = next(line for line in screen.lines if line.kind is Kind.PROGRESS)
    assert isinstance(line.text, Message)
    title, number, total = (line.text.values[name] for name in ("title", "number", "total"))
    assert isinstance(title, Message) and isinstance(number, int) and isinstance(total, int)
    return title.key, number, total


@pytest.mark.feature("U5", "U7")
async def test_an_update_by_the_short_way_shows_all_that_it_sends_and_the_record_says_the_same(stage: Stage) -> None:
    anna = stage.person("anna")
    await answer_until(anna, "review")
    await anna.taps(".send")
    anna.sees("WSIS-2027-000001", "We received it on 20 November 2026")
    sent = labels(anna)
    assert {"Results", "Title", "Description"} <= sent
    await anna.does("myentries")
    anna.sees("My entries", ANSWERS["title"], "received on 20 November 2026", "It is waiting for review.")
    await anna.taps("entry:WSIS-2027-000001")
    anna.sees(ANSWERS["description"], "WSIS-2027-000001")
    assert labels(anna) == sent
    await anna.taps("update:WSIS-2027-000001")
    short = False
    for _ in range(60):
        if anna.question == "review":
            break
        if anna.offers(".keep"):
            await anna.taps(".keep")
        elif anna.offers(".skip"):
            await anna.does("skip") if short else await anna.taps(".short")
            short = True
        else:
            await anna.says("Dates or status" if anna.question == "update_scope" else ANSWERS[anna.question])
    assert anna.question == "review", anna.text
    assert sent - labels(anna) == set(), "what is kept is shown, as it is sent"


@pytest.mark.feature("U9")
async def test_the_way_never_goes_back_and_a_sections_count_does_not_grow(stage: Stage) -> None:
    anna = stage.person("anna")
    await answer_until(anna, "contact_name")
    way, before = 0, ("", 0, 0)
    for _ in range(80):
        if anna.question == "review":
            break
        on_the_way, now = details(anna.screen).way, counted(anna.screen)
        assert on_the_way is not None and on_the_way >= way, f"the bar went back at {anna.question}"
        assert now[0] != before[0] or now[2] <= before[2], f"the count of a section grew at {anna.question}"
        assert now[1] <= now[2]
        way, before = on_the_way, now
        await anna.says(ANSWERS[anna.question])
    assert anna.question == "review" and way > 900


@pytest.mark.feature("U9")
async def test_required_questions_only_makes_a_section_shorter(stage: Stage) -> None:
    anna = stage.person("anna")
    await answer_until(anna, "contact_role")
    assert counted(anna.screen)[1:] == (2, 3)
    await anna.taps(".short")
    assert counted(anna.screen)[1:] == (2, 2)


@pytest.mark.feature("U7")
async def test_somebody_elses_entry_is_nobodys_record(stage: Stage) -> None:
    anna, eve = stage.person("anna"), stage.person("eve")
    await answer_until(anna, "review")
    await anna.taps(".send")
    await eve.does("start")
    await eve.does("myentries")
    eve.sees("You have not sent an entry yet.")
