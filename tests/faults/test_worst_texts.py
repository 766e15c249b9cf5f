"""While somebody sends the texts that are hardest to read, everybody else is answered as always."""

from __future__ import annotations

import asyncio
import statistics
import time
from pathlib import Path

import pytest

from tests import postgres
from tests.botapi import BotApi
from tests.botapi.people import Person
from tests.samples import ANSWERS
from tests.service import Service
from tests.telegram.opening import telegram
from tests.telegram.walking import answer_until, arrive
from tests.worst import TEXTS, long_text

LONGEST = 4_096
"""Characters of a message in Telegram."""
PAUSE = 0.6
"""Seconds between two of Eve's texts: more would be let go as a flood."""
REPLIES = 40
EVERY = 1.5
"""Seconds between Bob's messages: a chat gets one a second."""


async def disturbs(eve: Person) -> None:
    """Send every hard text, again and again."""
    while True:
        for name in TEXTS:
            await eve.says(long_text(name, LONGEST))
            await asyncio.sleep(PAUSE)


async def reply_times(bob: Person) -> list[float]:
    """How long each of Bob's messages waits for its answer, in seconds."""
    times = []
    for _ in range(REPLIES):
        shown, began = len(bob.shown), time.monotonic()
        await bob.says("/help")
        await bob.waits(lambda person, shown=shown: len(person.shown) > shown, 60)
        times.append(time.monotonic() - began)
        await asyncio.sleep(max(0.0, EVERY - times[-1]))
    return times


@pytest.mark.faults
@pytest.mark.feature("S1", "S2", "S19")
@pytest.mark.timeout(900)
@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=postgres.NEEDED)])
@pytest.mark.parametrize("how", ["polling", "webhook"])
@pytest.mark.parametrize("question", ["agree", "org_type"])
async def test_the_worst_texts_slow_nobody_else_down(question: str, how: str, engine: str, tmp_path: Path) -> None:
    """At a question of yes or no, and at one with choices. SIGTERM ends the service in the middle of it."""
    store = {"database_url": postgres.new_database()} if engine == "postgresql" else {}
    async with BotApi() as server:
        service = Service(tmp_path, **store, **telegram(server, how))
        async with service:
            eve, bob = server.person("Eve"), server.person("Bob")
            await bob.gets(bob.starts())
            if question == "agree":
                await arrive(eve)
            else:
                await answer_until(eve, ANSWERS, question)
            disturbing = asyncio.create_task(disturbs(eve))
            times = await reply_times(bob)
            began = time.monotonic()
            assert await service.stop() == 0
            stopped = time.monotonic() - began
            disturbing.cancel()
        soon = statistics.quantiles(times, n=20)[-1]
        print(f"{question}, {how}, {engine}: 95 % of replies within {soon:.2f} s, stopped after {stopped:.1f} s")
        assert soon < 1.0
        assert stopped < 10
        assert "is let go" not in service.log
