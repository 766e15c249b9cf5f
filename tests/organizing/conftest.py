"""A stage with organizers: Olga owns the call, by the settings; Anna is somebody with a phone."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.engine.database import Database
from storage.organizers import organizers
from tests.botapi import BotApi
from tests.driver import Person, Stage

OLGA = 100
"""Her Telegram id."""


@pytest.fixture
async def server() -> AsyncIterator[BotApi]:
    """A strict Bot API server, for tests over the real service."""
    async with BotApi() as server:
        yield server


@pytest.fixture
def stage(database: Database) -> Stage:
    return Stage(database)


@pytest.fixture
async def olga(stage: Stage) -> Person:
    now = stage.clock.now()
    await stage.database.write(lambda session: organizers.name_in_settings(session, [OLGA], now))
    return stage.person(str(OLGA), channel="telegram", called="Olga")


@pytest.fixture
async def anna(stage: Stage) -> Person:
    """Anna has said hello and chosen her language."""
    anna = stage.person("200", channel="telegram", called="Anna")
    await anna.does("start")
    await anna.taps("English")
    return anna
