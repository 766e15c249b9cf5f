"""The template goes out and comes back in Telegram, on the page, in a terminal and by the command."""

from __future__ import annotations

import asyncio
import os
import secrets
import sys
from pathlib import Path

import aiohttp
import pytest

from bot.offline import filled_file
from tests.botapi import BotApi
from tests.contract.browser import Browser
from tests.offline.office import fill, texts
from tests.service import Service
from tests.telegram.opening import telegram

pytestmark = pytest.mark.feature("N13")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ANSWERS = {"agree": "Yes", "title": "Solar networks for lake villages", "people_reached": "lots"}


async def test_in_telegram_and_on_the_page(tmp_path: Path) -> None:
    async with BotApi() as server:
        async with Service(tmp_path, **telegram(server, "polling")) as service:
            anna = server.person("Anna")
            await anna.gets(anna.starts())
            await anna.gets(anna.says("/template"))
            await anna.waits("Then send the file here")
            sent, document = (message for message in anna.shown if "document" in message)
            assert sent["document"]["file_name"] == "stocktaking-2027-en.xlsx"
            assert document["document"]["file_name"] == "stocktaking-2027-en.docx"
            data = server.files[sent["document"]["file_id"]]
            assert filled_file.read_bytes(data).problem is None
            await anna.sends_document("filled.xlsx", fill(data, ANSWERS), XLSX)
            await anna.waits("Answers filled in: 1")
            assert "People reached" in anna.text
            await anna.sends_document("other.xlsx", b"PK no workbook", XLSX)
            await anna.waits("I cannot read this file")
            lost = {**server.keep_file(data), "file_name": "filled.xlsx", "mime_type": XLSX}
            server.faults.broken_files.add(lost["file_id"])
            await anna.sends(document=lost)
            await anna.waits("did not reach me")
            await _on_the_page(service)
        assert "Traceback" not in service.log, service.log


async def _on_the_page(service: Service) -> None:
    files = Path(service.environment["STOCKTAKING_FILES"])
    async with Browser(service.url) as ben, aiohttp.ClientSession(service.url) as stranger:
        assert (await stranger.get("/chat/template.xlsx")).status == 404
        await ben.types("/start")
        await ben.taps("fr")
        assert (await ben.client.get("/chat/template.xlsx")).status == 404
        await ben.types("/template")
        answer = await ben.client.get("/chat/template.xlsx")
        data = await answer.read()
        assert answer.content_type == XLSX and "-fr.xlsx" in answer.headers["Content-Disposition"]
        page = await ben.sends("filled.xlsx", fill(data, {**ANSWERS, "agree": "Oui"}), XLSX)
        assert page.screen == "template_read" and not [name for name in os.listdir(files) if name[0] != "."], (
            "of the file itself nothing is kept"
        )
        again = await (await ben.client.get("/chat/template.xlsx")).read()
        assert texts(again, "title") == [ANSWERS["title"]]
        form = aiohttp.FormData({"update": secrets.token_hex(12), "place": ben.page.place})
        form.add_field("file", b"PK", filename="x.xlsx", content_type=XLSX)
        assert "Excel" in await (await ben.client.post("/chat/file", data=form)).text()


async def test_by_the_command_and_in_a_terminal(tmp_path: Path) -> None:
    service = Service(tmp_path / "service")
    await service.in_season()

    async def run(*words: str, said: str = "") -> str:
        program = (sys.executable, "-m", "bot.cli.main", *words)
        made = await asyncio.create_subprocess_exec(
            *program, stdin=-1, stdout=-1, stderr=-1, env=service.environment, cwd=tmp_path
        )
        out, error = await made.communicate(said.encode())
        return (out + error).decode()

    assert "empty.xlsx" in await run("template", "--language", "es", "--output", "empty.xlsx")
    assert filled_file.read_path(tmp_path / "empty.xlsx").draft == ""
    assert ".xlsx" in await run("template", "--output", "empty.txt")
    said = await run("chat", "--language", "en", said="/template\n")
    made = tmp_path / next(name for name in os.listdir(tmp_path) if name.endswith("-en.xlsx"))
    assert made.name in said
    made.write_bytes(fill(made.read_bytes(), ANSWERS))
    assert "Answers filled in: 1" in await run("chat", "--language", "en", said=f"/template {made.name}\n")
