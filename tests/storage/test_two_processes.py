"""Two processes take one person's turns: each sees what the other one did, and what an answer leaves is the same."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from dialogs.domain.events import Said
from storage.engine.database import Database
from storage.tables import AnswerRow, DraftRow, HandledRow, HistoryRow
from tests.driver import Stage
from tests.samples import answer_until


@pytest.fixture
async def stages(database_url: str) -> AsyncIterator[tuple[Stage, Stage]]:
    one, two = await Database.open(database_url), await Database.open(database_url)
    yield Stage(one), Stage(two)
    await one.close()
    await two.close()


async def rows(stage: Stage, table: Any) -> list[Any]:
    """All rows of a table, to be looked at."""

    def found(session: Session) -> list[Any]:
        return [row.model_dump() for row in session.exec(select(table))]

    return await stage.database.read(found)


@pytest.mark.feature("S17")
async def test_each_sees_what_the_other_one_did(stages: tuple[Stage, Stage]) -> None:
    here, there = (stage.person("anna") for stage in stages)
    await answer_until(here, "org_name")
    await there.says("Lake Community Networks")
    assert there.question != "org_name", "the other process knows the question that is open"
    await here.does("review")
    here.sees("Lake Community Networks")


@pytest.mark.feature("S17")
async def test_an_update_that_the_other_one_took_has_no_second_effect(stages: tuple[Stage, Stage]) -> None:
    here, there = (stage.person("anna") for stage in stages)
    await answer_until(here, "org_name")
    said = Said("Lake Community Networks", here.now)
    await here.acts(said, "the same")
    assert here.outcome is not None
    turn, before = here.outcome.turn, await rows(here.stage, HistoryRow)
    again = await there.stage.turns.take("test", "anna", "the same", said)
    assert again.again and again.turn == turn
    assert await rows(there.stage, HistoryRow) == before


@pytest.mark.feature("S17")
async def test_a_draft_that_changed_behind_both_is_seen(stages: tuple[Stage, Stage]) -> None:
    here, there = (stage.person("anna") for stage in stages)
    await answer_until(here, "org_name")
    await there.says("Lake Community Networks")
    by_hand = text("UPDATE answers SET value = :value WHERE key = 'org_name'")
    await there.stage.database.write(lambda session: session.execute(by_hand, {"value": '"Sea Networks"'}) and None)
    await here.does("review")
    here.sees("Sea Networks")
    await there.does("review")
    there.sees("Sea Networks")


async def test_an_answered_step_leaves_the_answer_its_history_and_the_mark(stages: tuple[Stage, Stage]) -> None:
    anna = stages[0].person("anna")
    await answer_until(anna, "org_name")
    anna.stage.clock.passes(minutes=5)
    await anna.acts(Said("Lake Networks", anna.now, "41"), "an answer")
    (answer,) = (row for row in await rows(anna.stage, AnswerRow) if row["key"] == "org_name")
    (remembered,) = (row for row in await rows(anna.stage, HistoryRow) if row["key"] == "org_name")
    (draft,) = await rows(anna.stage, DraftRow)
    (mark,) = (row for row in await rows(anna.stage, HandledRow) if row["update_id"] == "an answer")
    assert (answer["value"], answer["at"], answer["ref"]) == ("Lake Networks", anna.now, "41")
    assert {name: remembered[name] for name in ("draft_id", "key", "value", "at", "by", "given", "removed")} == {
        **{name: answer[name] for name in ("draft_id", "key", "value", "at", "by", "given")},
        "removed": False,
    }
    assert draft["touched"] == anna.now
    assert (mark["channel"], mark["at"], mark["screens"], mark["worker"]) == ("test", anna.now, None, None)
