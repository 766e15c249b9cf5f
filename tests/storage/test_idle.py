"""Who looked in and never answered is forgotten after a fortnight; whoever left anything is not."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.app import App
from bot.scheduling.housekeeping import tidy
from bot.settings import Settings
from storage.engine.database import Database
from storage.people.idle_people import AFTER
from storage.tables import AccountRow, DraftRow, HandledRow, PersonRow, TranscriptRow
from tests.driver import Clock, Stage


@pytest.mark.feature("S9")
async def test_only_those_who_never_left_anything_are_forgotten(database: Database, tmp_path: Path) -> None:
    stage = Stage(database, Clock())
    looked, drafted, agreed, wrote, phone, back = (
        stage.person(name, channel="telegram" if name == "phone" else "web")
        for name in ("looked", "drafted", "agreed", "wrote", "phone", "back")
    )
    for person in (looked, phone, back):
        await person.does("start")
    await drafted.does("new")
    await agreed.does("new")
    await agreed.taps("yes")
    await wrote.does("contact")
    await wrote.says("Where is the form of last year?")
    app = App(Settings(_env_file=None, files=tmp_path), database, stage.words, stage.turns)
    await tidy(app)
    assert len(await database.read(lambda session: session.exec(select(PersonRow)).all())) == 6
    stage.clock.at += AFTER - timedelta(hours=1)
    await back.does("start")
    stage.clock.at += timedelta(hours=2)
    await tidy(app)
    left = await database.read(lambda session: set(session.exec(select(AccountRow.address)).all()))
    assert left == {"agreed", "wrote", "phone", "back"}
    people = await database.read(lambda session: set(session.exec(select(PersonRow.id)).all()))
    assert len(people) == 4
    for table in (DraftRow, TranscriptRow, HandledRow):
        rows = await database.read(lambda session, table=table: session.exec(select(table)).all())
        assert {row.person_id for row in rows} <= people
