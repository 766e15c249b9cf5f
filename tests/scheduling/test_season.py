"""Single moments of a season that are too fine for the great one, over the real store, ledger and rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from bot.delivery.composer import Composer, returned
from bot.delivery.ledger import Ledger
from bot.delivery.outgoing import Delivered
from bot.scheduling.reminders import Reminders
from dialogs.domain.notice import DeliveryState, NoticeState
from storage.calls import calls
from storage.engine.database import Database
from storage.messaging.deliveries import Delivery
from storage.messaging.notices import Notice
from storage.tables import PersonRow
from tests.driver import WORDS, Clock, Stage
from tests.scheduling.replicas import VERSIONS
from tests.scheduling.season import BEGINS, Season
from tests.scheduling.season_actions import DEEDS, Somebody, move
from tests.scheduling.season_table import Life

NAIROBI = "Africa/Nairobi"
BEGUN = Life("", {"12-01 11:00": "begin"})
A_WEEK_BEFORE = datetime(2027, 2, 23, 8, tzinfo=UTC)
"""Eleven in Nairobi, where the call closes on 2 March, 01:59."""


@pytest.fixture
def season(database: Database) -> Season:
    return Season(Stage(database, Clock(BEGINS)))


async def lives(season: Season, life: Life = BEGUN, zone: str = NAIROBI) -> Somebody:
    """Somebody in Nairobi, with a draft since December."""
    [who] = await season.settle([(life, zone)])
    return who


def courier(database: Database) -> Ledger:
    return Ledger(database, Composer(WORDS, Reminders(database, VERSIONS)), returned=returned)


@pytest.mark.feature("R1")
async def test_a_rehearsal_says_who_would_be_reminded_and_writes_nothing(season: Season, database: Database) -> None:
    who = await lives(season)
    await lives(season, Life(""))
    await season.goes_by(datetime(2026, 12, 3, tzinfo=UTC))
    hour = timedelta(hours=1)
    lines = await Reminders(database, VERSIONS).outlook(A_WEEK_BEFORE, A_WEEK_BEFORE + hour, A_WEEK_BEFORE)
    assert [(line.person, line.zone, line.rung, line.why) for line in lines] == [(who.id, NAIROBI, "7d", "")]
    assert await database.read(lambda session: session.exec(select(Delivery)).all()) == []


@pytest.mark.feature("R1")
async def test_before_anybody_has_come_nobody_is_reminded_and_nothing_is_written(database: Database) -> None:
    """The service looks for the first time in the moment when the first person arrives."""
    reminders = Reminders(database, VERSIONS)
    expected = await reminders.outlook(A_WEEK_BEFORE, A_WEEK_BEFORE + timedelta(hours=1), A_WEEK_BEFORE)
    assert (await reminders.sweep(A_WEEK_BEFORE), expected) == (0, [])
    assert await database.read(lambda session: calls.every(session, A_WEEK_BEFORE)) == ()


@pytest.mark.feature("R5")
async def test_who_moves_is_reminded_also_where_the_moment_has_come_already(season: Season) -> None:
    who, there = await lives(season), await lives(season, zone="Europe/Zurich")
    season.note(datetime(2027, 2, 22, 12, tzinfo=UTC), move("Europe/Zurich"), who)
    await season.goes_by(datetime(2027, 2, 25, tzinfo=UTC), step=timedelta(hours=3))
    told = await season.account()
    assert told[who.id].endswith("14d 02-18, 7d 02-22")
    assert told[there.id].endswith("14d 02-18, 7d 02-22")


@pytest.mark.feature("R3", "R5")
async def test_of_two_reminders_that_are_due_at_once_one_goes_out(season: Season, database: Database) -> None:
    who = await lives(season)
    await season.goes_by(datetime(2026, 12, 3, tzinfo=UTC))
    season.clock.at = A_WEEK_BEFORE
    await database.write(lambda s: setattr(s.get_one(PersonRow, who.id), "snoozed", A_WEEK_BEFORE))
    await Reminders(database, VERSIONS).sweep(A_WEEK_BEFORE)
    one, other = courier(database), courier(database)
    running = await one.running(A_WEEK_BEFORE)
    assert len(running) == 2
    job = await one.exchange(running, None, A_WEEK_BEFORE)
    assert job is not None
    assert await other.exchange(running, None, A_WEEK_BEFORE) is None
    await one.hand_in((job, Delivered(1)), A_WEEK_BEFORE)
    a_little_later = A_WEEK_BEFORE + timedelta(minutes=1)
    assert await other.exchange(running, None, a_little_later) is None
    rows = await database.read(lambda session: session.exec(select(Delivery.state, Delivery.cause)).all())
    assert sorted(rows) == [("sent", None), ("skipped", "reminded")]


@pytest.mark.feature("R1")
async def test_after_the_close_nothing_is_left_open_though_nobody_was_there_to_see_it(
    season: Season, database: Database
) -> None:
    who = await lives(season)
    season.note(datetime(2027, 2, 27, 8, tzinfo=UTC), DEEDS["type"], who)
    await season.goes_by(datetime(2027, 2, 27, 9, tzinfo=UTC), step=timedelta(hours=6))
    season.clock.at = datetime(2027, 3, 9, tzinfo=UTC)
    await season.goes_by(datetime(2027, 3, 10, tzinfo=UTC), step=timedelta(hours=6))
    rows = await database.read(lambda session: set(session.exec(select(Delivery.state))))
    assert rows <= {DeliveryState.SENT.value, DeliveryState.SKIPPED.value}
    assert await database.read(lambda session: set(session.exec(select(Notice.state)))) == {NoticeState.DONE.value}
