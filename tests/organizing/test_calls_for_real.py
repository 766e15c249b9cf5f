"""A call closes by hand, is opened again for one, and its drafts go into the next: over the real service."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.botapi import BotApi
from tests.botapi.people import Person
from tests.organizing.announcers import arrives
from tests.samples import REQUIRED
from tests.service import Service
from tests.telegram.walking import answer_until, open_question


@pytest.fixture
async def server() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server


async def types(organizer: Person, *lines: str) -> str:
    for line in lines:
        await organizer.gets(organizer.says(line))
    return organizer.text


@pytest.mark.feature("E1", "E2", "E4")
@pytest.mark.timeout(300)
async def test_a_closed_call_is_opened_for_one_by_a_code_and_the_other_draft_goes_into_the_next(
    server: BotApi, tmp_path: Path
) -> None:
    settings = {"telegram_token": server.token, "telegram_api_url": server.url, "organizers": "1001"}
    async with Service(tmp_path, **settings) as service:
        olga = await arrives(server, "Olga")
        anna, ben = server.person("Anna"), server.person("Ben")
        for person in (anna, ben):
            await answer_until(person, REQUIRED, "org_name")

        # Olga closes the call; both are told, and keep their drafts, which take nothing more.
        await types(olga, "/calls")
        await olga.gets(olga.taps("call:2027"))
        await olga.gets(olga.taps("close_now"))
        assert "2 people with an unfinished entry will be told" in olga.last
        await types(olga, "well", "yes")
        for person in (anna, ben):
            await person.waits("The call closes earlier")
            await person.gets(person.says("/continue"))
            await person.gets(person.says("Lake Networks"))
            assert open_question(person) == "org_name" and "closed" in person.text

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
        await ben.gets(ben.says("Lake Networks"))
        assert open_question(ben) == "org_type"
    assert "Traceback" not in service.log, service.log
