"""`stocktaking run`: wrong settings stop it with one line, a signal ends it, and nothing is loaded in vain."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from pathlib import Path

import aiohttp
import pytest

from tests.service import FromNothing, Service

SECRET = "hunter2secret"

WRONG = {
    "STOCKTAKING_HTTP_PORT": {"http_port": "99999"},
    "STOCKTAKING_TELEGRAM_TOKEN": {"telegram_token": SECRET},
    "STOCKTAKING_TELEGRAM_RATE": {"telegram_rate": "-1"},
    "STOCKTAKING_ORGANIZERS": {"organizers": "anna, ben"},
    "STOCKTAKING_TELEGRAM_WEBHOOK_URL": {"telegram_webhook_url": "http://bot.example.org"},
    "TELEGRAM_WEBHOOK_SECRET": {"telegram_webhook_url": "https://bot.example.org"},
    "STOCKTAKING_DATABASE_URL": {"database_url": f"mysql://anna:{SECRET}@localhost/stocktaking"},
    "cannot use postgresql://anna:***@": {"database_url": f"postgresql://anna:{SECRET}@127.0.0.1:9/stocktaking"},
}

COMMANDS = (
    "announce list",
    "calls list",
    "contacts figures",
    "drafts list",
    "entries export",
    "entries list --line C7",
    "organizers list",
    "questionnaire show --language ar",
    "reminders preview --at 2027-02-22",
    "stats",
)


@pytest.mark.parametrize("named", WRONG)
async def test_a_wrong_setting_stops_it_with_one_line_that_names_it_and_shows_no_secret(
    tmp_path: Path, named: str
) -> None:
    code, out, errors = await Service(tmp_path, **WRONG[named]).command("run")
    assert code == 1
    assert out == ""
    assert len(errors.splitlines()) == 1
    assert errors.startswith("stocktaking: ")
    assert named in errors
    assert SECRET not in errors


async def test_a_busy_port_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        service = Service(tmp_path, http_port=str(taken.getsockname()[1]))
        code, _, errors = await service.command("run")
    assert code == 1
    assert len(errors.splitlines()) == 1
    assert "STOCKTAKING_HTTP_PORT" in errors


@pytest.mark.feature("O1", "O3")
async def test_one_process_and_one_file_serve_answer_for_their_health_and_stop_when_asked(tmp_path: Path) -> None:
    service = await FromNothing(tmp_path).start()
    async with aiohttp.ClientSession() as session, session.get(f"{service.url}/health") as answer:
        assert answer.status == 200
        assert (await answer.json()).items() >= {"status": "ok", "database": "ok"}.items()
    assert await service.stop() == 0
    kept = set(os.listdir(tmp_path)) - {"service.log", "service.out", "files"}
    assert kept == {"stocktaking.sqlite3"}


@pytest.mark.parametrize("words", COMMANDS)
async def test_a_command_started_from_nothing_says_what_it_says_when_forked(register: Service, words: str) -> None:
    """Forked, it finds everything loaded; here each part is the first to be loaded by this command."""
    shell = FromNothing(register.folder)
    shell.environment = register.environment
    code, out, errors = await shell.command(*words.split())
    assert code == 0, errors
    assert out
    assert (code, out, errors) == await register.command(*words.split())


async def test_without_a_token_nothing_of_telegram_is_loaded(tmp_path: Path) -> None:
    """Importing aiogram takes seconds; the interpreter itself says what it imports."""
    service = FromNothing(tmp_path)
    service.environment["PYTHONPROFILEIMPORTTIME"] = "1"
    async with service, aiohttp.ClientSession() as session, session.get(service.url) as answer:
        assert answer.status == 200
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in service.log.splitlines()}
    assert "aiohttp" in loaded
    assert loaded.isdisjoint({"aiogram", "telegram", "apscheduler", "openpyxl"})


async def test_the_first_page_waits_for_no_conversation_to_be_loaded() -> None:
    """Loading the machine is a fifth of the start; it is made a second after the first page could be had."""
    ask = "import sys, bot.cli.main, bot.main; print('dialogs.machine' in sys.modules)"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", ask, cwd=Path(__file__).parents[2], stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    assert out == b"False\n"
