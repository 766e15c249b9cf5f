"""Organizers read, move, reword and switch off reminders, and see for any day whom they will reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.scheduling import reminder_file
from bot.scheduling.reminders import Reminder, Reminders
from dialogs.domain.reminders.plan import USUAL, PlanTrouble, ReminderPlan, outlook
from dialogs.domain.reminders.rules import LADDER, RULES, ReminderFacts, Send, Skip, Why
from locales.words import Words
from storage.engine.database import Database
from storage.reminders import reminder_settings
from tests.driver import WORDS, Clock, Stage
from tests.scheduling.replicas import VERSIONS
from tests.scheduling.season import BEGINS, Season
from tests.scheduling.season_table import Life
from tests.service import Service

pytestmark = pytest.mark.feature("B6")

CLOSES = datetime(2027, 3, 1, 22, 59, 59, 999999, tzinfo=UTC)
NAIROBI = ZoneInfo("Africa/Nairobi")
DAY = timedelta(days=1)
NOW = datetime(2026, 12, 20, 9, tzinfo=UTC)
BEGUN = ReminderFacts(datetime(2026, 12, 1, tzinfo=UTC))


def test_until_something_is_set_the_usual_ladder_holds() -> None:
    assert USUAL.rules == RULES
    assert [step.name for step in USUAL.steps] == [step.name for step in LADDER]


def test_a_step_is_moved_or_switched_off_and_the_nearest_one_is_the_last() -> None:
    plan = ReminderPlan(off=frozenset({"6h", "30d"}), before={"14d": 10 * DAY}, hour=9)
    assert plan.trouble() is None
    assert [(step.name, step.before.days) for step in plan.rules.ladder] == [
        *(("60d", 60), ("14d", 10), ("7d", 7), ("3d", 3), ("1d", 1))
    ]
    assert [step.name for step in plan.rules.ladder if step.last] == ["1d"]
    assert replace(USUAL, off=frozenset(step.name for step in LADDER)).rules.ladder == ()


@pytest.mark.parametrize(
    ("plan", "trouble"),
    [
        (ReminderPlan(off=frozenset({"2d"})), PlanTrouble.UNKNOWN_STEP),
        (ReminderPlan(before={"7d": timedelta(days=3)}), PlanTrouble.SAME),
        (ReminderPlan(before={"7d": timedelta(hours=30)}), PlanTrouble.DISTANCE),
        (ReminderPlan(before={"7d": timedelta(days=400)}), PlanTrouble.DISTANCE),
        (ReminderPlan(hour=22), PlanTrouble.HOUR),
    ],
)
def test_a_plan_that_cannot_hold_is_refused(plan: ReminderPlan, trouble: PlanTrouble) -> None:
    assert plan.trouble() is trouble


def test_a_day_is_seen_as_it_will_be_then_with_all_that_goes_out_before_it() -> None:
    """In December the 60 days are to come: on 22 February somebody has had four reminders, and gets the fifth."""
    coming = list(outlook(BEGUN, CLOSES, NAIROBI, NOW, CLOSES, RULES))
    assert [each.step.name for each in coming] == [step.name for step in LADDER]
    assert all(isinstance(each.verdict, Send) for each in coming)
    assert [each.at for each in coming] == sorted(each.at for each in coming)
    almost = replace(BEGUN, sent=6)
    refused = [each.verdict for each in outlook(almost, CLOSES, NAIROBI, NOW, CLOSES, RULES)]
    assert refused[:2] == [Send(), Skip(Why.CAP)], "what will have been sent by then counts"
    assert refused[-1] == Send(), "the last one is always allowed"


def test_the_file_is_read_back_as_it_was_written_and_every_fault_is_named() -> None:
    own = {"remind.last": {"fr": "Dernier rappel : clôture le {closes}."}}
    plan = ReminderPlan(off=frozenset({"30d"}), before={"14d": 10 * DAY}, hour=11, texts=own)
    assert reminder_file.read(reminder_file.write(plan, WORDS), WORDS) == (plan, [])
    assert reminder_file.read(reminder_file.write(USUAL, WORDS), WORDS) == (USUAL, [])
    _, faults = reminder_file.read(
        "hour: ten\nsteps: {2d: {}, 7d: {days: many}}\ntexts: {remind.last: {fr: Bientôt, xx: a}, other: {}}", WORDS
    )
    assert len(faults) == 6
    assert any("texts.remind.last.fr: it must name {closes}" in fault for fault in faults)
    assert reminder_file.read("a: [", WORDS)[1] == ["line 1: this is no YAML"]


@pytest.fixture
def plain_words() -> Iterator[Words]:
    yield WORDS
    WORDS.forget_added()


async def test_what_is_set_holds_at_the_next_look_in_the_own_words_and_for_the_preview(
    database: Database, plain_words: Words
) -> None:
    season = Season(Stage(database, Clock(BEGINS)))
    [who] = await season.settle([(Life("", {"12-01 11:00": "begin"}), "Africa/Nairobi")])
    await season.goes_by(datetime(2026, 12, 3, tzinfo=UTC))
    reminders = Reminders(database, VERSIONS, plain_words)
    begin = datetime(2027, 2, 22, tzinfo=UTC)
    found = await reminders.outlook(begin, begin + 2 * DAY, season.clock.at)
    assert [(each.person, each.rung, each.why) for each in found] == [(who.id, "7d", "")]
    own = {"remind.closes": {code: f"{code}: {{closes}}!" for code in WORDS.languages}}
    plan = ReminderPlan(off=frozenset({"7d"}), texts=own)
    assert await database.write(lambda session: reminder_settings.keep(session, None, plan, season.clock.at)) is None
    assert await reminders.outlook(begin, begin + 2 * DAY, season.clock.at) == []
    read = await reminders.preview(who.id, begin)
    assert isinstance(read, Reminder)
    said = " ".join(plain_words.say(line.text, read.language) for line in read.screen.lines)
    assert f"{read.language}: " in said
    season.clock.at = datetime(2027, 2, 23, 8, tzinfo=UTC)
    planned = Counter(each.rung for each in await reminders.outlook(season.clock.at, CLOSES, season.clock.at))
    assert "7d" not in planned


async def test_reminders_are_set_by_command_and_by_file(tmp_path: Path) -> None:
    service = Service(tmp_path)
    await service._with_tables()
    await service.in_season()
    code, said, _ = await service.command("reminders", "move", "14d", "--days", "10")
    assert code == 0
    assert "14d\t10 days before" in said
    code, said, _ = await service.command("reminders", "off", "30d")
    assert "30d\t30 days before\toff" in said
    code, _, errors = await service.command("reminders", "move", "14d", "--days", "7")
    assert code == 1
    assert "another step comes at that time already" in errors
    code, file, _ = await service.command("reminders", "show", "--format", "yaml")
    (tmp_path / "reminders.yaml").write_text(file.replace("This is the last reminder.", "Last call!"))
    code, said, errors = await service.command("reminders", "set", str(tmp_path / "reminders.yaml"))
    assert code == 0, errors
    assert "Last call! The call closes on {closes}.  (own words)" in said
    code, said, _ = await service.command("reminders", "preview", "--at", "2027-02-22")
    assert said == "Nobody.\n"
