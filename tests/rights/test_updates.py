"""An update's id belongs to who sent it: the same id of somebody else does what they want, and nothing to the first."""

from __future__ import annotations

import pytest

from dialogs.domain.events import Commanded, Said
from storage.updates import processed_updates
from tests.driver import Stage


@pytest.mark.feature("S3")
async def test_the_same_id_of_two_people_is_two_updates(stage: Stage) -> None:
    ana, bob = stage.person("ana", channel="web"), stage.person("bob", channel="web")
    for person in (ana, bob):
        await person.does("start")
        await person.taps("English")
    await ana.acts(Commanded("new", ana.now), "same")
    await stage.turns.take("web", "ana", "unshown", Said("yes", ana.now))
    await bob.acts(Commanded("deadline", bob.now), "same")
    bob.sees("The call closes on")
    await bob.acts(Commanded("deadline", bob.now), "unshown")
    waiting = await stage.database.read(lambda session: processed_updates.find(session, "web", "unshown", 1))
    assert waiting is not None
    assert waiting.screens, "Bob's was shown; Ana's still waits"
    again = await stage.turns.take("web", "ana", "same", Commanded("new", ana.now))
    assert again.again
    assert again.screens == ()
    await ana.does("drafts")
    ana.sees("1. Entry without a title")
    ana.misses("2. ")
