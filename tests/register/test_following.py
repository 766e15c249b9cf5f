"""A search is followed by one tap: what is new is told once a day at most, not at night, and stopped by one tap."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from dialogs.domain.entries.entry import EntryState
from storage.engine.database import Database
from storage.tables import EntryRow
from tests.announcements.posting import Post
from tests.driver import ON_ONE_ENGINE, Stage
from tests.register.factory import keep, kept

pytestmark = ON_ONE_ENGINE


@pytest.fixture
def stage(database: Database) -> Stage:
    return Stage(database)


def radio(number: int, **answers: bool) -> EntryRow:
    return kept(number, EntryState.PUBLISHED, title=f"Community radio, part {number}", **answers)


async def publish(stage: Stage, *entries: EntryRow) -> None:
    await stage.database.write(lambda session: keep(session, *entries))


@pytest.mark.feature("G8")
async def test_what_is_new_in_a_followed_search_is_told_once_a_day_and_stopped_by_one_tap(stage: Stage) -> None:
    post = Post(stage)
    await publish(stage, radio(1))
    anna = stage.person("200", channel="telegram", language="fr", called="Anna")
    await anna.does("start")
    await anna.taps("fr")
    await anna.does("search", "radio")
    await anna.taps(".follow")
    anna.sees("Vous suivez cette recherche")
    assert not anna.offers(".follow")
    assert await post.goes_out(reminding=True) == [], "what is there already is no news"

    await publish(
        stage,
        radio(2),
        radio(3, publish=False),
        kept(4, EntryState.IN_REVIEW, title="Community radio unseen"),
        kept(5, title="Telemedicine for islands"),
    )
    [letter] = await post.goes_out(reminding=True)
    assert "1 nouvelle fiche" in letter.text and "part 2" in letter.text
    assert "part 3" not in letter.text and "unseen" not in letter.text and "Telemedicine" not in letter.text
    await anna.taps_unasked(letter.code("Community radio, part 2"))
    assert anna.screen.name == "explored"

    await publish(stage, radio(6))
    assert await post.goes_out(reminding=True) == [], "once a day"
    stage.clock.passes(hours=38)  # it is night
    assert await post.goes_out(reminding=True) == []

    def withdraw(session: Session) -> None:
        session.get_one(EntryRow, "WSIS-2027-000006").state = EntryState.WITHDRAWN.value

    await publish(stage, radio(7))
    await stage.database.write(withdraw)
    stage.clock.passes(hours=10)
    assert await post.goes_out(reminding=True) == [], "the one that was news is not public any more"
    stage.clock.passes(hours=30)
    [letter] = await post.goes_out(reminding=True)
    assert "part 7" in letter.text and "part 6" not in letter.text

    await anna.does("start")
    await anna.taps_unasked(letter.code("Ne plus suivre"))
    anna.sees("Vous ne suivez plus cette recherche")
    await publish(stage, radio(8))
    stage.clock.passes(days=2)
    assert await post.goes_out(reminding=True) == []


@pytest.mark.feature("G8", "N22")
async def test_followed_searches_stand_in_the_settings_and_go_with_their_person(stage: Stage) -> None:
    await publish(stage, radio(1))
    anna = stage.person("200", channel="telegram", called="Anna")
    await anna.does("start")
    await anna.taps("English")
    for words in ("radio", "radio Kenya"):
        await anna.does("search", words)
        await anna.taps(".follow")
    await anna.does("settings")
    await anna.taps("follows")
    anna.sees("Searches you follow")
    await anna.taps("Stop: radio and Kenya")
    assert len([c for row in anna.screen.rows for c in row if c.code.startswith("stop:")]) == 1
    await anna.does("forget")
    await anna.taps("Yes, erase everything")
    await publish(stage, radio(2))
    assert await Post(stage).goes_out(reminding=True) == []
