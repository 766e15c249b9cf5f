"""Two services behind a balancer, one of them killed again and again: what people see last is what is asked."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests import postgres
from tests.botapi import BotApi
from tests.botapi.people import Person
from tests.faults.test_kills import PATIENCE, Answering, calls_to_people, check, on_the_way, open_key, telling
from tests.service import Service
from tests.telegram.replicas import Balancer, services

pytestmark = [postgres.NEEDED, pytest.mark.feature("S17")]


@dataclass
class Watch:
    """Looks at a chat all the time: how long its newest message asked what had been answered, at the longest."""

    person: Person
    asked: list[str] = field(default_factory=list)
    longest: float = 0.0
    repeats: int = 0

    async def looks(self) -> None:
        wrong_since = None
        while True:
            newest = open_key(self.person)
            if newest and newest not in self.asked:
                self.asked.append(newest)
            if newest and newest != self.asked[-1]:
                self.repeats += wrong_since is None
                wrong_since = wrong_since or time.monotonic()
                self.longest = max(self.longest, time.monotonic() - wrong_since)
            else:
                wrong_since = None
            await asyncio.sleep(0.02)


async def cut(service: Service, server: BotApi, chance: random.Random, over: Callable[[], bool]) -> None:
    """Kill a service anywhere in somebody's turn, and start it again."""
    seen = len(calls_to_people(server)) + chance.randint(1, 12)
    await server.until(lambda: len(calls_to_people(server)) >= seen or over(), PATIENCE)
    await asyncio.sleep(chance.uniform(0, 0.1))
    await service.kill()
    await service.start()


async def answered_through(kills: int, names: list[str], folder: Path, seed: int) -> list[Watch]:
    """People answer while one of two services is killed so many times; what was seen of their chats."""
    url, chance = postgres.new_database(), random.Random(seed)
    async with BotApi() as server, Balancer().opened() as balancer:
        one, two = services(server, folder, url, public=f"{balancer.url}/telegram")
        some = [on_the_way(server.person(name)) for name in names]
        with telling(some, one, two):
            async with one, two:
                balancer.backends = [one, two]
                await asyncio.gather(*(each.arrives() for each in some))
                watches = await watched(some, server, one, kills, chance)
                for each in some:
                    await check(one, each)
                    assert open_key(each.person) == each.asked_last, each.person.text
        assert "Traceback" not in one.log + two.log, one.log + two.log
    answers = sum(len(each.acknowledged) for each in some)
    print(f"{kills} kills, {answers} answers, {sum(watch.repeats for watch in watches)} older questions came in below")
    return watches


async def watched(
    some: list[Answering], server: BotApi, service: Service, kills: int, chance: random.Random
) -> list[Watch]:
    """They answer on while the service is killed; somebody looks at their chats all the time."""
    watches = [Watch(each.person) for each in some]
    looking = [asyncio.create_task(watch.looks()) for watch in watches]
    stop = asyncio.Event()
    walks = [asyncio.create_task(each.answers_on(stop)) for each in some]
    for _ in range(kills):
        await cut(service, server, chance, over=lambda: all(walk.done() for walk in walks))
    stop.set()
    await asyncio.gather(*walks)
    await asyncio.sleep(3)
    for look in looking:
        look.cancel()
    return watches


@pytest.mark.timeout(600)
async def test_the_newest_message_is_the_open_question_whatever_is_killed(tmp_path: Path) -> None:
    watches = await answered_through(3, ["Anna", "Ben", "Chi"], tmp_path, seed=3)
    assert max(watch.longest for watch in watches) < 30, "no older question stays below the open one"


@pytest.mark.faults
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("seed", range(3))
async def test_nor_is_it_an_answered_one_for_a_second_through_thirty_kills(seed: int, tmp_path: Path) -> None:
    names = ["Anna", "Ben", "Chi", "Dina", "Emil", "Fay", "Gus", "Hana", "Ivo", "Jana"]
    watches = await answered_through(30, names, tmp_path, seed)
    assert max(watch.longest for watch in watches) < 1
