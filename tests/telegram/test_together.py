"""Thirty things at once from one person, over two processes on one PostgreSQL: as if one had come after the other."""

from __future__ import annotations

import asyncio
import json
import random
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests import postgres
from tests.botapi import BotApi
from tests.botapi.people import Person
from tests.samples import ANSWERS
from tests.service import Service
from tests.telegram.opening import SECRET, telegram
from tests.telegram.turning import copied, note_order, order_of, outcome_of
from tests.telegram.walking import answer_until

AT_ONCE = 30

SAID = (
    *("C2, C4", "C7", "C7-eagr", "4, 9", "Kenya", "CSO", "2", "lakenet.org", "ongoing", "March 2023", "no", "yes"),
    *("Amina A. Otieno", "Lake Networks", "/back", "/back", "/skip", "/review", "/continue", "/deadline", "/help"),
)
"""Answers to whatever may be asked by then, and the commands that lead elsewhere."""

IDS = count(900_000)

PATIENCE = 90.0
"""Seconds that an update may wait for its turn behind the others; who waits longer is stuck."""


def press(server: BotApi, person: Person, message: dict[str, Any], data: str) -> dict[str, Any]:
    id = str(server.next_id())
    server.queries[id] = {"at": 0.0, "answered": None, "person": person}
    query = {"id": id, "from": person.user, "chat_instance": "1", "data": data, "message": message}
    return {"update_id": next(IDS), "callback_query": query}


def mixed(server: BotApi, person: Person, chance: random.Random) -> list[dict[str, Any]]:
    """Presses on the open question's buttons, texts, commands, and changes of what was said before."""
    shown = person.shown[-1]
    rows = shown["reply_markup"]["inline_keyboard"]
    buttons = [b["callback_data"] for row in rows for b in row if "callback_data" in b]
    ticks = chance.sample(buttons, min(10, len(buttons)))
    asked = [server.messages[place] for place in server.messages if place[0] == person.id]
    earlier = [message for message in asked if message["from"] == person.user and "entities" not in message]
    made = [press(server, person, shown, data) for data in [*ticks, *chance.choices(buttons, k=3)]]
    for message in chance.sample(earlier, 3):
        edited = {**message, "text": message["text"] + " and more", "edit_date": message["date"] + 1}
        made.append({"update_id": next(IDS), "edited_message": edited})
    while len(made) < AT_ONCE:
        message = server.make_message(person.chat, person.user, text=chance.choice(SAID))
        made.append({"update_id": next(IDS), "message": message})
    chance.shuffle(made)
    return made


async def deliver(session: aiohttp.ClientSession, service: Service, update: dict[str, Any]) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}
    try:
        async with session.post(f"{service.url}/telegram", data=json.dumps(update), headers=headers) as answer:
            assert answer.status == 200, await answer.text()
    except TimeoutError:
        raise AssertionError(f"no turn in {PATIENCE:.0f} seconds for {update}") from None


async def at_once(one: Service, two: Service, updates: list[dict[str, Any]]) -> None:
    """Each update to one of them, and again to the other, all at the same time."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE)) as session:
        first = [deliver(session, (one, two)[n % 2], update) for n, update in enumerate(updates)]
        again = [deliver(session, (two, one)[n % 2], update) for n, update in enumerate(updates)]
        await asyncio.gather(*first, *again)


async def in_turn(service: Service, updates: list[dict[str, Any]]) -> None:
    """One after the other."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE)) as session:
        for update in updates:
            await deliver(session, service, update)


async def as_if_in_some_order(folder: Path, people: dict[str, str], seed: int) -> None:
    """People, each at a question, do thirty things at once; in a copy of the store they do them in turn.

    The turn that was taken first is done first, and so on: then every answer, the place and the count of screens are
    the same. One turn lost, doubled, or taken while another one was, and they are not.
    """
    chance, url = random.Random(seed), postgres.new_database()
    async with BotApi() as server:
        settings = telegram(server, "webhook")
        elsewhere = {name: value for name, value in settings.items() if name != "http_port"}
        async with (
            Service(folder / "one", database_url=url, **settings) as one,
            Service(folder / "two", database_url=url, **elsewhere) as two,
        ):
            some = {server.person(name): question for name, question in people.items()}
            await asyncio.gather(*(answer_until(person, ANSWERS, question) for person, question in some.items()))
            await note_order(url)
            copy = copied(url)
            async with Service(folder / "three", database_url=copy, **elsewhere) as three:
                for person in some:
                    updates = {update["update_id"]: update for update in mixed(server, person, chance)}
                    before = await outcome_of(url, person)
                    await at_once(one, two, list(updates.values()))
                    order = await order_of(url, set(updates))
                    assert sorted(order) == sorted(updates), "each update has one turn"
                    await in_turn(three, [updates[id] for id in order])
                    together, alone = await outcome_of(url, person), await outcome_of(copy, person)
                    assert together == alone, f"as in no order: one turn was taken while another was ({person.name})"
                    assert together["drafts"] != before["drafts"], "something was answered"
                assert "Traceback" not in one.log + two.log + three.log, one.log + two.log + three.log


pytestmark = [postgres.NEEDED, pytest.mark.feature("C16", "O4")]


@pytest.mark.timeout(300)
async def test_thirty_at_once_over_two_processes_are_as_if_in_some_order(tmp_path: Path) -> None:
    await as_if_in_some_order(tmp_path, {"Anna": "lines"}, seed=5)


@pytest.mark.faults
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("seed", range(4))
async def test_so_are_those_of_many_people_at_many_questions(seed: int, tmp_path: Path) -> None:
    questions = ("org_type", "org_country", "activity_type", "description", "countries", "lines", "goals", "targets")
    people = {f"Person at {question}": question for question in questions}
    await as_if_in_some_order(tmp_path, people, seed)
