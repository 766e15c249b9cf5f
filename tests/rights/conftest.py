"""A stage where people share things: Ana has a draft with a secret in every answer, others have less and less of it."""

from __future__ import annotations

import pytest

from storage.engine.database import Database
from tests.driver import Stage


@pytest.fixture
def stage(database: Database) -> Stage:
    return Stage(database)
