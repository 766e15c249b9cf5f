"""A register to look at: three real activities entered and sent, and a few drafts under way."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.engine.database import Database
from tests.activities import ACTIVITIES, Walk
from tests.driver import Clock, Stage
from tests.samples import answer_until
from tests.service import Service


@pytest.fixture
def command(tmp_path: Path) -> Service:
    """`await command.command("doctor")`: the command over settings of its own."""
    return Service(tmp_path)


@pytest.fixture(scope="session")
async def register(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """The command over a register with entries and drafts. It is made once: nobody changes anything in it."""
    command = Service(tmp_path_factory.mktemp("register"))
    database = await Database.open(command.environment["STOCKTAKING_DATABASE_URL"])
    stage = Stage(database, Clock())
    for activity in ACTIVITIES.values():
        person, walk = stage.person(activity.key), Walk(activity)
        await person.does("new")
        while person.question != "review":
            await person.says(walk.says(person.question))
        await person.taps(".send")
    for number in range(4):
        await answer_until(stage.person(f"undecided {number}"), "org_country" if number < 3 else "title")
    await database.close()
    return command
