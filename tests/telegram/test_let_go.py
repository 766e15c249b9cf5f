"""An update that cannot be taken: it is let go after a few tries, its person is told, and nobody else waits for it."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.botapi import BotApi
from tests.samples import ANSWERS
from tests.service import Service
from tests.telegram.opening import telegram
from tests.telegram.walking import answer_until, open_question

MISTAKEN = (
    "CREATE TRIGGER mistaken BEFORE INSERT ON answers WHEN NEW.value LIKE '%Mistaken%'"
    " BEGIN SELECT RAISE(ABORT, 'a mistake'); END"
)
ENDLESS = (
    "CREATE VIEW endless AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x FROM c) SELECT count(*) AS n FROM c",
    "CREATE TRIGGER stuck BEFORE INSERT ON answers WHEN NEW.value LIKE '%Endless%' BEGIN SELECT n FROM endless; END",
)
"""What a mistake of ours would do to the answer that meets it: fail each time, or compute for ever."""

TOLD = "I could not take your last message"


def in_store(service: Service, *statements: str) -> list[tuple[Any, ...]]:
    """Run statements on the service's database; what the last one finds."""
    with sqlite3.connect(service.folder / "stocktaking.sqlite3", timeout=30) as store:
        return [store.execute(statement).fetchall() for statement in statements][-1]


async def status(service: Service, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(service.url + path) as answer:
        return answer.status, await answer.text()


async def ended(service: Service) -> int:
    """Wait until the service has ended by itself; its exit code."""
    assert service.process is not None
    async with asyncio.timeout(120):
        return await service.process.wait()


@pytest.mark.feature("S2")
@pytest.mark.timeout(600)
@pytest.mark.parametrize("how", ["polling", "webhook"])
async def test_what_cannot_be_taken_is_let_go_and_its_person_told(how: str, tmp_path: Path) -> None:
    async with BotApi() as server:
        service = Service(tmp_path, turn_limit="2", **telegram(server, how))
        async with service:
            anna, ben = server.person("Anna"), server.person("Ben")
            for person in (anna, ben):
                await answer_until(person, ANSWERS, "contact_name")
            in_store(service, MISTAKEN, *ENDLESS)
            await anna.says("Mistaken")
            await anna.waits(TOLD, 60)
            assert open_question(anna) == "contact_name"
            assert "is let go after 3 tries" in service.log and "Mistaken" not in service.log
            assert '"let_go": 1' in (await status(service, "/health"))[1]

            await ben.says("Endless")
            assert await ended(service) == 70, "a supervisor starts it again"
            await anna.says("Amina Otieno")
            await service.start()
            assert await ended(service) == 70
            await service.start()
            await ben.waits(TOLD, 60)
            await anna.waits(lambda person: open_question(person) == "contact_role", 60)
            await ben.gets(ben.says("Ben Okoth"))
            assert open_question(ben) == "contact_role"
            told = in_store(service, "SELECT person_id, action FROM organizer_log ORDER BY id")
            assert [action for _, action in told] == ["not_taken", "not_taken"]
        assert "Endless" not in service.log


@pytest.mark.feature("S2")
async def test_sigterm_ends_a_service_that_waits_for_telegram_at_once(tmp_path: Path) -> None:
    async with BotApi() as server:
        service = Service(tmp_path, **telegram(server, "polling"))
        async with service:
            anna = server.person("Anna")
            await anna.gets(anna.starts())
            await asyncio.sleep(1)
            began = time.monotonic()
            assert await service.stop() == 0
            took = time.monotonic() - began
        print(f"stopped after {took:.1f} s")
        assert took < 5


@pytest.mark.faults
@pytest.mark.feature("S2")
async def test_sigterm_ends_a_service_whose_turn_does_not_end(tmp_path: Path) -> None:
    """And whoever asks before that whether it is ready is told no."""
    async with BotApi() as server:
        service = Service(tmp_path, turn_limit="1000", **telegram(server, "polling"))
        async with service:
            ben = server.person("Ben")
            await answer_until(ben, ANSWERS, "contact_name")
            in_store(service, *ENDLESS)
            await ben.says("Endless")
            await asyncio.sleep(2)
            assert await status(service, "/ready") == (503, "Nothing could be saved within 3 seconds.\n")
            began = time.monotonic()
            await service.stop()
            assert time.monotonic() - began < 20
