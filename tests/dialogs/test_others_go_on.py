"""While a title is looked for in the register, everybody else is answered: on SQLite, which has one writer, and
on PostgreSQL, where the looking must not run on the service's loop.
"""

from __future__ import annotations

import asyncio

import pytest

from storage.entries import entries
from tests.driver import Person, Stage
from tests.organizing.test_looking import Gate
from tests.samples import ANSWERS, answer_until


@pytest.mark.feature("S19", "N12")
async def test_others_are_answered_while_a_title_is_compared(
    anna: Person, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await answer_until(anna, "title")
    gate = Gate(monkeypatch, entries, "similar")
    asking = asyncio.create_task(anna.says(ANSWERS["title"]))
    await gate.is_reached()
    ben = stage.person("ben")
    await ben.does("help")
    ben.sees("/sections")
    assert not asking.done()
    gate.opened.set()
    await asking
    assert anna.question == "activity_type"
    await anna.does("drafts")
    anna.sees(ANSWERS["title"])
