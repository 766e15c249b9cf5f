"""A register with sixty published entries in six languages, of which reports are made; made once, changed by nobody."""

from __future__ import annotations

import pytest

from storage.engine.database import Database
from tests.report.made import fill
from tests.service import Service


@pytest.fixture(scope="session")
async def sixty(tmp_path_factory: pytest.TempPathFactory) -> Service:
    command = Service(tmp_path_factory.mktemp("sixty"))
    database = await Database.open(command.environment["STOCKTAKING_DATABASE_URL"])
    await database.write(lambda session: fill(session, 60))
    await database.close()
    return command


@pytest.fixture
async def few(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """The same with six, to write to."""
    command = Service(tmp_path_factory.mktemp("few"))
    database = await Database.open(command.environment["STOCKTAKING_DATABASE_URL"])
    await database.write(lambda session: fill(session, 6))
    await database.close()
    return command
