"""At 100,000 people and 1,000,000 answers no turn and no sweep reads a whole table: the engines' plans are read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import select

from bot.scheduling.reminders import Reminders
from dialogs.questionnaire.source import loader
from storage.engine.database import Database
from storage.entries import files
from storage.messaging import deliveries, notices
from storage.messaging.deliveries import Delivery
from storage.people import idle_people
from storage.reminders import reminder_queries
from storage.updates import processed_updates
from tests.driver import IN_SEASON, Stage
from tests.filling import FILLED_AT, Size, fill
from tests.samples import answer_until
from tests.storage.plans import Plans, seem_large, watched

ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
SMALL = Size(people=600, entries=600, handled=1_500, deliveries=1_800, files=600, contacts=600)


@pytest.fixture
async def filled(database: Database) -> Database:
    await fill(database, SMALL)
    await seem_large(database)
    return database


@pytest.mark.feature("S19")
async def test_no_turn_reads_a_whole_table(filled: Database) -> None:
    """A new draft to its title and past the guard; the drafts' list; a second app joined; everything erased."""
    await _turns_are_taken(filled)


async def _turns_are_taken(filled: Database, *but: str) -> None:
    stage = Stage(filled)
    anna, phone = stage.person("anna"), stage.person("anna's phone", channel="telegram")
    with watched() as plans:
        await answer_until(anna, "activity_type")
        assert any("entry_pieces" in asked for asked in plans.asked)
        for command in ("drafts", "settings", "help", "continue"):
            await anna.does(command)
        await phone.does("start")
    plans.whole = [each for each in plans.whole if not each.startswith(but)] if but else plans.whole
    _none_is_read_whole(plans)


@pytest.mark.feature("S19")
async def test_no_sweep_reads_a_whole_table_while_nothing_is_due(filled: Database) -> None:
    """The first sweep of the reminders looks through everyone and plans; those after it, each minute, do not."""
    now = IN_SEASON.replace(month=12, day=31, hour=20)
    reminders = Reminders(filled, loader.versions())
    swept = await reminders.sweep(now)
    planned = await filled.read(
        lambda session: session.exec(select(Delivery.id).where(Delivery.state == "planned")).all()
    )
    assert swept == len(planned) == SMALL.people / 3  # whose drafts are not sent, and who can be written to
    await filled.write(lambda session: notices.due(session, now) and None)
    await seem_large(filled)
    with watched() as plans:
        assert await reminders.sweep(now + timedelta(minutes=1)) == 0
        await filled.read(lambda session: deliveries.amendments(session, FILLED_AT, 64))
        await filled.read(lambda session: files.missing(session, "telegram:"))
        await filled.read(lambda session: reminder_queries.place(session, 1))
        for work in (
            lambda session: processed_updates.take_over(session, "telegram", now, 1, alone=filled.dialect == "sqlite"),
            lambda session: processed_updates.forget_old(session, now, 500),
            lambda session: notices.due(session, now),
            lambda session: deliveries.orphans(session, "another", now),
            lambda session: [deliveries.finish(session, notice, now) for notice in notices.due(session, now)],
            lambda session: deliveries.claim(session, notices.due(session, now), "me", now, 1),
        ):
            await filled.write(work)
    _none_is_read_whole(plans)


@pytest.mark.feature("S19")
async def test_housekeeping_looks_only_at_those_who_never_agreed_to_anything(filled: Database) -> None:
    """And from those on who were longest away: it stops at a few hundred, and reads nobody else."""
    with watched() as plans:
        assert await filled.read(lambda session: idle_people.find(session, FILLED_AT, 1)) == []
    assert "people_unanswered" in "".join(plans.how)


@pytest.mark.faults
@pytest.mark.timeout(1_800)
@ON_BOTH
async def test_the_same_holds_with_as_many_rows_in_the_tables(database: Database) -> None:
    """Nothing seems: 100,000 people and 1,000,000 answers are there."""
    await fill(database, Size.full())
    if database.dialect == "postgresql":
        await database.write(lambda session: session.connection().execute(text("ANALYZE")) and None)
    await _turns_are_taken(database, SOONER_WHOLE)


SOONER_WHOLE = "Seq Scan of entry_search: SELECT reference, title FROM entry_search WHERE reference IN"
"""The guard looks at 500 candidates, beside the turn. Of 20,000 short rows PostgreSQL reads all sooner than 500 of them
one by one; where there are more, as in the store that only seems large, it takes the index.
"""


def _none_is_read_whole(plans: Plans) -> None:
    assert plans.asked
    assert plans.whole == [], "\n".join(plans.whole)
