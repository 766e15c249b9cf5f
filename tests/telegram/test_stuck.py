"""Somebody whose row is locked for long: the others are answered, however many updates have come since."""

from __future__ import annotations

import asyncio
from pathlib import Path

import asyncpg
import pytest

from tests import postgres
from tests.botapi import BotApi
from tests.botapi.people import Person
from tests.service import Service
from tests.telegram.opening import telegram
from tests.telegram.walking import open_question

pytestmark = [postgres.NEEDED, pytest.mark.feature("S19"), pytest.mark.timeout(300)]

OTHERS = 6
AT_ONCE = 4
"""Updates that Telegram sends at once: a hundred in the world."""
PATIENCE = 60.0

LOCK = "SELECT people.* FROM people JOIN accounts ON person_id = id WHERE address = $1 FOR UPDATE"


async def all_say(server: BotApi, people: list[Person], how_often: int) -> None:
    """They talk, and each is answered."""
    for _ in range(how_often):
        shown = {person.id: len(person.shown) for person in people}
        for person in people:
            await person.says("/help")
        await server.until(lambda shown=shown: all(len(one.shown) > shown[one.id] for one in people), PATIENCE)


@pytest.mark.parametrize("then", ["polling", "webhook"])
async def test_what_is_stuck_is_kept_while_others_go_on_and_taken_after_a_restart(then: str, tmp_path: Path) -> None:
    url = postgres.new_database()
    async with BotApi() as server:
        server.at_once = AT_ONCE
        service = Service(tmp_path, database_url=url, **telegram(server, "polling"))
        people = [server.person(f"Person {number}") for number in range(OTHERS + 1)]
        held, *others = people
        async with service:
            await asyncio.gather(*(person.gets(person.starts(), PATIENCE) for person in people))
            console = await asyncpg.connect(url)
            forgotten = console.transaction()
            await forgotten.start()
            await console.execute(LOCK, str(held.id))
            await held.says("English")
            await held.says("/new")
            await all_say(server, others, 2)
            await service.kill()
            await forgotten.rollback()
            await console.close()
        async with Service(tmp_path, database_url=url, **telegram(server, then)) as again:
            await held.waits(lambda person: open_question(person) == "agree", PATIENCE)
            await all_say(server, others, 1)
            assert "Traceback" not in service.log + again.log, again.log
        database = await asyncpg.connect(url)
        assert await database.fetchval("SELECT count(*) FROM parked_updates") == 0
        await database.close()
