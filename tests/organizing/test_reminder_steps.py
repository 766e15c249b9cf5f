"""Organizers see, move, switch off and reword reminders in the chat."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dialogs.domain.reminders.plan import ReminderPlan
from storage.reminders import reminder_settings
from tests.driver import ON_ONE_ENGINE, Person, Stage
from tests.organizing.inviting import joins

pytestmark = [pytest.mark.feature("B6"), ON_ONE_ENGINE]


async def plan(stage: Stage) -> ReminderPlan:
    return await stage.database.read(reminder_settings.read)


async def test_reminders_are_seen_moved_switched_off_and_reworded_in_the_chat(olga: Person, stage: Stage) -> None:
    await olga.does("remind")
    olga.sees("1. 60 days before: 31 December 2026", "7. 6 hours before", "1. Your entry “{name}” is not finished yet")
    await olga.taps("off:30d")
    olga.sees("2. 30 days before: switched off")
    await olga.taps("move:14d")
    await olga.says("7")
    olga.sees("Another reminder comes at that time already")
    await olga.says("ten")
    olga.sees("it must be a number of days from 1 to 120")
    await olga.says("10")
    olga.sees("3. 10 days before: 19 February 2027")
    await olga.taps("say:remind.last")
    await olga.says("Last call!")
    olga.sees("It must name {closes}.")
    await olga.says("Last call! It ends on {closes}.")
    olga.sees("5. Last call! It ends on {closes}.")
    kept = await plan(stage)
    assert (set(kept.off), dict(kept.before)) == ({"30d"}, {"14d": timedelta(days=10)})
    assert kept.texts == {"remind.last": {"en": "Last call! It ends on {closes}."}}
    await olga.taps("say:remind.last")
    await olga.taps(".usual")
    olga.sees("5. This is the last reminder.")
    assert (await plan(stage)).texts == {}
    await olga.does("log")
    olga.sees("Olga changed the reminders")


async def test_who_may_not_change_calls_learns_of_no_reminders(olga: Person, stage: Stage) -> None:
    remi = stage.person("302", channel="telegram", called="Remi")
    await olga.does("organize")
    await joins(olga, remi, "reviewer")
    await remi.does("remind")
    remi.sees("/remind")
    remi.misses("60 days")
