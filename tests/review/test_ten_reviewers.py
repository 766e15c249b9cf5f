"""Ten reviewers work through the queue at once, over two processes on one PostgreSQL of which one is killed meanwhile.

No entry is reviewed twice, none is left, and nobody is shown what they have an interest in.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from dataclasses import dataclass
from itertools import count, cycle
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlmodel import Session, select

from storage.engine.database import Database
from storage.people import people
from storage.tables import EntryHistoryRow, EntryRow, OrganizerRow, PersonRow
from tests import postgres
from tests.botapi import BotApi
from tests.botapi.people import Person
from tests.service import Service
from tests.telegram.opening import SECRET, telegram

pytestmark = [postgres.NEEDED, pytest.mark.feature("V5", "V11")]

REVIEWERS = 10
OWN, OF_THEIR_BODY = 1, 2
"""Numbers of an entry that the first reviewer has sent, and of one of the second's organization."""
PATIENCE = 8.0
"""Seconds after which a screen is not waited for any more: the process that had it was killed."""

NOTHING = ("0 entries wait for a reviewer.", "Nothing here.")

IDS = count(500_000)


@dataclass
class Reviewer:
    """Somebody who takes entry after entry, by whichever process answers."""

    server: BotApi
    person: Person
    services: tuple[Service, ...]
    session: aiohttp.ClientSession

    async def writes(self, text: str, *then: str) -> None:
        """Write a command, and wait for a screen that has one of these buttons."""
        entities = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        message = self.server.make_message(self.person.chat, self.person.user, text=text, entities=entities)
        await self._shown({"message": message}, then)

    async def taps(self, code: str, *then: str) -> None:
        """Press a button of the newest message, and wait as above; nothing where the button is not there."""
        data = self.offers(code)
        if data is None:
            return
        id = str(self.server.next_id())
        self.server.queries[id] = {"at": 0.0, "answered": None, "person": self.person}
        query = {"id": id, "from": self.person.user, "chat_instance": "1", "message": self.person.shown[-1]}
        await self._shown({"callback_query": {**query, "data": data}}, then)

    def offers(self, code: str) -> str | None:
        """What the first button whose code begins so sends back."""
        rows = self.person.shown[-1].get("reply_markup", {}).get("inline_keyboard", [])
        datas = [str(button.get("callback_data", "")) for row in rows for button in row]
        return next((data for data in datas if data.partition("|")[2].startswith(code)), None)

    async def _shown(self, content: dict[str, Any], then: tuple[str, ...]) -> None:
        """Deliver an update as Telegram does, until somebody confirms it; wait for what is shown then."""
        update, seen = {"update_id": next(IDS), **content}, self.server.changes_of(self.person.id)
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}
        first = update["update_id"] % len(self.services)
        for service in cycle(self.services[first:] + self.services[:first]):
            try:
                url = f"{service.url}/telegram"
                async with self.session.post(url, data=json.dumps(update), headers=headers) as answer:
                    if answer.status == 200:
                        break
            except (aiohttp.ClientError, TimeoutError):
                await asyncio.sleep(0.05)
        try:
            await self.server.until(
                lambda: self.server.changes_of(self.person.id) > seen and any(self.offers(code) for code in then),
                PATIENCE,
            )
        except TimeoutError:
            return
        await self.server.quiet(self.person.id)

    async def works(self) -> None:
        """Take and accept until nothing is left, first what a lost screen left with them."""
        while True:
            await self.writes("/queue", ".show:")
            if self.offers(".next"):
                await self.taps(".next", "input:", ".show:")
            else:
                await self.taps(".show:mine", ".show:waiting")
                if all(said in self.person.last for said in NOTHING):
                    return
                await self.taps("entry:", "input:")
            await self.taps("input:accept", "none")
            await self.taps("none", "do:reconsider")


async def fill(url: str, ids: list[int], entries: int) -> None:
    """Ten reviewers, and entries that wait."""

    def work(session: Session) -> None:
        now = session.exec(select(PersonRow.seen).limit(1)).one()
        known = [
            people.arrive(session, "telegram", str(id), language="en", name=f"R{number}", now=now)
            for number, id in enumerate(ids, 1)
        ]
        for person in known:
            session.get_one(PersonRow, person).language = "en"
            session.add(OrganizerRow(person_id=person, role="reviewer", since=now))
        for number in range(1, entries + 1):
            session.add(entry(number, {OWN: known[0], 3: known[1]}.get(number), now))

    database = await Database.open(url)
    await database.write(work)
    await database.close()


def entry(number: int, person: int | None, now: Any) -> EntryRow:
    body = "Shared body" if number in (OF_THEIR_BODY, 3) else f"Body {number}"
    return EntryRow(
        reference=f"WSIS-2027-{number:06}",
        call="2027",
        number=number,
        person_id=person,
        title=f"Title{number}.",
        organisation=body,
        language="en",
        submitted=now,
        received=now,
        answers={},
    )


async def work_through(folder: Path, entries: int, kill_after: int) -> None:
    url = postgres.new_database()
    async with BotApi() as server:
        settings = telegram(server, "webhook")
        elsewhere = {name: value for name, value in settings.items() if name != "http_port"}
        async with (
            Service(folder / "one", database_url=url, **settings) as one,
            Service(folder / "two", database_url=url, **elsewhere) as two,
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE)) as session,
        ):
            some = [server.person(f"R{number}") for number in range(1, REVIEWERS + 1)]
            reviewers = [Reviewer(server, person, (one, two), session) for person in some]
            for reviewer in reviewers[:1]:
                reviewer.person.started = True
                await reviewer.writes("/start", "en")
            for person in some:
                person.started = True
            await fill(url, [person.id for person in some], entries)
            await reviewers[0].writes("/queue", ".show:")
            assert f"{entries - 1} entries wait" in some[0].text, some[0].text
            await reviewers[1].writes("/queue", ".show:")
            assert f"{entries - 2} entries wait" in some[1].text, some[1].text
            working = asyncio.gather(*(reviewer.works() for reviewer in reviewers))
            accepted = 0
            database = await Database.open(url)
            while accepted < kill_after:
                await asyncio.sleep(0.1)
                accepted = await database.read(
                    lambda session: len(
                        session.exec(select(EntryHistoryRow.id).where(EntryHistoryRow.action == "accept")).all()
                    )
                )
            await two.kill()
            await two.start()
            await working

            def look(session: Session) -> tuple[Counter[str], dict[str, str], dict[str, int | None]]:
                lines = session.exec(select(EntryHistoryRow).where(EntryHistoryRow.action == "accept")).all()
                states = {row.reference: row.state for row in session.exec(select(EntryRow))}
                return (
                    Counter(line.reference for line in lines),
                    states,
                    {line.reference: line.person_id for line in lines},
                )

            times, states, by = await database.read(look)
            numbers = {
                person.id: await database.read(
                    lambda session, person=person: people.person_at(session, "telegram", str(person.id))
                )
                for person in some
            }
            await database.close()
    references = [f"WSIS-2027-{number:06}" for number in range(1, entries + 1)]
    assert set(states.values()) == {"accepted"}, Counter(states.values())
    assert times == Counter(references), "each once"
    assert len(set(by.values())) > REVIEWERS // 2, "they shared the work"
    interests = {some[0].id: (OWN,), some[1].id: (OF_THEIR_BODY, 3)}
    for id, conflicting in interests.items():
        said = json.dumps([message for (chat, _), message in server.messages.items() if chat == id])
        for number in conflicting:
            assert by[references[number - 1]] != numbers[id]
            assert f"Title{number}." not in said and references[number - 1] not in said
    assert "Traceback" not in one.log + two.log, one.log + two.log


@pytest.mark.timeout(300)
async def test_ten_reviewers_share_the_queue_over_two_processes_of_which_one_is_killed(tmp_path: Path) -> None:
    await work_through(tmp_path, entries=20, kill_after=5)


@pytest.mark.faults
@pytest.mark.timeout(3_600)
async def test_so_they_do_with_five_hundred_entries(tmp_path: Path) -> None:
    await work_through(tmp_path, entries=500, kill_after=150)
