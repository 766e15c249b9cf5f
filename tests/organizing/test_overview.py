"""The menu says what waits, and a summary reaches organizers who have something to do: daily, by day, if wanted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from storage.announcements import announcement_actions
from storage.people import people
from storage.reminders import digest
from storage.tables import PersonRow
from tests.announcements.posting import Post
from tests.driver import ON_ONE_ENGINE, Person, Stage
from tests.organizing.inviting import joins
from tests.organizing.season import season
from tests.samples import answer_until

pytestmark = [pytest.mark.feature("B11"), ON_ONE_ENGINE]

MORNING = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


async def summaries(stage: Stage, post: Post) -> dict[str, str]:
    """Plan as the service does, send, and say who got a summary."""
    await stage.database.write(lambda session: digest.plan(session, stage.clock.now()))
    return {each.address: each.text for each in await post.goes_out() if "What waits for you today" in each.text}


async def test_the_menu_says_what_waits_who_waits_and_the_days_left(olga: Person, anna: Person, stage: Stage) -> None:
    await olga.does("organize")
    olga.sees("The call closes on 1 March 2027", "101 days left", "0 entries were sent", "Nothing waits for you.")
    await answer_until(anna, "org_name")
    await anna.does("contact")
    await anna.says("Can a ministry send two entries?")
    await olga.does("messages")
    await olga.taps(".back")
    olga.sees("One entry is unfinished", "1 message to the organizers is not answered.", "The oldest came on")
    olga.misses("Nothing waits for you.")


async def test_any_call_is_looked_at_by_choice_or_by_its_code(olga: Person, stage: Stage) -> None:
    await season(stage)
    await olga.does("calls", "2026")
    olga.sees("30 entries were sent")
    await olga.taps("What waits in this call")
    olga.sees("2026", "30 entries were sent")
    olga.misses("days left")
    await olga.does("organize", "2027")
    olga.sees("20 entries were sent", "days left")
    await olga.does("stats", "2026")
    olga.sees("The call of 2026 in figures")
    await olga.does("entries", "2026 Project 7")
    olga.sees("Project 7")
    await olga.does("calls", "1999")
    olga.sees("no such call", "1. Call 2027")


async def test_a_role_is_told_only_what_is_its_own(olga: Person, anna: Person, stage: Stage) -> None:
    tina = stage.person("301", channel="telegram", called="Tina")
    await olga.does("organize")
    await joins(olga, tina, "translator")
    await anna.does("contact")
    await anna.says("Can a ministry send two entries?")
    await tina.does("organize")
    tina.sees("The call closes on 1 March 2027", "Nothing waits for you.")
    tina.misses("not answered", "unfinished")


async def test_a_translator_is_told_of_texts_that_are_missing_and_an_organizer_is_not_troubled(
    olga: Person, stage: Stage
) -> None:
    tina = stage.person("301", channel="telegram", called="Tina")
    await olga.does("organize")
    await joins(olga, tina, "translator")

    def begins(session: Session, **texts: str) -> int:
        return announcement_actions.compose(session, None, stage.clock.now(), texts=texts)

    number = await stage.database.write(lambda session: begins(session, en="The call is open", fr="L’appel est ouvert"))
    await stage.database.write(lambda session: begins(session))
    await tina.does("organize")
    tina.sees("1 announcement lacks a text in one language or more.")
    await olga.does("organize")
    olga.sees("Nothing waits for you.")
    assert list(await summaries(stage, Post(stage))) == ["301"]
    for language in ("ar", "es", "ru", "zh"):
        await stage.database.write(
            lambda session, language=language: announcement_actions.write_text(
                session, None, number, language, "Words", stage.clock.now()
            )
        )
    await tina.does("organize")
    tina.sees("Nothing waits for you.")


async def test_a_summary_comes_once_a_day_by_day_and_not_to_who_stopped_it(
    olga: Person, anna: Person, stage: Stage
) -> None:
    await olga.does("organize")
    post = Post(stage)
    assert await summaries(stage, post) == {}, "nothing waits"
    await anna.does("contact")
    await anna.says("Can a ministry send two entries?")
    await post.goes_out()
    stage.clock.at = MORNING.replace(hour=22)
    assert await summaries(stage, post) == {}, "it is night in Geneva"
    stage.clock.at = MORNING + timedelta(days=1)
    [(address, text)] = (await summaries(stage, post)).items()
    assert address == "100"
    assert "1 message to the organizers is not answered." in text
    stage.clock.passes(hours=3)
    assert await summaries(stage, post) == {}, "once a day"
    await olga.taps_unasked("digest:open")
    olga.sees("1 message to the organizers is not answered.")
    await olga.taps_unasked("digest:stop")
    olga.sees("You get no more daily summaries.")
    stage.clock.at = MORNING + timedelta(days=2)
    assert await summaries(stage, post) == {}, "she stopped it"
    await olga.does("settings")
    await olga.taps("news")
    await olga.taps("digest")
    stage.clock.at = MORNING + timedelta(days=3)
    assert list(await summaries(stage, post)) == ["100"]


async def test_where_it_is_night_the_summary_waits_for_the_morning(olga: Person, anna: Person, stage: Stage) -> None:
    await olga.does("organize")
    await anna.does("contact")
    await anna.says("Can a ministry send two entries?")
    post = Post(stage)
    await post.goes_out()

    def moves(session: Session) -> None:
        session.get_one(PersonRow, people.person_at(session, "telegram", "100")).zone = "Asia/Tokyo"

    await stage.database.write(moves)
    stage.clock.at = MORNING + timedelta(days=1, hours=4)  # 22 in Tokyo
    assert await summaries(stage, post) == {}
    stage.clock.at = MORNING + timedelta(days=1, hours=15)  # the next morning there
    assert [each.address for each in await post.goes_out()] == ["100"]
