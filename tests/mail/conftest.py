"""A stage for conversations about letters."""

from __future__ import annotations

import pytest

from storage.engine.database import Database
from tests.driver import Stage


@pytest.fixture
def stage(database: Database) -> Stage:
    return Stage(database)
