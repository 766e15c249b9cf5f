"""What every test can have: a fresh database, on each of the two engines."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from hypothesis import settings

from storage.engine.database import Database
from tests import postgres

settings.register_profile("untimed", deadline=None)  # how fast a machine is fails no test
settings.load_profile("untimed")


@pytest.fixture(scope="session")
async def model_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Awaitable[str]]:
    """The address of an engine's model: all tables and nothing in them. It is made once, for a copy is made sooner."""
    made: dict[str, str] = {}

    async def address(engine: str) -> str:
        if engine not in made:
            file = tmp_path_factory.mktemp("model") / "stocktaking.sqlite3"
            made[engine] = f"sqlite:///{file}" if engine == "sqlite" else postgres.new_database()
            await (await Database.open(made[engine])).close()
        return made[engine]

    return address


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(
    request: pytest.FixtureRequest, tmp_path: Path, model_of: Callable[[str], Awaitable[str]]
) -> str:
    """The address of a database with all tables and nothing in them."""
    if request.param == "postgresql" and postgres.binaries() is None:
        pytest.skip(postgres.MISSING)
    model = await model_of(request.param)
    if request.param == "postgresql":
        return postgres.new_database(model)
    copy = tmp_path / "stocktaking.sqlite3"
    shutil.copy(model.removeprefix("sqlite:///"), copy)
    return f"sqlite:///{copy}"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open database."""
    opened = await Database.open(database_url)
    yield opened
    await opened.close()
