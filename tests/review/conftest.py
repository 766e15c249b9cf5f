"""A stage with organizers: Olga owns the call, Rémi and Rosa review, Anna has sent an entry."""

from __future__ import annotations

import pytest

from tests.driver import Person, Stage
from tests.organizing.conftest import olga, server, stage
from tests.organizing.inviting import joins
from tests.review.acting import arrives, sends

__all__ = ["olga", "server", "stage"]


@pytest.fixture
async def anna(stage: Stage) -> Person:
    """Anna has sent an entry."""
    anna = await arrives(stage, "200", "en", "Anna")
    await sends(anna)
    return anna


@pytest.fixture
async def remi(olga: Person, stage: Stage) -> Person:
    await olga.does("organize")
    return await joins(olga, stage.person("300", channel="telegram", called="Rémi"), "reviewer")


@pytest.fixture
async def rosa(olga: Person, stage: Stage) -> Person:
    """A second reviewer."""
    await olga.does("organize")
    return await joins(olga, stage.person("301", channel="telegram", called="Rosa"), "reviewer")
