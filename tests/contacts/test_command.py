"""The command and the service together: a list goes in, links come out, one is followed over Telegram's protocol."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from openpyxl import Workbook

from tests.botapi import BotApi
from tests.contacts.conftest import LIST
from tests.service import Service


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[tuple[BotApi, Service]]:
    """A Bot API server and the service that talks to it."""
    async with BotApi() as server:
        service = Service(tmp_path, telegram_token=server.token, telegram_api_url=server.url)
        async with service:
            yield server, service
        assert "Traceback" not in service.log, service.log


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def is_png(path: str) -> bool:
    return Path(path).read_bytes().startswith(b"\x89PNG")


EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(text: str) -> bytes:
    book, out = Workbook(), io.BytesIO()
    sheet = book.create_sheet(index=0)
    for line in text.splitlines():
        sheet.append(line.split(","))
    book.save(out)
    return out.getvalue()


async def succeeds(service: Service, *words: str) -> str:
    code, out, errors = await service.command("contacts", *words)
    assert code == 0, errors
    return out


@pytest.mark.feature("N19", "H4")
async def test_a_list_becomes_people_whom_the_bot_can_write_to(bot: tuple[BotApi, Service], tmp_path: Path) -> None:
    server, service = bot
    path, links, codes = tmp_path / "list.csv", tmp_path / "links.csv", tmp_path / "codes"
    path.write_text(LIST, encoding="utf-8")
    assert "3 new, 0 changed, 0 as they were, 0 left out" in await succeeds(service, "import", str(path))
    await succeeds(service, "links", "--output", str(links), "--qr", str(codes))
    rows = table(links)
    link = rows[2]["link"]
    assert link.startswith("https://t.me/stocktaking_bot?start=inv-")
    payload = link.partition("=")[2]
    assert len(payload) <= 64
    assert len({row["link"] for row in rows}) == 3
    assert all(is_png(row["qr"]) for row in rows)
    assert links.stat().st_mode & 0o077 == 0, "a list of people is for its owner only"

    layla = server.person("Layla", "en")
    await layla.gets(layla.starts(payload))
    assert "ليلى حسن" in layla.text
    figures = json.loads(await succeeds(service, "figures", "--format", "json"))
    assert list(figures["all"].values()) == [3, 1, 1, 0, 0, 0]
    await succeeds(service, "unreached", "--output", str(tmp_path / "unreached.csv"))
    unreached = table(tmp_path / "unreached.csv")
    assert [row["email"] for row in unreached] == ["amina@lakenet.org", "elodie@example.org"]
    assert [row["link"] for row in unreached] == [row["link"] for row in rows[:2]], "links must stay good"
    assert "@" not in service.log, "nobody's address belongs in a log"


@pytest.mark.feature("H4")
async def test_rows_left_out_end_the_command_with_one(tmp_path: Path) -> None:
    service = Service(tmp_path)
    path = tmp_path / "list.csv"
    path.write_text(LIST + "Ben,,ben(at)example.org,,,\n", encoding="utf-8")
    code, out, errors = await service.command("contacts", "import", str(path))
    assert (code, "1 left out" in out) == (1, True)
    assert "row 5: The e-mail address is not complete" in errors
    assert "ben(at)" not in errors
    code, _, errors = await service.command("contacts", "import", str(tmp_path / "nothing.csv"))
    assert (code, errors.count("\n")) == (1, 1)


@pytest.mark.feature("N19")
async def test_figures_in_every_form_say_the_same(tmp_path: Path) -> None:
    service = Service(tmp_path)
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    await succeeds(service, "import", str(path))
    text = await succeeds(service, "figures")
    assert text.splitlines()[-1].split() == ["all", *"300000"]
    rows = list(csv.DictReader((await succeeds(service, "figures", "--format", "csv")).splitlines()))
    groups = json.loads(await succeeds(service, "figures", "--format", "json"))["groups"]
    assert [{key: str(value) for key, value in group.items()} for group in groups] == rows


async def test_without_a_bot_the_links_say_what_is_missing(tmp_path: Path) -> None:
    service = Service(tmp_path)
    code, _, errors = await service.command("contacts", "links", "--output", str(tmp_path / "links.csv"))
    assert (code, "--bot NAME" in errors, errors.count("\n")) == (1, True, 1)
    assert not (tmp_path / "links.csv").exists()


@pytest.mark.feature("N19")
async def test_a_personal_link_leads_into_the_web_chat_but_looking_at_it_does_not_use_it(tmp_path: Path) -> None:
    service = Service(tmp_path)
    path, links = tmp_path / "list.csv", tmp_path / "links.csv"
    path.write_text(LIST, encoding="utf-8")
    await succeeds(service, "import", str(path))
    await succeeds(service, "links", "--output", str(links), "--bot", "stocktaking_bot", "--web", service.url)
    link = table(links)[1]["web_link"]
    async with service:
        async with aiohttp.ClientSession() as scanner, scanner.get(link) as answer:
            assert answer.status == 200
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as browser:
            async with browser.get(link) as answer:
                found = re.search(r'name="argument" value="(inv-[^"]+)"', await answer.text())
            assert found is not None
            form = {"command": "start", "argument": found[1]}
            async with browser.post(f"{service.url}/chat", data=form) as answer:
                page = await answer.text()
        assert "Élodie Martin" in page
        assert '<html lang="fr"' in page
    figures = json.loads(await succeeds(service, "figures", "--format", "json"))
    assert figures["all"]["web_only"] == 1


@pytest.mark.feature("N19", "H4")
async def test_an_organizer_sends_a_workbook_over_telegram_and_hears_which_row_is_wrong(tmp_path: Path) -> None:
    async with BotApi() as server:
        olga = server.person("Olga")
        settings = {"telegram_token": server.token, "telegram_api_url": server.url, "organizers": str(olga.id)}
        async with Service(tmp_path, **settings) as service:
            await olga.gets(olga.starts())
            await olga.gets(olga.taps("English"))
            await olga.gets(olga.says("/contacts"))
            await olga.gets(olga.sends_document("list.xlsx", workbook(f"{LIST}Ben,,ben(at)example.org,,,"), EXCEL))
            for _ in range(20):
                if "3 new, 0 changed" in olga.text:
                    break
                await asyncio.sleep(1)
                await olga.gets(olga.taps("Look again"))
            assert "1 left out" in olga.text and "Row 5: The e-mail address is not complete" in olga.text
            assert "3 people are on the lists" in olga.text
            assert not any(path.is_file() for path in service.folder.joinpath("files").iterdir())
        assert "Traceback" not in service.log, service.log
