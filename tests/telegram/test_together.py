"""Thirty things at once from one person, over two processes on one PostgreSQL: as if one had come after the other."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Iterator
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
from tests.telegram.looking import conversation_of
from tests.telegram.opening import SECRET, telegram
from tests.telegram.walking import answer_until, open_question

TAPPED = ("C1", "C2", "C3", "C4", "C5", "C6", "C8", "C9", "C10", "C11")


def taps(server: BotApi, person: Person, ids: Iterator[int]) -> list[dict[str, Any]]:
    """A press on every action line of the newest screen."""
    shown = person.shown[-1]
    buttons = [b["callback_data"] for row in shown["reply_markup"]["inline_keyboard"] for b in row]
    found = []
    for data in buttons:
        if data.partition("|")[2] in TAPPED:
            id = str(server.next_id())
            server.queries[id] = {"at": 0.0, "answered": None, "person": person}
            query = {"id": id, "from": person.user, "chat_instance": "1", "data": data, "message": shown}
            found.append({"update_id": next(ids), "callback_query": query})
    return found


def texts(server: BotApi, person: Person, ids: Iterator[int], lines: list[str]) -> list[dict[str, Any]]:
    made = (server.make_message(person.chat, person.user, text=line) for line in lines)
    return [{"update_id": next(ids), "message": message} for message in made]


async def deliver(session: aiohttp.ClientSession, service: Service, update: dict[str, Any]) -> int:
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}
    async with session.post(f"{service.url}/telegram", data=json.dumps(update), headers=headers) as answer:
        return answer.status


@pytest.mark.feature("C16", "O4")
@pytest.mark.timeout(300)
@pytest.mark.skipif(postgres.binaries() is None, reason="no PostgreSQL server programs on this machine")
async def test_thirty_at_once_over_two_processes_are_as_if_in_some_order(tmp_path: Path) -> None:
    """Every press on the question's own screen ticks; a press after a text came is one on an old button, which says so.

    So in whatever order they were taken: each line is ticked once at most, and the person saw one new screen for each
    text and for each press that came late. One turn lost, doubled or overwritten, and the sum is wrong.
    """
    url = postgres.new_database()
    async with BotApi() as server:
        settings = telegram(server, "webhook")
        elsewhere = {name: value for name, value in settings.items() if name != "http_port"}
        async with (
            Service(tmp_path / "one", database_url=url, **settings) as one,
            Service(tmp_path / "two", database_url=url, **elsewhere) as two,
        ):
            anna = server.person("Anna")
            await answer_until(anna, ANSWERS, "lines")
            ids = count(900_000)
            presses = taps(server, anna, ids)
            updates = presses + texts(server, anna, ids, ["/deadline"] * (30 - len(presses)))
            random.Random(5).shuffle(updates)
            before = await conversation_of(url, anna)
            assert set(await deliver_all(one, two, updates)) == {200}
            after = await conversation_of(url, anna)
            (draft,) = after.drafts.values()
            ticked = list(draft.answers["lines"].value) if "lines" in draft.answers else []
            assert len(ticked) == len(set(ticked)) and set(ticked) <= set(TAPPED)
            late = len(presses) - len(ticked)
            assert after.state.stamp - before.state.stamp == (30 - len(presses)) + late
            await server.until(lambda: server.changes_of(anna.id) > 0 and open_question(anna) == "lines", 60)
            assert "Traceback" not in one.log + two.log, one.log + two.log


async def deliver_all(one: Service, two: Service, updates: list[dict[str, Any]]) -> list[int]:
    """Each update to one of them, and again to the other, all at the same time."""
    async with aiohttp.ClientSession() as session:
        first = [deliver(session, (one, two)[n % 2], update) for n, update in enumerate(updates)]
        again = [deliver(session, (two, one)[n % 2], update) for n, update in enumerate(updates)]
        return list(await asyncio.gather(*first, *again))
