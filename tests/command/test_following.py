"""An announcement sent from a terminal: the number typed back, a bar that grows, and what is done with it later."""

from __future__ import annotations

import asyncio
import os
import pty
import re
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.announcements.announcers import got, served, settle
from tests.botapi import BotApi
from tests.service import Service

OPEN = "The call is open"


@pytest.fixture
async def server() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server


async def in_a_terminal(service: Service, *words: str, typing: str) -> tuple[int, str]:
    """Run a command in a terminal of its own and type a line: exit code, and all that stood there."""
    ours, theirs = pty.openpty()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.cli.main", *words),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=service.environment,
        cwd=Path(__file__).parents[2],
    )
    os.close(theirs)
    os.write(ours, typing.encode() + b"\n")
    said = await asyncio.to_thread(_all_of, ours)
    os.close(ours)
    return await process.wait(), said


def _all_of(terminal: int) -> str:
    said = b""
    while True:
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # how a terminal ends on Linux
            return said.decode()
        if not piece:
            return said.decode()
        said += piece


@pytest.mark.feature("A5", "A12", "A14")
async def test_a_bar_grows_until_everyone_has_it_and_the_text_is_replaced_for_everyone(
    server: BotApi, tmp_path: Path
) -> None:
    server.person("Olga")
    slow = served(server, tmp_path, rate=10)
    folk = await settle(server, slow, 25)
    folk[-1].blocked = True
    async with slow as service:
        code, said = await in_a_terminal(service, "announce", "--text", f"en={OPEN}", typing="24")
        assert code == 4 and not any(got(each, OPEN) for each in folk), said
        code, said = await in_a_terminal(service, "announce", "--text", f"en={OPEN}", typing="25")
        assert code == 0, said
        bars = re.findall(r"\[(#*)\.*\] (\d+) sent, \d+ failed, (\d+) left", said)
        assert bars[-1] == ("#" * 30, "24", "0"), said
        assert len({filled for filled, _, _ in bars}) > 2, "it grows"
        assert "24 sent, 1 failed, 0 left" in said
        assert all(got(each, OPEN) for each in folk[:-1])

        number = re.findall(r"Announcement (\d+):", said)[0]
        code, out, _ = await service.command("announce", "follow", number)
        assert code == 0 and "24 sent, 1 failed, 0 left" in out
        code, out, errors = await service.command("announce", "change", number, "--text", "en=The call is open now")
        assert code == 0, errors
        await server.until(lambda: all(got(each, "open now") for each in folk[:-1]), 30)
    assert "Traceback" not in service.log, service.log


@pytest.mark.feature("A4")
async def test_what_is_scheduled_is_called_off_from_the_command_line(server: BotApi, tmp_path: Path) -> None:
    service = served(server, tmp_path, rate=30)
    await settle(server, service, 2)
    at = f"{datetime.now(UTC) + timedelta(days=7):%Y-%m-%dT%H:%M}"
    code, out, errors = await service.command("announce", "--text", f"en={OPEN}", "--at", at, "--yes")
    assert code == 0, errors
    code, _, errors = await service.command("announce", "change", "1", "--text", "en=Later")
    assert code == 1, "what has not begun is changed as a draft"
    assert (await service.command("announce", "call-off", "1"))[0] == 0
    code, out, _ = await service.command("announce", "list")
    assert code == 0 and "Draft" in out
    code, _, errors = await service.command("announce", "follow", "7")
    assert code not in (0, 3, 4) and errors.count("\n") == 1 and "no announcement 7" in errors
