"""A reminder over the real service: who has paused gets it once, and the question that was open keeps its answer."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, select

from dialogs.domain.notice import DeliveryState, NoticeKind
from storage.calls import calls
from storage.engine.database import Database
from storage.messaging.deliveries import Delivery
from storage.messaging.notices import Notice
from storage.people import people
from storage.tables import CallRow, DraftRow, PersonRow
from tests.botapi import BotApi
from tests.botapi.people import Person
from tests.noon import where_it_is_noon
from tests.samples import ANSWERS
from tests.service import Service
from tests.telegram.opening import telegram
from tests.telegram.walking import answer_until, open_question

REMINDED = "Your entry is not finished yet"


def _turn_back(session: Session, paused: int, answering: int) -> None:
    """The call closes in three days, and the drafts are ten days old; one of them paused an hour ago."""
    now = datetime.now(UTC)
    zone = where_it_is_noon(now)  # the moment of today's reminder, ten, has come
    assert 12 <= now.astimezone(ZoneInfo(zone)).hour <= 13
    session.get_one(CallRow, calls.current(session, now).code).closes = now + timedelta(days=3, hours=1)
    for draft in session.exec(select(DraftRow)):
        draft.started = now - timedelta(days=10)
    for id in (paused, answering):
        session.get_one(PersonRow, id).zone = zone
    person = session.get_one(PersonRow, paused)
    person.state = {**(person.state or {}), "last": (now - timedelta(hours=1)).isoformat()}


async def _while_it_is_down(service: Service, *who: Person) -> None:
    database = await Database.open(service.environment["STOCKTAKING_DATABASE_URL"])

    def ids(session: Session) -> list[int]:
        return [people.person_at(session, "telegram", str(each.id)) or 0 for each in who]

    paused, answering = await database.read(ids)
    await database.write(lambda session: _turn_back(session, paused, answering))
    await database.close()


async def _ledger(service: Service) -> dict[str, datetime]:
    """When the reminder may go out that is in this state, once one is noted as sent."""
    database = await Database.open(service.environment["STOCKTAKING_DATABASE_URL"])
    query = select(Delivery.state, Delivery.due).join(Notice).where(Notice.kind == NoticeKind.REMINDER.value)
    try:
        for _ in range(600):
            found = dict(await database.read(lambda session: session.exec(query).all()))
            if DeliveryState.SENT in found:
                return found
            await asyncio.sleep(0.1)
    finally:
        await database.close()
    raise AssertionError("no reminder is noted as sent")


@pytest.mark.feature("C19", "R1", "R2", "R4")
async def test_who_paused_is_reminded_once_and_their_next_word_answers_the_open_question(tmp_path: Path) -> None:
    async with BotApi() as server:
        service = Service(tmp_path, **telegram(server, "polling"))
        anna, ben = server.person("Anna"), server.person("Ben")
        async with service:
            await answer_until(anna, ANSWERS, "contact_role")
            await answer_until(ben, ANSWERS, "contact_role")
        await _while_it_is_down(service, anna, ben)
        async with service:
            await anna.waits(lambda person: REMINDED in person.last)
            assert "questions are left" in anna.last
            reminder = anna.shown[-1]

            # What she types now answers the question that was open, and the reminder still leads to the one that is.
            await anna.gets(anna.says(ANSWERS["contact_role"]))
            assert open_question(anna) == "contact_email"
            await anna.gets(anna.taps("Continue", reminder))
            assert open_question(anna) == "contact_email"

            # Ben was answering: his waits until he has been quiet for a quarter of an hour.
            ledger = await _ledger(service)
            assert ledger[DeliveryState.PLANNED] > datetime.now(UTC) + timedelta(minutes=5)
            await service.kill()

        # Killed and started again, it reminds nobody a second time, and "not this year" is taken at its word.
        async with service:
            await anna.gets(anna.taps("Not this year", reminder))
            await ben.gets(ben.says(ANSWERS["contact_role"]))
            assert open_question(ben) == "contact_email"
            for person, times in ((anna, 1), (ben, 0)):
                assert sum(REMINDED in str(message.get("text")) for message in person.shown) == times
        assert "Traceback" not in service.log, service.log
