"""Two processes write entries at random, are killed and begun again, while a third searches: the index stays exact."""

from __future__ import annotations

import asyncio
import sys
from random import Random

import pytest

from dialogs.questionnaire.register import EntryQuery
from storage.engine.database import Database, DatabaseUnavailable
from storage.search import public, rebuild

LIVES = 6
"""Writers that are killed in the middle of what they do, in all."""


async def writer(url: str, seed: int) -> asyncio.subprocess.Process:
    words = (sys.executable, "-m", "tests.register.writer", url, str(seed))
    process = await asyncio.create_subprocess_exec(*words, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    return process


@pytest.mark.faults
async def test_the_index_is_exact_after_two_writers_were_killed_in_the_middle(
    database: Database, database_url: str
) -> None:
    chance, searches = Random(2027), 0
    writers = [await writer(database_url, seed) for seed in (1, 2)]
    for seed in range(3, 3 + LIVES):
        until = asyncio.get_running_loop().time() + 1 + chance.random()
        while asyncio.get_running_loop().time() < until:
            try:
                page = await database.read(lambda session: public.page(session, EntryQuery.of("radio"), 20))
            except DatabaseUnavailable:
                continue
            assert len(page.entries) <= page.number
            searches += 1
        ended = writers.pop(0)
        ended.kill()
        await ended.wait()
        writers.append(await writer(database_url, seed))
    for each in writers:
        each.kill()
        await each.wait()
    assert searches
    assert await database.read(rebuild.differences) == []
