"""Reminders through the front door: what they say, their three buttons, and /reminders."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.announcements.posting import Post
from tests.driver import Person, Stage
from tests.samples import ANSWERS, answer_until, walk

A_WEEK_BEFORE = datetime(2027, 2, 22, 9, 30, tzinfo=UTC)
"""Half past twelve in Nairobi, where the entry is from: past the rung of seven days."""
THE_LAST_EVENING = datetime(2027, 3, 1, 15, 30, tzinfo=UTC)
"""Half past six in the evening there: past the last rung."""


@pytest.mark.feature("R2", "R4", "N6")
async def test_a_reminder_knows_the_entry_continues_with_one_tap_and_stops_at_once(anna: Person, stage: Stage) -> None:
    await answer_until(anna, "status")
    stage.clock.at = A_WEEK_BEFORE
    post = Post(stage)
    [letter] = await post.goes_out(reminding=True)
    assert "Solar networks for lake villages" in letter.text
    assert "minutes" in letter.text
    await anna.taps_unasked(letter.code("Continue"))
    assert anna.question == "status"
    await walk(anna, ANSWERS)
    await anna.taps(".send")
    stage.clock.passes(days=4)
    assert await post.goes_out(reminding=True) == []


@pytest.mark.feature("R3")
@pytest.mark.parametrize(("choice", "week", "last"), [("all", 1, 1), ("last", 0, 1), ("none", 0, 0)])
async def test_one_chooses_all_only_the_last_or_none(
    anna: Person, stage: Stage, choice: str, week: int, last: int
) -> None:
    await answer_until(anna, "status")
    await anna.does("reminders")
    await anna.taps(choice)
    assert anna.question == "status"
    post = Post(stage)
    stage.clock.at = A_WEEK_BEFORE
    assert len(await post.goes_out(reminding=True)) == week
    stage.clock.at = THE_LAST_EVENING
    assert len(await post.goes_out(reminding=True)) == last


@pytest.mark.feature("R3")
async def test_not_this_year_ends_them_for_this_call(anna: Person, stage: Stage) -> None:
    await answer_until(anna, "status")
    stage.clock.at = A_WEEK_BEFORE
    post = Post(stage)
    [letter] = await post.goes_out(reminding=True)
    await anna.taps_unasked(letter.code("Not this year"))
    stage.clock.at = THE_LAST_EVENING
    assert await post.goes_out(reminding=True) == []
