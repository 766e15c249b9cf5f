"""Organizers open, extend and close calls in the chat, and whoever is concerned hears of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.scheduling.reminders import Reminders
from bot.turns.turn import Turns
from dialogs.domain.events import Said
from dialogs.machine import Machine, World
from dialogs.questionnaire.source import loader
from storage.calls import calls
from tests.announcements.posting import Post
from tests.driver import MACHINE, Person, Stage
from tests.organizing.inviting import joins
from tests.samples import ANSWERS, answer_until, walk

SUMMER = datetime(2026, 8, 3, 9, tzinfo=UTC)
AFTER = datetime(2027, 3, 5, 9, tzinfo=UTC)


@pytest.fixture
async def otto(olga: Person, stage: Stage) -> Person:
    """Otto runs the calls."""
    return await joins(olga, stage.person("300", channel="telegram", called="Otto"), "organizer")


async def open_call(organizer: Person, code: str = "2027") -> None:
    await organizer.does("calls")
    await organizer.taps(f"call:{code}")


@pytest.mark.feature("E1")
async def test_the_call_of_the_year_opens_and_closes_by_itself(otto: Person, anna: Person, stage: Stage) -> None:
    stage.clock.at = SUMMER
    await anna.does("new")
    anna.sees("not open yet: it opens on", "October")
    await open_call(otto)
    otto.sees("Call 2027: not yet open", "WSIS Stocktaking Report 2027", "WSIS Forum 2027", "Questionnaire: 2027")
    stage.clock.at = datetime(2026, 10, 5, 7, tzinfo=UTC)
    await anna.does("new")
    assert anna.question == "agree"
    stage.clock.at = AFTER
    await anna.does("new")
    anna.sees("The call closed on")


@pytest.mark.feature("E1")
async def test_an_organizer_makes_a_call_and_reads_it_back_before_it_counts(otto: Person, stage: Stage) -> None:
    await otto.does("calls")
    await otto.taps("A new call")
    await otto.says("2028-youth")
    await otto.says("soon")
    otto.sees("I cannot read a date in that")
    await otto.says("4 October 2027")
    await otto.says("1 March 2027")
    otto.sees("must close after it opens")
    await otto.says("2028-02-15 18:00 UTC")
    await otto.taps("The usual one")
    await otto.says("Youth Forum 2028")
    otto.sees("Code: 2028-youth", "Opens: ", "4 October 2027", "Closes: ", "15 February 2028")
    otto.sees("Nothing changes until you say yes")
    otto.sees("Report: WSIS Stocktaking Report 2028", "Event: Youth Forum 2028")
    await otto.does("calls")
    otto.misses("2028-youth")
    await otto.taps("A new call")
    await otto.says("2028-youth")
    for said in ("4.10.2027 9:00", "15 février 2028", "Report 2028", "Youth Forum 2028", "yes"):
        await otto.says(said)
    otto.sees("It takes effect now", "Call 2028-youth: not yet open")
    made = next(call for call in await every(stage) if call.code == "2028-youth")
    assert made.opens == datetime(2027, 10, 4, 7, tzinfo=UTC)
    assert made.closes == datetime(2028, 2, 15, 22, 59, 59, 999_999, tzinfo=UTC)
    assert (made.year, made.version) == (2028, "2027b")


@pytest.mark.feature("E1", "Q16")
async def test_an_organizer_chooses_among_the_questionnaires_there_are(
    otto: Person, olga: Person, stage: Stage
) -> None:
    known = stage.turns.machine.world.questionnaires
    next_year = replace(known["2027"], version="2028")
    machine = Machine(World({**known, "2028": next_year}, MACHINE.world.vocabulary))
    stage.turns = Turns(stage.database, machine, now=stage.clock.now, edition_of=str)
    await otto.does("calls")
    await otto.taps("A new call")
    for said in ("2028-youth", "4.10.2027 9:00", "15 February 2028"):
        await otto.says(said)
    otto.sees("Which questionnaire")
    assert [choice.code for row in otto.screen.rows for choice in row][:2] == [".offered:1", ".offered:2"]
    await otto.says("2030")
    otto.sees("There is no such questionnaire. Available: 2028 and 2027b.")
    await otto.taps(".offered:2")
    for said in ("Report 2028", "Youth Forum 2028"):
        await otto.says(said)
    otto.sees("Questionnaire: 2027b")
    await otto.says("yes")
    await open_call(otto)
    await otto.taps("Choose the questionnaire")
    await otto.taps("2028")
    otto.sees("Questionnaire: 2028")
    await otto.says("yes")
    assert {call.code: call.version for call in await every(stage)} == {"2027": "2028", "2028-youth": "2027b"}
    await olga.does("log")
    olga.sees("Otto chose the questionnaire 2028 for the call 2027")


async def every(stage: Stage) -> tuple[Any, ...]:
    now = stage.clock.now()
    return await stage.database.read(lambda session: calls.every(session, now))


@pytest.mark.feature("E1")
async def test_a_call_is_opened_and_closed_by_hand(otto: Person, anna: Person, stage: Stage) -> None:
    stage.clock.at = SUMMER
    await open_call(otto)
    await otto.taps("Open it now")
    await otto.says("yes")
    stage.clock.passes(minutes=1)
    await anna.does("new")
    assert anna.question == "agree"
    await open_call(otto)
    await otto.taps("Close it now")
    otto.sees("One person with an unfinished entry will be told")
    await otto.taps("Yes, do it")
    stage.clock.passes(minutes=1)
    await anna.says("yes")
    anna.sees("closed")


@pytest.mark.feature("E2")
async def test_an_extension_is_told_to_whom_it_concerns_and_to_nobody_else(
    otto: Person, anna: Person, stage: Stage
) -> None:
    await answer_until(anna, "org_name")
    await stage.person("201", channel="telegram").does("start")
    sent = stage.person("202", channel="telegram")
    await answer_until(sent, "review")
    await sent.taps(".send")
    declined = stage.person("203", channel="telegram")
    await answer_until(declined, "org_name")
    await declined.taps_unasked("remind:never")
    await open_call(otto)
    await otto.taps("Extend or change the close")
    await otto.says("8 March 2027")
    otto.sees("One person with an unfinished entry will be told")
    await otto.taps("Yes, do it")
    _invitation_used, news = await Post(stage).goes_out()
    assert news.address == "200"
    assert "There is more time" in news.text
    assert "8 March 2027" in news.text
    await anna.taps_unasked(news.code("Continue"))
    assert anna.question == "org_name"
    assert await Post(stage).goes_out() == []


@pytest.mark.feature("E2")
async def test_news_that_were_overtaken_are_not_sent(otto: Person, anna: Person, stage: Stage) -> None:
    await answer_until(anna, "org_name")
    for close in ("8 March 2027", "1 March 2027", "15 March 2027"):
        await open_call(otto)
        await otto.taps("Extend or change the close")
        await otto.says(close)
        await otto.says("yes")
    _invitation_used, news = await Post(stage).goes_out()
    assert "15 March 2027" in news.text


async def due_now(reminders: Reminders, now: datetime) -> list[str]:
    """The steps that come up within the hour, whether or not they will be sent."""
    return [line.rung for line in await reminders.outlook(now, now + timedelta(hours=1), now)]


@pytest.mark.feature("E2", "R1")
async def test_an_extension_moves_the_reminders(otto: Person, anna: Person, stage: Stage) -> None:
    await answer_until(anna, "org_name")
    stage.clock.at = datetime(2027, 2, 21, 12, tzinfo=UTC)
    await open_call(otto)
    await otto.taps("Extend or change the close")
    await otto.says("8 March 2027")
    await otto.says("yes")
    post = Post(stage)
    await post.goes_out()
    stage.clock.at = datetime(2027, 2, 22, 12, tzinfo=UTC)  # a week before the old close: nothing is due
    assert await due_now(post.reminders, stage.clock.at) == ["14d"]
    stage.clock.at = datetime(2027, 3, 1, 12, tzinfo=UTC)
    assert await due_now(post.reminders, stage.clock.at) == ["7d"]


@pytest.mark.feature("E2")
async def test_a_late_code_reopens_the_closed_call_for_so_many_people(otto: Person, anna: Person, stage: Stage) -> None:
    await answer_until(anna, "org_name")
    stage.clock.at = AFTER
    await open_call(otto)
    await otto.taps("A late code")
    await otto.says("1 March 2027")
    otto.sees("That time has passed")
    await otto.says("10 March 2027")
    await otto.says("none")
    otto.sees("a number between 1 and")
    await otto.says("1")
    await otto.says("yes")
    code = re.search(r"/late (\S+)", otto.text)
    assert code, otto.text
    await anna.does("late", code[1].lower())
    anna.sees("10 March 2027")
    await anna.does("continue")
    await walk(anna, ANSWERS)
    await anna.taps(".send")
    anna.sees("WSIS-2027-")
    ben = stage.person("204", channel="telegram")
    await ben.does("late", code[1])
    ben.sees("not valid")
    await otto.does("organize")
    otto.misses("Log of actions")


@pytest.mark.feature("E4")
async def test_a_draft_of_the_closed_call_is_kept_read_only_and_taken_over_with_one_tap(
    anna: Person, stage: Stage
) -> None:
    await answer_until(anna, "org_name")
    stage.clock.at = AFTER
    await anna.does("continue")
    await anna.says("Lake Networks")
    assert anna.question == "org_name"
    anna.sees("closed")
    stage.clock.at = datetime(2027, 10, 6, 9, tzinfo=UTC)
    await anna.does("start")
    await anna.taps("Continue")
    anna.sees("now belongs to the present one")
    assert anna.question == "title", "the newest edition begins with the activity"


@pytest.mark.feature("E2", "N4")
async def test_what_was_sent_before_a_sudden_close_counts(otto: Person, anna: Person, stage: Stage) -> None:
    await answer_until(anna, "org_name")
    sent_at = stage.clock.now()
    stage.clock.passes(minutes=2)
    await open_call(otto)
    await otto.taps("Close it now")
    await otto.says("yes")
    stage.clock.passes(minutes=5)
    await anna.acts(Said("Lake Networks", sent_at))
    assert anna.question == "org_type"


async def test_a_call_made_early_does_not_hide_the_open_one(otto: Person, anna: Person, stage: Stage) -> None:
    await otto.does("calls")
    await otto.taps("A new call")
    for said in ("2028", "4 October 2027", "1 March 2028"):
        await otto.says(said)
    await otto.taps(".offered:1")
    await otto.taps(".offered:1")
    await otto.says("yes")
    otto.sees("Call 2028: not yet open")
    await anna.does("new")
    assert anna.question == "agree"
    await otto.does("calls")
    otto.sees("1. Call 2027: open", "2. Call 2028: not yet open")


@pytest.mark.feature("H6")
async def test_what_was_done_to_calls_is_in_the_log(otto: Person, olga: Person) -> None:
    await open_call(otto)
    await otto.taps("Report and event")
    await otto.taps("Leave it as it is")
    await otto.says("High-Level Event 2027")
    await otto.says("yes")
    await open_call(otto)
    otto.sees("Event: High-Level Event 2027")
    await otto.taps("Extend or change the close")
    await otto.says("8 March")
    await otto.says("yes")
    await olga.does("log")
    olga.sees("Otto extended the call 2027 to 8 March 2027")
    olga.sees("Otto set the report and the event of the call 2027", "High-Level Event")


@pytest.mark.feature("E1")
@pytest.mark.parametrize("at", [SUMMER, AFTER])
async def test_who_only_looks_before_there_is_any_call_sees_it_as_it_will_be_and_writes_nothing(
    stage: Stage, at: datetime
) -> None:
    reminders = Reminders(stage.database, loader.versions())
    looked = await stage.database.write(lambda session: calls.current(session, at))
    assert await reminders.sweep(at) == 0 and await due_now(reminders, at) == []
    assert await stage.database.read(lambda session: calls.every(session, at)) == ()
    assert looked == await stage.database.write(lambda session: calls.as_call(calls.ensure_current(session, at)))


@pytest.mark.feature("S16")
async def test_a_close_that_is_over_and_an_overlap_are_named_before_anything_is_done(
    otto: Person, anna: Person, stage: Stage
) -> None:
    await answer_until(anna, "title")
    await open_call(otto)
    await otto.taps("Extend or change the close")
    await otto.says("2026-11-15")  # the year mistyped
    otto.sees("That moment is over: the call would be closed at once", "“Close it now”")
    await otto.says("2027-11-15")
    otto.sees("One person with an unfinished entry will be told")
    await otto.does("calls")
    await otto.taps("A new call")
    for said in ("2031", "1 November 2026", "1 March 2031"):
        await otto.says(said)
    await otto.taps("The usual one")
    await otto.taps("The usual one")
    otto.sees("The call 2027 is open in that time as well", "go to the call that opened first")
    await otto.says("yes")
    otto.sees("It takes effect now", "Call 2031: open")
    await stage.person("ben").does("start")
    ben = await stage.person("ben").does("deadline")
    assert "2027" in stage.words.say(ben.lines[0].text, "en")  # the call that runs goes on


@pytest.mark.feature("S16")
async def test_an_empty_call_gets_another_code_or_goes_and_one_with_entries_stays(
    otto: Person, anna: Person, olga: Person, stage: Stage
) -> None:
    await answer_until(anna, "title")
    await open_call(otto)
    assert not otto.offers("delete") and not otto.offers("rename")
    await otto.does("calls")
    await otto.taps("A new call")
    for said in ("2O28", "4.10.2027 9:00", "15 February 2028", "Report 2028", "Forum 2028", "yes"):
        await otto.says(said)
    await otto.taps("call:2O28")
    await otto.taps("rename")
    await otto.says("2028")
    await otto.says("yes")
    otto.sees("It takes effect now", "Call 2028: not yet open")
    await otto.taps("call:2028")
    await otto.taps("delete")
    await otto.says("yes")
    otto.misses("2028")
    await olga.does("log")
    olga.sees("Otto gave the call 2O28 the code 2028", "Otto deleted the empty call 2028")


@pytest.mark.feature("S16")
async def test_a_call_has_its_figures_after_a_late_code_and_another_call_s_can_be_looked_at(
    otto: Person, anna: Person, stage: Stage
) -> None:
    await answer_until(anna, "title")
    stage.clock.at = AFTER
    await open_call(otto)
    otto.sees("One entry is unfinished")
    await otto.taps("A late code")
    await otto.says("10 March 2027")
    await otto.says("2")
    await otto.says("yes")
    otto.sees("/late ", "One entry is unfinished")
    await otto.does("calls")
    await otto.taps("A new call")
    for said in ("2028", "4.10.2027 9:00", "15 February 2028", "Report 2028", "Forum 2028", "yes"):
        await otto.says(said)
    await otto.does("stats")
    otto.sees("The call of 2028 in figures")
    await otto.taps("call:2027")
    otto.sees("The call of 2027 in figures")
