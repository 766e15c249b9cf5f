"""Whatever may come: updates of every kind, valid, mutated and hostile, called at the real service."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.channels.telegram.intake.parse_update import parse_update
from bot.channels.telegram.intake.update_json import read_json, read_update
from tests.botapi import BotApi
from tests.botapi.people import Person
from tests.faults.updates import FIRST_PERSON, KINDS, hostile_updates, says_something
from tests.samples import ANSWERS
from tests.service import Service
from tests.telegram.opening import SECRET, telegram
from tests.telegram.walking import answer_until, open_question

AT_ONCE = 20
PORTION = 1_000
WARM = 10_000
"""Updates after which caches are full: from then on memory stays as it is."""
SHOWN_WITHIN = 300
"""Seconds after the last update within which all screens have gone out: a chat takes one a second."""
NOISE = 30_000_000
"""Bytes that memory may still differ by: garbage that was not collected yet, a database's cache."""


def memory_of(service: Service) -> int:
    """Bytes of the service's memory that are its own."""
    assert service.process is not None
    status = Path(f"/proc/{service.process.pid}/status").read_text()
    found = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(found.split()[1]) * 1024


async def call(session: aiohttp.ClientSession, service: Service, updates: list[dict[str, Any]]) -> list[int]:
    """Call the webhook with updates, so many at once; the statuses of its answers."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(update: dict[str, Any]) -> int:
        async with gate, session.post(f"{service.url}/telegram", data=json.dumps(update), headers=headers) as answer:
            await answer.read()
            return answer.status

    return list(await asyncio.gather(*map(one, updates)))


def known_people(server: BotApi, many: int) -> None:
    """Every second one of those who write can be written to, and sees screens; Telegram knows no chat of the others."""
    for id in range(FIRST_PERSON, FIRST_PERSON + many, 2):
        server.people[id] = Person(server, id, f"Number {id}", "en")
        server.people[id].started = True


def marks(service: Service) -> tuple[set[int], int]:
    """The updates that the store knows as handled, and how many of them have screens that were not shown yet."""
    with sqlite3.connect(service.folder / "stocktaking.sqlite3") as store:
        found = store.execute("select update_id, screens from handled_updates where channel = 'telegram'").fetchall()
    return {int(id) for id, _ in found}, sum(screens is not None for _, screens in found)


async def all_shown(service: Service) -> None:
    """Wait until no screen is left that did not go out."""
    for _ in range(SHOWN_WITHIN):
        if not marks(service)[1]:
            return
        await asyncio.sleep(1)
    raise AssertionError(f"{marks(service)[1]} updates have screens that did not go out")


async def endure(folder: Path, how_many: int, seed: int) -> list[int]:
    """Call with hostile updates while Anna answers her questions; memory after each 5,000.

    No text of anybody may be lost: at the end the store knows each one as handled, and what it called for was shown.
    """
    people = max(200, how_many // 50)
    updates = hostile_updates(seed, people)
    memory: list[int] = []
    said: set[int] = set()
    async with BotApi() as server:
        known_people(server, people)
        service = Service(folder, telegram_rate="1000", **telegram(server, "webhook"))
        async with service, aiohttp.ClientSession() as session:
            anna = server.person("Anna")
            await answer_until(anna, ANSWERS, "contact_name")
            for done in range(PORTION, how_many + PORTION, PORTION):
                some = list(islice(updates, PORTION))
                said |= {update["update_id"] for update in some if says_something(update)}
                answers = await call(session, service, some)
                assert set(answers) == {200}, sorted(set(answers))
                if done % 5_000 == 0:
                    memory.append(memory_of(service))
                    print(f"{done} updates, {len(said)} texts, {memory[-1] / 1e6:.1f} MB", flush=True)
            await anna.says("Amina Otieno")
            await anna.waits(lambda person: open_question(person) == "contact_role", 120)
            await all_shown(service)
            handled, _ = marks(service)
            assert len(said) > how_many / 30
            assert said <= handled, f"{len(said - handled)} of {len(said)} texts are lost"
        assert "Traceback" not in service.log, service.log[-5_000:]
    return memory


def test_every_kind_of_update_is_made() -> None:
    made = list(islice(hostile_updates(1, 10), 200))
    assert len(KINDS) > 20
    assert {kind for update in made for kind in update} == {"update_id", *KINDS}


def test_reading_and_understanding_never_raise_and_let_texts_through() -> None:
    """The valid ones are all read; of the others only those that are no update at all are let go."""
    read = [read_update(read_json(json.dumps(update))) for update in islice(hostile_updates(2, 10), 5_000)]
    now = datetime.now(UTC)
    understood = [parse_update(update, now) for update in read if update is not None]
    assert sum(update is None for update in read) < 500
    assert sum(heard is not None for heard in understood) > 1_500


@pytest.mark.timeout(600)
async def test_a_thousand_hostile_updates_disturb_nobody(tmp_path: Path) -> None:
    await endure(tmp_path, 1_000, seed=3)


@pytest.mark.faults
@pytest.mark.timeout(7_200)
async def test_a_hundred_thousand_hostile_updates_take_no_memory(tmp_path: Path) -> None:
    memory = await endure(tmp_path, 100_000, seed=4)
    settled, *later = memory[WARM // 5_000 - 1 :]
    assert max(later) - settled < NOISE, memory
