"""A turn asks the store a bounded number of times, and to know where somebody stands takes one look."""

from __future__ import annotations

import pytest

from storage.engine.database import Database
from tests.driver import Stage
from tests.samples import answer_until
from tests.storage.plans import watched


@pytest.mark.feature("S19")
async def test_a_turn_and_a_look_at_where_somebody_stands_take_few_statements(database: Database) -> None:
    stage = Stage(database)
    anna = stage.person("anna")
    await answer_until(anna, "org_name")
    with watched() as turn:
        await anna.says("Lake Community Networks")
    assert anna.outcome is not None
    with watched() as look:
        await stage.turns.stored.standing(anna.outcome.person, "test", ["an update"], "anna")
    # The lock, all that is looked at, what the answer leaves, and that its screen was shown.
    most = 4 if database.dialect == "postgresql" else 8
    assert len(turn.asked) <= most, "\n".join(turn.asked)
    assert len(look.asked) <= 1, "\n".join(look.asked)
