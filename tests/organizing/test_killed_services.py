"""Two services on one PostgreSQL; the one that sends is killed again and again: nobody twice, nobody forgotten."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.delivery.courier import LEAST_HEAD, WORKERS
from storage.engine.database import Database
from storage.people import people
from tests import postgres
from tests.announcements.announcers import compose, copies, launch, settle
from tests.announcements.crowd import sent_more
from tests.botapi import BotApi
from tests.botapi.people import Person
from tests.delivery.doubtful import doubtful
from tests.service import Service
from tests.telegram.opening import telegram

pytestmark = postgres.NEEDED

OPEN = "The call is open"
RATE = 30
"""Messages a second, of both together."""


def service_of(server: BotApi, folder: Path, url: str) -> Service:
    """A service that is called by webhook; Telegram calls the one that started last."""
    settings = telegram(server, "webhook")
    return Service(folder, database_url=url, organizers="1001", telegram_rate=str(RATE), **settings)


HOLDER = """
SELECT holder FROM service_marks WHERE name = 'courier' AND at > clock_timestamp()
"""


async def who_sends(database: Database) -> int:
    """The process whose courier is the active one, as soon as there is one: the lease names its holder."""
    named: Sequence[str] = []
    while not named:
        named = await database.read(lambda session: session.execute(text(HOLDER)).scalars().all())
        await asyncio.sleep(0.1)
    return int(named[0].split()[-1])


@dataclass
class Crew:
    """Services of which one sends. Who is killed is started again at once, while another one goes on."""

    server: BotApi
    database: Database
    services: list[Service]
    starting: dict[int, asyncio.Task[Service]] = field(default_factory=dict)

    async def loses_its_sender(self) -> None:
        """Kill the one that sends, in the midst of its work."""
        await sent_more(self.server, WORKERS)
        sender = await who_sends(self.database)
        number = next(n for n, each in enumerate(self.services) if each.process and each.process.pid == sender)
        await self.is_there(number)
        await self.services[number].kill()
        self.starting[number] = asyncio.create_task(self.services[number].start())

    async def is_there(self, number: int) -> None:
        if number in self.starting:
            await self.starting.pop(number)

    async def is_complete(self) -> None:
        for number in range(len(self.services)):
            await self.is_there(number)


async def left_in_doubt(database: Database, folk: list[Person]) -> set[int]:
    """Of these people, those whom the store names as uncertain."""
    named = await database.read(lambda session: doubtful(session, 1))
    told = {str(person.id): person.id for person in folk}
    found = await database.read(lambda session: [people.address(session, each, "telegram") for each in named])
    return {told[address] for address in found if address in told}


async def account(crew: Crew, olga: Person, folk: list[Person], kills: int) -> None:
    """Nobody has it twice; who has nothing is named as uncertain, and the organizer is told of how many."""
    got = {person.id: copies(person, OPEN) for person in folk}
    assert max(got.values()) == 1
    code, out, errors = await crew.services[0].command("announce", "status", "1", "--format", "json")
    assert code == 0, errors
    status = json.loads(out)
    named = await left_in_doubt(crew.database, folk)
    missing = {id for id, number in got.items() if not number}
    print(f"{kills} kills, {len(folk)} people: {len(missing)} have nothing, {status['uncertain']} uncertain, 0 doubled")
    assert missing <= named
    assert len(missing) <= kills * 2 * LEAST_HEAD, "what was only in hand was surely not sent, and goes out after all"
    assert len(named) <= status["uncertain"] <= kills * WORKERS
    assert status["sent"] + status["uncertain"] == len(folk) + 1  # Olga is a reader too
    assert any(f"Perhaps delivered, not sent again: {status['uncertain']}" in str(m.get("text")) for m in olga.shown)


async def kill_again_and_again(folder: Path, number: int, kills: int) -> None:
    """Send to so many people, and kill the service that sends so many times; then see who has got what."""
    url = postgres.new_database()
    async with BotApi() as server:
        olga = server.person("Olga")
        one, two = (service_of(server, folder / name, url) for name in ("one", "two"))
        folk = await settle(server, one, number)
        async with one, two:
            crew = Crew(server, await Database.open(url), [one, two])
            await olga.gets(olga.starts())
            await compose(olga, en=OPEN)
            await launch(olga)
            for _ in range(kills):
                await crew.loses_its_sender()
            assert not all(copies(person, OPEN) for person in folk)
            await crew.is_complete()
            await olga.waits(lambda person: any("no. 1: Sent" in str(m.get("text")) for m in person.shown), 300)
            await account(crew, olga, folk, kills)
            await crew.database.close()
        assert "Traceback" not in one.log + two.log, one.log + two.log


@pytest.mark.feature("A13", "O4", "N17")
@pytest.mark.timeout(300)
async def test_who_sends_is_killed_twice_and_the_other_service_takes_over(tmp_path: Path) -> None:
    await kill_again_and_again(tmp_path, 150, kills=2)


@pytest.mark.faults
@pytest.mark.timeout(1_800)
async def test_fifty_kills_of_the_sending_service_double_nobody_and_forget_nobody(tmp_path: Path) -> None:
    await kill_again_and_again(tmp_path, 4_000, kills=50)
