"""An entry before its reviewer: taken, read whole, asked back, corrected, compared, decided, told, withdrawn."""

from __future__ import annotations

import pytest
from sqlmodel import Session, col, select

from dialogs.domain.entries.entry import EntryState
from dialogs.domain.entries.review import GRACE
from storage.entries import entries
from storage.tables import EntryHistoryRow, EntryRow
from tests.announcements.posting import Post
from tests.driver import ON_ONE_ENGINE, Person, Stage
from tests.review.acting import TITLE, asks, state, to
from tests.samples import ANSWERS


@pytest.mark.feature("V3", "V6", "V8", "N10")
async def test_the_author_is_asked_only_what_was_marked_and_is_done_once(
    anna: Person, remi: Person, stage: Stage
) -> None:
    post = Post(stage)
    await asks(remi, {"description": "Please say who runs it.", "org_url": "The address leads nowhere."})
    remi.sees("The author is asked")
    assert await state(stage) is EntryState.CHANGES_ASKED
    [letter] = to(await post.goes_out(), "200")
    assert "Please say who runs it." in letter.text and "The address leads nowhere." in letter.text
    assert "Rémi" not in letter.text
    await anna.taps_unasked(letter.code("Fix: Description"))
    assert anna.question == "description"
    anna.sees("Please say who runs it.")
    await anna.says(ANSWERS["description"] + " The village councils run it.")
    if anna.question == "description":
        await anna.taps(".done")
    assert anna.question == "correction"
    anna.sees("Description: changed", "The address leads nowhere.")
    await anna.taps("fix:org_url")
    await anna.says("https://lake.example.org")
    assert anna.question == "correction"
    anna.sees("Everything has been changed")
    await anna.taps(".sent")
    anna.sees("Your changes are with the reviewer")
    assert await state(stage) is EntryState.IN_REVIEW
    [told] = await post.goes_out()
    assert told.address == "300" and TITLE in told.text
    await remi.taps_unasked(told.code("Open the entry"))
    remi.sees(
        "{+ The village councils run it.+}", "Now: https://lake.example.org", "You had asked: Please say who runs it."
    )
    assert await post.goes_out() == [], "nobody is told twice"


@ON_ONE_ENGINE
@pytest.mark.feature("V7")
async def test_reminders_before_and_after_the_date_stop_at_once(anna: Person, remi: Person, stage: Stage) -> None:
    post = Post(stage)
    await asks(remi, {"description": "Please say who runs it."})
    assert len(to(await post.goes_out(reminding=True), "200")) == 1
    stage.clock.passes(days=12, hours=15)
    assert ["still awaited" in letter.text for letter in to(await post.goes_out(reminding=True), "200")] == [True]
    assert to(await post.goes_out(reminding=True), "200") == []
    await anna.does("start")
    await anna.taps("correct:WSIS-2027-000001")
    await anna.taps(".sent")
    stage.clock.passes(days=3)
    assert to(await post.goes_out(reminding=True), "200") == []


@ON_ONE_ENGINE
async def test_a_reminder_under_way_is_not_sent_once_the_author_is_done(
    anna: Person, remi: Person, stage: Stage
) -> None:
    post = Post(stage)
    await asks(remi, {"description": "Please say who runs it."})
    await post.goes_out()
    stage.clock.passes(days=13)
    await post.reminders.sweep(stage.clock.now())
    await anna.does("start")
    await anna.taps("correct:WSIS-2027-000001")
    await anna.taps(".sent")
    assert to(await post.goes_out(), "200") == []


@ON_ONE_ENGINE
async def test_after_the_calls_close_what_was_asked_back_stays_open_and_nothing_else(
    anna: Person, remi: Person, stage: Stage
) -> None:
    stage.clock.at = stage.clock.at.replace(year=2027, month=3, day=10)
    await asks(remi, {"description": "Please say who runs it."})
    await anna.does("start")
    assert not anna.offers(".new")
    await anna.taps("correct:WSIS-2027-000001")
    await anna.taps("fix:description")
    await anna.says(ANSWERS["description"] + " The village councils run it.")
    if anna.question == "description":
        await anna.taps(".done")
    stage.clock.passes(days=14 + GRACE.days + 2)
    await anna.taps(".sent")
    anna.sees("Changes could be sent until")
    assert await state(stage) is EntryState.CHANGES_ASKED
    await remi.does("queue")
    await remi.taps(".show:asked")
    await remi.taps("entry:WSIS-2027-000001")
    await remi.taps("input:due")
    await remi.taps("weeks:1")
    await anna.does("start")
    await anna.taps("correct:WSIS-2027-000001")
    anna.sees("Description: changed")
    await anna.taps(".sent")
    assert await state(stage) is EntryState.IN_REVIEW


@pytest.mark.feature("V1", "V4", "V14")
async def test_a_decision_is_pending_until_it_is_announced_then_withdrawn_with_its_whole_history(
    anna: Person, remi: Person, olga: Person, stage: Stage
) -> None:
    post = Post(stage)
    await remi.does("queue")
    await remi.taps(".next")
    await remi.taps("input:accept")
    await remi.says("A fine project.")
    assert await state(stage) is EntryState.ACCEPTED
    assert to(await post.goes_out(), "200") == []
    assert not remi.offers(".announce"), "a reviewer decides, organizers tell"
    await olga.does("queue")
    await olga.taps(".announce")
    await olga.taps("look:WSIS-2027-000001")
    olga.sees("Your entry is accepted", "A fine project.")
    await olga.taps(".back")
    await olga.taps(".all")
    await olga.taps("yes")
    olga.sees("1 decision is announced")
    [letter] = to(await post.goes_out(), "200")
    assert letter.address == "200" and "A fine project." in letter.text and "is published" in letter.text
    shown = await stage.database.read(lambda session: session.exec(select(EntryRow).where(entries.published())).all())
    assert [row.reference for row in shown] == ["WSIS-2027-000001"]
    await anna.does("withdraw")
    await anna.taps("entry:WSIS-2027-000001")
    await anna.taps("yes")
    anna.sees("Your entry has been withdrawn")
    assert await state(stage) is EntryState.WITHDRAWN

    def history(session: Session) -> list[tuple[str, str, str]]:
        rows = session.exec(select(EntryHistoryRow).order_by(col(EntryHistoryRow.id)))
        return [(row.action, row.old, row.new) for row in rows]

    assert await stage.database.read(history) == [
        ("claim", "received", "in_review"),
        ("accept", "in_review", "accepted"),
        ("announce", "accepted", "published"),
        ("withdraw", "published", "withdrawn"),
    ]
