"""Bad input and races in a review: each has one outcome, nothing is lost, and nobody is told twice."""

from __future__ import annotations

import asyncio

import pytest
from sqlmodel import Session, select

from dialogs.domain.entries.entry import EntryState
from storage.tables import EntryRow, EntryVersionRow, ReviewMessageRow, RoundRow
from tests.announcements.posting import Post
from tests.driver import ON_ONE_ENGINE, Person, Stage
from tests.review.acting import REFERENCE, asks, marks, sends, state, to
from tests.samples import ANSWERS


@pytest.mark.feature("V5")
async def test_two_reviewers_who_press_at_once_get_two_entries(
    anna: Person, remi: Person, rosa: Person, stage: Stage
) -> None:
    ben = stage.person("201", channel="telegram")
    await ben.does("start")
    await ben.taps("en")
    await sends(ben, title="Radio school of the valley", org_name="Valley Radio")
    for reviewer in (remi, rosa):
        await reviewer.does("queue")
        reviewer.sees("2 entries wait")
    await asyncio.gather(remi.taps(".next"), rosa.taps(".next"))

    def owners(session: Session) -> list[int | None]:
        return [row.reviewer for row in session.exec(select(EntryRow))]

    had = await stage.database.read(owners)
    assert len(had) == len(set(had)) == 2 and None not in had
    await rosa.does("queue")
    rosa.sees("0 entries wait")
    stage.clock.passes(hours=73)
    await rosa.does("queue")
    rosa.sees("2 entries wait")


@ON_ONE_ENGINE
async def test_nobody_decides_about_a_version_that_they_have_not_seen(anna: Person, remi: Person, stage: Stage) -> None:
    await asks(remi, {"description": "Please say who runs it."})
    await remi.taps("input:accept")
    await anna.does("start")
    await anna.taps(f"correct:{REFERENCE}")
    await anna.taps(".sent")
    await remi.says("A fine project.")
    remi.sees("A newer version of this entry has come in")
    assert await state(stage) is EntryState.IN_REVIEW
    await remi.taps("input:accept")
    await remi.taps("none")
    assert await state(stage) is EntryState.ACCEPTED


@ON_ONE_ENGINE
async def test_who_answers_after_the_decision_loses_nothing_and_is_told(
    anna: Person, remi: Person, stage: Stage
) -> None:
    await asks(remi, {"description": "Please say who runs it."})
    await anna.does("start")
    await anna.taps(f"correct:{REFERENCE}")
    await anna.taps("fix:description")
    await anna.says(ANSWERS["description"] + " The village councils run it.")
    if anna.question == "description":
        await anna.taps(".done")
    await remi.taps("input:accept")
    await remi.taps("none")
    await anna.taps(".sent")
    anna.sees("Nothing is asked about this entry any more")
    assert await state(stage) is EntryState.ACCEPTED
    await anna.does("drafts")
    anna.sees("Solar networks for lake villages")


@ON_ONE_ENGINE
async def test_a_reviewer_who_lost_the_role_decides_nothing_and_their_entries_go_back(
    anna: Person, remi: Person, rosa: Person, olga: Person, stage: Stage
) -> None:
    await remi.does("queue")
    await remi.taps(".next")
    await remi.taps("input:accept")
    await olga.does("organizers")
    await olga.taps("Change: Rémi")
    await olga.taps("Take the role away")
    await olga.taps("Yes, remove it")
    await remi.says("A fine project.")
    assert remi.screen.name == "home"
    assert await state(stage) is EntryState.IN_REVIEW
    await rosa.does("queue")
    rosa.sees("1 entry waits")
    await rosa.taps(".next")
    rosa.sees("Solar networks for lake villages")


@ON_ONE_ENGINE
async def test_a_due_date_in_the_past_is_refused_and_the_old_one_stays(
    anna: Person, remi: Person, stage: Stage
) -> None:
    await asks(remi, {"description": "Please say who runs it."})
    await remi.taps("input:due")
    await remi.says("1 March 2020")
    remi.sees("That date is over")
    remi.sees("The author is asked until 4 December 2026")
    assert len(to(await Post(stage).goes_out(), "200")) == 1


@ON_ONE_ENGINE
async def test_a_comment_of_4096_characters_with_mark_up_arrives_whole_at_its_question(
    anna: Person, remi: Person, stage: Stage
) -> None:
    text = ("<b>Who</b> runs it & *why*? [x](javascript:alert) " * 200)[:4095] + "!"
    await remi.does("queue")
    await remi.taps(".next")
    await marks(remi, {"description": text})
    await remi.taps(".ask")
    await remi.taps("send")
    [letter] = to(await Post(stage).goes_out(), "200")
    assert len(letter.letter.html) < 4096 and "<b>Who" not in letter.letter.html
    await anna.taps_unasked(letter.code("Fix: Description"))
    shown = "".join(anna.text.split())
    assert "".join(text.split()) in shown.replace(">", "").replace("<", "") or text[-60:].replace(" ", "") in shown
    await remi.does("queue")
    await remi.taps(".show:asked")


@ON_ONE_ENGINE
async def test_a_comment_that_is_too_long_is_kept_not_at_all_and_that_is_said(
    anna: Person, remi: Person, stage: Stage
) -> None:
    await remi.does("queue")
    await remi.taps(".next")
    await remi.taps(".mark")
    await remi.taps("key:contact_name")
    await remi.says("x" * 5000)
    remi.sees("4096")
    await remi.taps(".back")
    remi.sees("0 comments so far")


@pytest.mark.feature("V11")
async def test_what_a_reviewer_has_an_interest_in_is_not_there_for_them(
    anna: Person, remi: Person, rosa: Person, stage: Stage
) -> None:
    """Their own, their organization's, and what they declared: not in the queue, not in a count, not by a button."""
    await sends(rosa, title="Radio school of the valley", org_name=ANSWERS["org_name"])
    await rosa.does("queue")
    rosa.sees("0 entries wait")
    await rosa.taps_unasked(f"review:open:{REFERENCE}")
    there = rosa.text.replace(REFERENCE, "")
    await rosa.taps_unasked("review:open:WSIS-2027-999999")
    assert rosa.text.replace("WSIS-2027-999999", "") == there
    await remi.does("queue")
    remi.sees("2 entries wait")
    await remi.taps(".next")
    await remi.taps("do:interest")
    remi.sees("You will not be offered this entry again", "1 entry waits")
    await remi.taps(".next")
    remi.sees("Radio school of the valley")


@pytest.mark.feature("H5")
async def test_an_author_who_is_forgotten_in_the_middle_of_a_round_ends_it(
    anna: Person, remi: Person, stage: Stage
) -> None:
    post = Post(stage)
    await asks(remi, {"description": "Please, Amina Otieno, say who runs it."})
    await anna.does("start")
    await anna.taps(f"correct:{REFERENCE}")
    await anna.taps(".write")
    await anna.says("My number is secret.")
    await anna.does("forget")
    await anna.taps("Yes, erase everything")
    await remi.taps_unasked(f"review:open:{REFERENCE}")
    remi.sees("nobody can be asked")
    remi.misses("Amina Otieno", "My number is secret")
    assert await state(stage) is EntryState.IN_REVIEW
    stage.clock.passes(days=13)
    assert to(await post.goes_out(reminding=True), "200") == []

    def left(session: Session) -> int:
        return sum(len(session.exec(select(table)).all()) for table in (RoundRow, ReviewMessageRow))

    assert await stage.database.read(left) == 0
    await remi.taps("input:accept")
    await remi.taps("none")
    assert await state(stage) is EntryState.ACCEPTED


@ON_ONE_ENGINE
@pytest.mark.feature("V10")
async def test_author_and_reviewer_write_to_each_other_and_neither_learns_who_the_other_is(
    anna: Person, remi: Person, stage: Stage
) -> None:
    post = Post(stage)
    await asks(remi, {"description": "Please say who runs it."})
    [letter] = to(await post.goes_out(), "200")
    await anna.taps_unasked(letter.code("Write to the reviewer"))
    await anna.says("May I have two weeks more?")
    [told] = to(await post.goes_out(), "300")
    assert "May I have two weeks more?" in told.text and "Anna" not in told.text
    await remi.taps_unasked(told.code("Open the entry"))
    await remi.taps("input:write")
    await remi.says("Yes, gladly.")
    [answer] = to(await post.goes_out(), "200")
    assert "Yes, gladly." in answer.text and "Rémi" not in answer.text
    await remi.taps(".history")
    remi.sees("May I have two weeks more?", "Yes, gladly.")


@ON_ONE_ENGINE
async def test_an_ordinary_update_in_the_middle_of_a_round_answers_it(anna: Person, remi: Person, stage: Stage) -> None:
    post = Post(stage)
    await asks(remi, {"description": "Please say who runs it."})
    await post.goes_out()
    await anna.does("update")
    await anna.taps(f"entry:{REFERENCE}" if anna.offers(f"entry:{REFERENCE}") else "WSIS-2027-000001")
    for _ in range(90):
        if anna.question == "review":
            break
        if anna.question == "update_scope":
            await anna.says("1")
        elif anna.offers(".keep_section"):
            await anna.taps(".keep_section")
        elif anna.offers(".keep"):
            await anna.taps(".keep")
        elif anna.offers(".next"):
            await anna.taps(".next")
        else:
            await anna.says(ANSWERS.get(anna.question, "skip"))
    await anna.taps(".send")
    assert await state(stage) is EntryState.IN_REVIEW
    assert [letter.address for letter in await post.goes_out()] == ["300"]
    versions = await stage.database.read(lambda session: len(session.exec(select(EntryVersionRow)).all()))
    assert versions == 2
