"""A call closes by hand, is opened again for one, and its drafts go into the next: over the real service."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlmodel import Session

from storage.engine.database import Database
from storage.tables import PersonRow
from tests.botapi import BotApi
from tests.botapi.people import Person
from tests.noon import where_it_is_noon
from tests.samples import REQUIRED
from tests.service import Service
from tests.telegram.walking import answer_until, open_question


async def types(organizer: Person, *lines: str) -> str:
    for line in lines:
        await organizer.gets(organizer.says(line))
    return organizer.text


async def keeps_a_closed_draft(person: Person) -> None:
    await person.waits("The call closes earlier")
    await person.gets(person.says("/continue"))
    await person.gets(person.says("Lake Networks"))
    assert open_question(person) == "org_name" and "closed" in person.text


async def noon_everywhere(service: Service) -> None:
    """Put everybody where it is about noon: at night, news of a close waits for the morning."""
    zone = where_it_is_noon(datetime.now(UTC))

    def work(session: Session) -> None:
        session.execute(update(PersonRow).values(zone=zone))

    database = await Database.open(service.environment["STOCKTAKING_DATABASE_URL"])
    await database.write(work)
    await database.close()


@pytest.mark.feature("E1", "E2", "E4")
@pytest.mark.timeout(300)
async def test_a_closed_call_is_opened_for_one_by_a_code_and_the_other_draft_goes_into_the_next(
    server: BotApi, tmp_path: Path
) -> None:
    settings = {"telegram_token": server.token, "telegram_api_url": server.url, "organizers": "1001"}
    async with Service(tmp_path, **settings) as service:
        olga, anna, ben = (server.person(name) for name in ("Olga", "Anna", "Ben"))
        # At the same time: each chat gets a message a second.
        await asyncio.gather(
            olga.gets(olga.starts()), *(answer_until(person, REQUIRED, "org_name") for person in (anna, ben))
        )

        await noon_everywhere(service)

        # Olga closes the call; both are told, and keep their drafts, which take nothing more.
        await types(olga, "/calls")
        await olga.gets(olga.taps("call:2027"))
        await olga.gets(olga.taps("close_now"))
        assert "2 people with an unfinished entry will be told" in olga.last
        await types(olga, "well", "yes")
        await asyncio.gather(keeps_a_closed_draft(anna), keeps_a_closed_draft(ben))

        # A code for one person, until a day. Mistakes are refused one by one.
        await types(olga, "/calls")
        await olga.gets(olga.taps("call:2027"))
        await olga.gets(olga.taps("late"))
        await types(olga, "later", "2020-01-01", "10 March 2099", "many", "1", "yes")
        code = re.search(r"/late (\S+)", olga.text)
        assert code, olga.text
        await anna.gets(anna.says(f"/late {code[1].lower()}"))
        assert "10 March 2099" in anna.text
        await types(anna, "/continue", "Lake Networks")
        assert open_question(anna) == "org_type"
        await ben.gets(ben.says(f"/late {code[1]}"))
        assert "not valid" in ben.text

        # The next call opens: one tap takes Ben's draft along.
        await types(olga, "/calls")
        await olga.gets(olga.taps("A new call"))
        await types(olga, "2099-youth", "2026-01-01", "1 March 2099 18:00 Nairobi", "Report 2099", "Youth Forum", "yes")
        assert "Call 2099-youth: open" in olga.text
        await ben.gets(ben.starts())
        await ben.gets(ben.taps("Continue"))
        assert "now belongs to the present one" in ben.text
        assert open_question(ben) == "title", "the first open question in the order of the edition that is asked now"
        await ben.gets(ben.says("Lake Networks"))
        assert open_question(ben) not in ("", "title")
    assert "Traceback" not in service.log, service.log
