"""The conversation in a terminal, while the database is away."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path

import pytest

from bot.channels.terminal import terminal
from bot.settings import Settings
from bot.wiring import open_app
from tests import postgres
from tests.faults.outages import Owned, refusing


@postgres.NEEDED
@pytest.mark.feature("S18")
async def test_what_was_typed_is_kept_and_taken_when_the_database_is_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = postgres.new_database()
    said = ""
    async with open_app(Settings(_env_file=None, database_url=url, files=tmp_path)) as app:
        async with refusing("53100")(Owned(url)):
            talk = asyncio.create_task(terminal.chat(app, "me", "en", lines=io.StringIO("English\n/help\n")))
            while "What you typed is kept" not in said:
                await asyncio.sleep(0.1)
                said += capsys.readouterr().out
            assert not talk.done()
        async with asyncio.timeout(60):
            await talk
    said += capsys.readouterr().out
    assert said.count("What you typed is kept") == 1
    assert "/contact" in said, "the help was shown"
