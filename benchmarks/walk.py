"""A walk through the questionnaire: what is asked and answered, and people who take it in lock step."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any

from tests.botapi import BotApi
from tests.botapi.people import Person
from tests.samples import ANSWERS
from tests.telegram.walking import open_question

__all__ = [
    "STEPS",
    "Crowd",
    "Figures",
    "Process",
    "Step",
    "begin_entry",
    "read_steps",
    "scouted",
    "walked",
    "write_steps",
]

STEPS = 30
PATIENCE = 60.0
"""Seconds that somebody waits for the next question."""
QUIET = 0.5
"""Seconds after the last answer in which what is left of the work is done: it counts."""


@dataclass(frozen=True, slots=True)
class Step:
    """A question as it was shown, with its keyboard as the Bot API has it, and what is answered."""

    text: str
    keyboard: dict[str, Any] | None
    answer: str


def write_steps(steps: list[Step], path: Path) -> None:
    path.write_text(json.dumps([asdict(step) for step in steps]))


def read_steps(path: Path) -> list[Step]:
    return [Step(**each) for each in json.loads(path.read_text())]


@dataclass
class Process:
    """A running process, and the processor's seconds that it has used, in all its threads."""

    pid: int

    @property
    def seconds(self) -> float:
        ticks = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        return sum(map(int, ticks)) / 100

    @property
    def megabytes(self) -> float:
        return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * 4096 / 1e6


@dataclass
class Figures:
    """What a walk cost. Times in seconds; `waits` are from each answer to the next question."""

    people: int
    steps: int
    processor: float
    lasted: float
    calls: float
    waits: list[float] = field(repr=False)

    @property
    def step(self) -> float:
        """Milliseconds of the processor for one step."""
        return 1000 * self.processor / self.steps

    @property
    def percentiles(self) -> tuple[float, float]:
        """Milliseconds: half of the waits, and 99 of 100, are no longer."""
        found = quantiles(self.waits, n=100)
        return 1000 * found[49], 1000 * found[98]

    @property
    def rate(self) -> float:
        return self.steps / self.lasted


class Crowd(BotApi):
    """The tests' Bot API server, which wakes only whoever something is shown to: a crowd is many."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: dict[int, tuple[int, asyncio.Event]] = {}

    async def changed(self, chat: int) -> None:
        await super().changed(chat)
        if chat in self._waiting and self._newest(chat) > self._waiting[chat][0]:
            self._waiting[chat][1].set()

    async def answers(self, person: Person, text: str) -> float:
        """Write, and wait for a new message; the seconds until it came."""
        shown = asyncio.Event()
        self._waiting[person.id] = (self._newest(person.id), shown)
        begun = time.perf_counter()
        await person.says(text)
        async with asyncio.timeout(PATIENCE):
            await shown.wait()
        return time.perf_counter() - begun

    def _newest(self, chat: int) -> int:
        shown = self.people[chat].shown
        return int(shown[-1]["message_id"]) if shown else 0


async def begin_entry(server: Crowd, person: Person) -> None:
    """Arrive in English and begin an entry, on a machine that may have much else to do."""
    await person.gets(person.starts(), PATIENCE)
    await person.gets(person.taps("English"), PATIENCE)
    await server.answers(person, "/new")


async def scouted(server: Crowd) -> list[Step]:
    """Go ahead, reading: the questions in their order. The last one stays open."""
    scout = server.person("Scout")
    await begin_entry(server, scout)
    found: list[Step] = []
    for _ in range(STEPS):
        shown = scout.shown[-1]
        answer = ANSWERS[open_question(scout)]
        found.append(Step(shown["text"], shown.get("reply_markup"), answer))
        await scout.gets(scout.says(answer), PATIENCE)
    return found


async def walked(server: Crowd, service: Process, people: int, steps: list[Step], *, ours: bool) -> Figures:
    """All of them answer all of it, each as soon as the next question is there."""
    crowd = [server.person(f"Person {number}") for number in range(people)]
    for person in crowd:
        await (begin_entry(server, person) if ours else server.answers(person, "/start"))
    await asyncio.sleep(QUIET)
    waits: list[float] = []

    async def walk(person: Person) -> None:
        for step in steps:
            waits.append(await server.answers(person, step.answer))

    used, calls, begun = service.seconds, len(server.calls), time.perf_counter()
    await asyncio.gather(*(walk(person) for person in crowd))
    lasted = time.perf_counter() - begun
    await asyncio.sleep(QUIET)
    taken = people * len(steps)
    return Figures(people, taken, service.seconds - used, lasted, (len(server.calls) - calls) / taken, waits)
