"""A stage over a real database, on both engines, and Anna, who has a phone."""

from __future__ import annotations

import pytest

from storage.engine.database import Database
from tests.driver import Person, Stage


@pytest.fixture
def stage(database: Database) -> Stage:
    return Stage(database)


@pytest.fixture
def anna(stage: Stage) -> Person:
    return stage.person("anna")
