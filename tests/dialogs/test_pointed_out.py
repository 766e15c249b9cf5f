"""Contradictions are pointed out at the check and stop nobody; a refusal does not repeat a long list."""

from __future__ import annotations

import pytest

from tests.driver import ON_ONE_ENGINE, Stage
from tests.samples import ANSWERS, REQUIRED, answer_until, walk

pytestmark = ON_ONE_ENGINE


@pytest.mark.feature("U13")
async def test_answers_that_do_not_go_together_are_pointed_out_and_can_be_sent(stage: Stage) -> None:
    anna = stage.person("anna")
    await answer_until(anna, "title")
    await walk(anna, {**ANSWERS, "title": "www.lakenet.org", "countries": "Kenya, Uganda, Tanzania"})
    anna.sees("look once more at “Title”: “www.lakenet.org” does not look like a name")
    anna.sees("“Reach”: you named 3 countries")
    await anna.taps("change:title")
    await anna.says("Solar networks for lake villages")
    assert anna.question == "review"
    anna.misses("does not look like a name")
    await anna.taps(".send")
    anna.sees("WSIS-2027-000001")


@pytest.mark.feature("U10")
async def test_a_refusal_does_not_repeat_a_long_list(stage: Stage) -> None:
    anna = stage.person("anna")
    await answer_until(anna, "activity_type")
    offered = sum(len(row) for row in anna.screen.rows)
    await anna.says("xyzzy of the plugh")
    assert anna.question == "activity_type"
    assert sum(len(row) for row in anna.screen.rows) < offered / 2
    assert anna.offers(REQUIRED["activity_type"]), "what is not shown is heard all the same"
    await anna.taps(".choices")
    assert sum(len(row) for row in anna.screen.rows) == offered
    await anna.taps(REQUIRED["activity_type"])
    assert anna.question == "description"


@pytest.mark.feature("U7")
async def test_ones_data_read_like_a_letter(stage: Stage) -> None:
    anna = stage.person("anna", called="Anna")
    await answer_until(anna, "contact_email")
    await anna.does("mydata")
    anna.sees(
        "Your app told us that you are called Anna", "You have one unfinished entry:", "we write to you in English"
    )
