"""The author of an old published entry is asked by one message whether it is still true, and answers by one tap."""

from __future__ import annotations

import pytest

from dialogs.domain.entries.entry import EntryState
from storage.engine.database import Database
from storage.entries import freshness
from storage.tables import EntryRow
from tests.announcements.posting import Post
from tests.driver import ON_ONE_ENGINE, Stage
from tests.review.acting import REFERENCE, arrives, sends
from tests.review.entries import set_state

pytestmark = ON_ONE_ENGINE

SECOND = "WSIS-2027-000002"


@pytest.fixture
def stage(database: Database) -> Stage:
    return Stage(database)


async def received(stage: Stage, reference: str = REFERENCE) -> str:
    row = await stage.database.read(lambda session: session.get_one(EntryRow, reference))
    return row.received.isoformat()


@pytest.mark.feature("G12")
async def test_an_author_of_an_old_entry_is_asked_once_and_one_tap_refreshes_it(stage: Stage) -> None:
    post = Post(stage)
    anna = await arrives(stage, "200", "en", "Anna")
    for title in ("Solar networks", "Radio school"):
        await sends(anna, title=title)
    await set_state(stage.database, EntryState.PUBLISHED, REFERENCE, SECOND)
    await post.goes_out(reminding=True)
    before = await received(stage)
    stage.clock.passes(days=40)
    assert await post.goes_out(reminding=True) == [], "nobody is asked before organizers say so"

    now = stage.clock.now()
    await stage.database.write(lambda session: freshness.set_age(session, None, 30, now))
    [letter] = await post.goes_out(reminding=True)
    assert "Is it still true? Solar networks" in letter.text
    stage.clock.passes(hours=2)
    assert await post.goes_out(reminding=True) == [], "about one entry a day"
    await anna.taps_unasked(letter.code("Yes, it is still true"))
    anna.sees("Thank you")
    assert await received(stage) > before

    stage.clock.passes(days=1)
    [other] = await post.goes_out(reminding=True)
    assert "Radio school" in other.text
    await anna.taps_unasked(other.code("Withdraw"))
    await anna.taps("yes")
    row = await stage.database.read(lambda session: session.get_one(EntryRow, SECOND))
    assert row.state == EntryState.WITHDRAWN.value
    stage.clock.passes(days=20)
    assert await post.goes_out(reminding=True) == []
    stage.clock.passes(days=20)
    [again] = await post.goes_out(reminding=True)
    await anna.taps_unasked(again.code("Update"))
    assert anna.screen.name.startswith("filling"), anna.text


async def test_nobody_confirms_what_is_not_theirs_or_not_published(stage: Stage) -> None:
    anna, ben = await arrives(stage, "200", "en", "Anna"), await arrives(stage, "201", "en", "Ben")
    await sends(anna)
    before = await received(stage)
    stage.clock.passes(days=1)
    await anna.taps_unasked(f"still:yes:{REFERENCE}")
    await set_state(stage.database, EntryState.PUBLISHED, REFERENCE)
    await ben.taps_unasked(f"still:yes:{REFERENCE}")
    assert await received(stage) == before
