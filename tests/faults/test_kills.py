"""Power cuts: the service is killed at random moments while people answer, and started again."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from dialogs.domain.conversation import AnswerStatus
from tests.botapi import BotApi
from tests.botapi.people import Person
from tests.samples import ANSWERS, KEPT
from tests.service import Service
from tests.telegram.looking import conversation_of
from tests.telegram.opening import telegram
from tests.telegram.walking import open_question

PEOPLE = ("Anna", "Ben", "Chi", "Dina")
PATIENCE = 120.0
"""Seconds that somebody waits through a cut on a busy machine: far less than a test may take, so that it tells why."""

BY_ITSELF = {"language", "entry_mode"}
"""What a draft notes though nobody is asked: the language of its texts, and that `/new` begins a new one."""

GOAL = re.compile(r"\bgoal “(\d+)\b")


def open_key(person: Person) -> str:
    """The key of the open question: of one that is asked for each goal, `targets@4`."""
    question = open_question(person)
    found = GOAL.search(person.last) if question in ("targets", "link_example") else None
    return f"{question}@{found[1]}" if found else question


@dataclass
class Answering:
    """Somebody on their way: `acknowledged` are the answers that were followed by another screen, by question key.

    `answers` is what they type, `kept` what the draft is to keep of it.
    """

    person: Person
    answers: dict[str, str]
    kept: dict[str, Any]
    acknowledged: list[str] = field(default_factory=list)
    asked_last: str = ""

    async def arrives(self) -> None:
        await self.person.gets(self.person.starts(), PATIENCE)
        await self.person.gets(self.person.taps("English"), PATIENCE)
        await self.person.says("/new")
        await self._asked()

    async def answers_on(self, stop: asyncio.Event) -> None:
        """Answer what is asked, until told to stop or until all is answered."""
        while not stop.is_set() and self.asked_last != "review":
            await self.person.says(self.answers[self.asked_last.partition("@")[0]])
            before, self.asked_last = self.asked_last, ""
            await self._asked(before)
            self.acknowledged.append(before)

    async def _asked(self, before: str = "") -> None:
        await self.person.waits(lambda person: open_key(person) not in ("", before), PATIENCE)
        self.asked_last = open_key(self.person)


@contextmanager
def telling(some: Sequence[Answering], *services: Service) -> Iterator[None]:
    """Whatever fails tells where everybody was, and what the services said."""
    try:
        yield
    except BaseException as failure:
        for one in some:
            failure.add_note(f"== {one.person.name}: {len(one.acknowledged)} answers, the newest messages:")
            failure.add_note(one.person.text)
        for service in services:
            failure.add_note(f"== {service.folder.name}:\n{service.log[-6_000:]}")
        raise


def on_the_way(person: Person) -> Answering:
    """Somebody with a whole entry, whose texts nobody else gives."""
    name = person.name
    own = {"contact_name": f"{name} Otieno", "org_name": f"Networks of {name}", "title": f"Net {name}"}
    return Answering(person, ANSWERS | own, KEPT | own)


async def cut_power(service: Service, server: BotApi, chance: random.Random, over: Callable[[], bool]) -> None:
    """Kill and start again, at a moment that falls anywhere in somebody's turn: before, between and after its calls.

    Half of the cuts come even while what was left over is still being shown, the others once something new was taken.
    """
    taken = len(server.delivered) + chance.randint(0, 1)
    await server.until(lambda: len(server.delivered) >= taken or over(), PATIENCE)
    seen = len(calls_to_people(server)) + chance.randint(0, 9)
    await server.until(lambda: len(calls_to_people(server)) >= seen or over(), PATIENCE)
    await asyncio.sleep(chance.uniform(0, 0.1))
    await service.kill()
    await service.start()


def calls_to_people(server: BotApi) -> list[str]:
    return [call.method for call in server.calls if call.method.startswith(("send", "edit", "answer"))]


async def check(service: Service, one: Answering) -> None:
    """Every acknowledged answer is there, once, as it was given; the walk goes on where it was."""
    found = await conversation_of(service.environment["STOCKTAKING_DATABASE_URL"], one.person)
    assert len(found.drafts) == 1, "the draft was begun once"
    assert len(one.acknowledged) == len(set(one.acknowledged)), f"asked twice: {one.acknowledged}"
    (draft,) = found.drafts.values()
    assert {key: answer.value for key, answer in draft.answers.items() if key not in BY_ITSELF} == {
        key: one.kept[key] for key in one.acknowledged
    }
    for key in one.acknowledged:
        skipped = one.kept[key] is None
        assert draft.answers[key].given is (AnswerStatus.SKIPPED if skipped else AnswerStatus.ANSWERED), key
    if one.asked_last != "review":
        assert found.state.position.args.get("q") == one.asked_last


async def survive(how: str, kills: int, folder: Path, seed: int) -> None:
    """People answer while the power is cut again and again."""
    chance = random.Random(seed)
    async with BotApi() as server:
        service = Service(folder, **telegram(server, how))
        some = [on_the_way(server.person(name)) for name in PEOPLE]
        with telling(some, service):
            async with service:
                await asyncio.gather(*(one.arrives() for one in some))
                stop = asyncio.Event()
                walks = [asyncio.create_task(one.answers_on(stop)) for one in some]
                for _ in range(kills):
                    await cut_power(service, server, chance, over=lambda: False)
                await server.until(lambda: sum(len(one.acknowledged) for one in some) >= kills, PATIENCE)
                stop.set()
                await asyncio.gather(*walks)
            for one in some:
                await check(service, one)
        assert "Traceback" not in service.log, service.log


async def survive_to_the_end(how: str, folder: Path, seed: int) -> None:
    """People answer all there is, while the power is cut again and again until the last of them is done."""
    chance = random.Random(seed)

    async with BotApi() as server:
        service = Service(folder, **telegram(server, how))
        some = [on_the_way(server.person(name)) for name in PEOPLE]

        def all_at_the_check() -> bool:
            return all(open_key(one.person) == "review" for one in some)

        with telling(some, service):
            async with service:
                await asyncio.gather(*(one.arrives() for one in some))
                walks = [asyncio.create_task(one.answers_on(asyncio.Event())) for one in some]
                cuts = 0
                while not all_at_the_check():
                    await cut_power(service, server, chance, over=all_at_the_check)
                    cuts += 1
                await asyncio.gather(*walks)
            for one in some:
                await check(service, one)
                assert set(one.acknowledged) == set(one.kept) - BY_ITSELF, "each question was asked and answered"
        print(f"{cuts} cuts in {sum(len(one.acknowledged) for one in some)} answers")
        assert "Traceback" not in service.log, service.log


@pytest.mark.feature("C6", "N3", "C17")
@pytest.mark.timeout(900)
@pytest.mark.parametrize("how", ["polling", "webhook"])
async def test_no_answer_is_lost_or_doubled_when_the_service_is_killed(how: str, tmp_path: Path) -> None:
    await survive(how, 10, tmp_path, seed=7)


@pytest.mark.faults
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("how", ["polling", "webhook"])
@pytest.mark.parametrize("season", range(10))
async def test_nor_by_two_hundred_power_cuts(how: str, season: int, tmp_path: Path) -> None:
    await survive(how, 10, tmp_path, seed=1000 + season)


@pytest.mark.faults
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("how", ["polling", "webhook"])
async def test_whole_entries_are_answered_through_power_cuts(how: str, tmp_path: Path) -> None:
    await survive_to_the_end(how, tmp_path, seed=9)
