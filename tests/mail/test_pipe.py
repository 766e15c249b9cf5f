"""A mail server pipes what comes in to `stocktaking mail receive`."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from tests.delivery.test_courier import url_of
from tests.driver import ON_ONE_ENGINE, Stage
from tests.mail.test_announced_by_both import announced, some_people
from tests.mail.test_answers import answer_to, desk, letters
from tests.service import free_port

ROOT = Path(__file__).parents[2]


async def piped(content: bytes, url: str) -> tuple[int, str]:
    """Exit code and what is said."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.cli.main", "mail", "receive"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={**os.environ, "STOCKTAKING_DATABASE_URL": url},
        cwd=ROOT,
    )
    out, _ = await process.communicate(content)
    return process.returncode or 0, out.decode()


@ON_ONE_ENGINE
@pytest.mark.feature("L10")
async def test_an_answer_that_is_piped_reaches_the_desk_and_waits_while_the_database_is_away(stage: Stage) -> None:
    now, database = stage.clock.now(), stage.database
    await database.write(lambda session: some_people(session, now))
    await database.write(lambda session: announced(session, now))
    answer = answer_to((await letters(stage))["one@example.org"], "A question", writer="one@example.org")
    code, said = await piped(answer, f"postgresql://nobody@127.0.0.1:{free_port()}/none")
    assert code == 75 and "Traceback" not in said
    huge = answer + b"\r\n" + b"x" * 2_000_000
    assert await piped(huge, url_of(database)) == (0, "passed on to the help desk\n")
    assert [text[:10] for _, text in await desk(stage)] == ["A question"]
    code, said = await piped(b"From: a@b.example\n\nHello", url_of(database))
    assert code == 0 and "no letter of ours" in said
