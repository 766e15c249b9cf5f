"""What is too old goes by itself; an unfinished entry only after a warning that its person had for a month."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.util import await_only
from sqlmodel import Session, select

from dialogs.domain.notice import NoticeKind
from dialogs.domain.roles import Role
from storage.announcements import audiences
from storage.engine.database import Database
from storage.messaging import notices
from storage.messaging.deliveries import Delivery
from storage.messaging.notices import Notice
from storage.organizers import invitations, organizers
from storage.organizers.organizers import log
from storage.people import people, transcripts
from storage.retention import STEPS, Periods
from storage.tables import (
    AnswerRow,
    CallRow,
    DraftRow,
    FileRow,
    LogRow,
    OrganizerMessageRow,
    PersonRow,
    TranscriptRow,
    UnwantedFileRow,
)
from tests import postgres
from tests.announcements.announcers import got, settle
from tests.botapi import BotApi
from tests.driver import Stage
from tests.noon import where_it_is_noon
from tests.service import Service

DAY = timedelta(days=1)
PERIODS = Periods(*(DAY * days for days in (400, 400, 730, 730, 1095)))
CLOSED = datetime(2025, 3, 1, 23, tzinfo=UTC)


def draft(session: Session, id: str, person: int, touched: datetime, **fields: Any) -> None:
    """An entry of the call of 2025, begun and left."""
    if session.get(CallRow, "2025") is None:
        session.add(CallRow(code="2025", year=2025, opens=CLOSED - 140 * DAY, closes=CLOSED, version="2027"))
        session.flush()
    session.add(
        DraftRow(id=id, person_id=person, call="2025", version="2027", started=touched, touched=touched, **fields)
    )
    session.flush()
    session.add(AnswerRow(draft_id=id, key="title", value=f"Title of {id}", at=touched, given="answered"))
    session.add(FileRow(id=f"file-{id}", draft_id=id, source="web:x", name="a.pdf", kind="application/pdf", size=1))
    session.flush()


def run(session: Session, now: datetime) -> dict[str, int]:
    return {what: step(session, now, PERIODS) for what, step in STEPS.items()}


@pytest.mark.feature("S13")
async def test_an_unfinished_entry_goes_after_its_warning_and_stays_when_it_is_wanted(stage: Stage) -> None:
    def before(session: Session) -> int:
        person = people.arrive(session, "telegram", "77", language="en", name="", now=CLOSED)
        draft(session, "left", person, CLOSED - 30 * DAY)
        draft(session, "wanted", person, CLOSED - 20 * DAY)
        draft(session, "thrown away", person, CLOSED, discarded=CLOSED + DAY)
        draft(session, "sent", person, CLOSED, submitted="WSIS-2025-000001")
        return person

    await stage.database.write(before)

    def drafts(session: Session) -> set[str]:
        return set(session.exec(select(DraftRow.id)))

    at = CLOSED + 330 * DAY
    done = await stage.database.write(lambda session: run(session, at))
    assert done["people told of unfinished entries"] == 0
    assert await stage.database.read(drafts) == {"left", "wanted", "sent"}
    at = CLOSED + 345 * DAY
    assert (await stage.database.write(lambda session: run(session, at)))["people told of unfinished entries"] == 2
    assert (await stage.database.write(lambda session: run(session, at)))["people told of unfinished entries"] == 0
    stage.clock.at = at
    anna = stage.person("77", channel="telegram")
    await anna.taps_unasked("remind:keep:wanted")
    anna.sees("It is kept")
    await stage.person("another", channel="telegram").taps_unasked("remind:keep:left")
    for days in (360, 399):
        assert not (await stage.database.write(lambda s, d=days: run(s, CLOSED + d * DAY)))["unfinished entries"]
    done = await stage.database.write(lambda session: run(session, CLOSED + 401 * DAY))
    assert done["unfinished entries"] == 1
    assert await stage.database.read(drafts) == {"wanted", "sent"}
    gone = await stage.database.read(lambda session: set(session.exec(select(UnwantedFileRow.id))))
    assert gone == {"file-left", "file-thrown away"}


@postgres.NEEDED
@pytest.mark.feature("S13")
async def test_two_services_that_look_at_the_same_moment_warn_once() -> None:
    url = postgres.new_database()
    one, two = await Database.open(url), await Database.open(url)
    warn, at = STEPS["people told of unfinished entries"], CLOSED + 345 * DAY

    def before(session: Session) -> None:
        draft(session, "left", people.arrive(session, "telegram", "77", now=CLOSED), CLOSED - 30 * DAY)

    def beside(session: Session) -> tuple[int, int]:
        """The other one looks while this one has looked, and not finished."""
        return warn(session, at, PERIODS), await_only(two.write(lambda other: warn(other, at, PERIODS)))

    await one.write(before)
    assert await one.write(beside) == (1, 0)
    assert await two.write(lambda session: warn(session, at + DAY, PERIODS)) == 0
    await one.close()
    await two.close()


@pytest.mark.feature("S13")
async def test_what_was_said_and_done_long_ago_goes_and_what_is_newer_stays(stage: Stage) -> None:
    now = stage.clock.now()

    def before(session: Session) -> None:
        person = people.arrive(session, "telegram", "77", language="en", name="Anna", now=now)
        for at in (now - 401 * DAY, now - 399 * DAY):
            transcripts.append(session, person, "person", "[]", at)
        for at in (now - 731 * DAY, now - 729 * DAY):
            session.add(OrganizerMessageRow(person_id=person, text="Help", language="en", at=at))
            id = notices.service(session, NoticeKind.LETTER, str(at), at)
            audiences.add(session, id, [person], at)
            notice = notices.get(session, id)
            notice.state, notice.finished = "done", at
        for at in (now - 1096 * DAY, now - 1094 * DAY):
            organizers.record(session, None, "named", "77", at)

    await stage.database.write(before)
    await stage.database.write(lambda session: run(session, now))

    def left(session: Session) -> list[int]:
        tables = (TranscriptRow, OrganizerMessageRow, Delivery, LogRow)
        return [len(session.exec(select(table)).all()) for table in tables]

    assert await stage.database.read(left) == [1, 1, 1, 1]


@pytest.mark.feature("S13")
async def test_the_log_keeps_no_name_of_who_was_given_a_role_or_lost_it(stage: Stage) -> None:
    now = stage.clock.now()

    def work(session: Session) -> int:
        person = people.arrive(session, "telegram", "77", language="en", name="Ottilie", now=now)
        made = invitations.invite(session, None, Role.REVIEWER, now, lambda: "token")
        invitations.take(session, person, made.token, now)
        organizers.appoint(session, None, person, Role.ORGANIZER, now)
        organizers.dismiss(session, None, person, now)
        return person

    person = await stage.database.write(work)
    assert [line.subject for line in await stage.database.read(log)][:2] == ["Ottilie", "Ottilie"]

    def kept(session: Session) -> str:
        return str([(row.subject, row.details) for row in session.exec(select(LogRow))])

    assert "Ottilie" not in await stage.database.read(kept)
    assert f"'person': {person}" in await stage.database.read(kept)


@pytest.mark.feature("S13")
async def test_the_service_warns_in_the_app_removes_later_and_doctor_sees_that_it_runs(
    server: BotApi, tmp_path: Path
) -> None:
    service = Service(tmp_path, telegram_token=server.token, telegram_api_url=server.url)
    (anna,) = await settle(server, service, 1, ["fr"])
    old = datetime.now(UTC) - 600 * DAY

    async def in_store(work: Any) -> Any:
        database = await Database.open(service.environment["STOCKTAKING_DATABASE_URL"])
        try:
            return await database.write(work)
        finally:
            await database.close()

    def left(session: Session) -> None:
        person = people.person_at(session, "telegram", str(anna.id))
        assert person is not None
        session.get_one(PersonRow, person).zone = where_it_is_noon(datetime.now(UTC))  # not told of it at night
        draft(session, "left", person, old)
        session.get_one(CallRow, "2025").closes = old

    await in_store(left)
    async with service:
        await anna.waits(lambda person: got(person, "sera supprimée le"))
        _, out, _ = await service.command("doctor")
        assert "what is too old is deleted by itself (last done " in out, out

    def a_month_passes(session: Session) -> None:
        notice = session.exec(select(Notice).where(Notice.kind == NoticeKind.STALE.value)).one()
        notice.created -= 31 * DAY

    await in_store(a_month_passes)
    async with service:
        for _ in range(300):
            if not await in_store(lambda session: len(session.exec(select(DraftRow)).all())):
                break
            await asyncio.sleep(0.2)
        else:
            pytest.fail("the entry is still there")
    assert "Traceback" not in service.log, service.log
