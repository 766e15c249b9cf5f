"""Figures outside of the conversation: as pictures in Telegram and in the web chat, as files from the command."""

from __future__ import annotations

import csv
import json
import re
import struct
from base64 import b64decode
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
from sqlmodel import Session

from bot.charts.drawing import as_png, as_svg
from bot.charts.fonts import has_letters_of
from bot.charts.wrapping import wrapped
from dialogs.charts import Bar, Bars, Curve, Curves
from dialogs.domain.messages import Code, M
from dialogs.domain.roles import Role
from storage.engine.database import Database
from storage.organizers import invitations
from tests.botapi import BotApi
from tests.driver import WORDS, Clock, Stage
from tests.organizing.season import season
from tests.service import Service

LINES = Bars(
    M("stats.lines"),
    (
        Bar(M("choice.coded", code=Code("C1"), label=M("action_line.C1")), 12),
        Bar(M("choice.coded", code=Code("C7"), label=M("action_line.C7")), 5),
    ),
)
CURVES = (Curve("2027", ((3, 7), (20, 31))), Curve("2026", ((9, 12),), strong=False))
TIME = Curves(M("stats.time"), CURVES, "2026-10-05", 148, 40)


async def in_season(service: Service) -> None:
    """Fill the service's database."""
    database = await Database.open(service.environment["STOCKTAKING_DATABASE_URL"])
    await season(Stage(database, Clock()))
    await database.close()


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.feature("X3")
@pytest.mark.parametrize("language", WORDS.languages)
@pytest.mark.parametrize("chart", [LINES, TIME], ids=["bars", "curves"])
def test_charts_are_drawn_in_every_language_in_a_size_for_phones(language: str, chart: Bars | Curves) -> None:
    assert has_letters_of(language), "the machine lacks fonts: fonts-noto-core, fonts-noto-cjk"
    width, height = size_of(as_png(chart, WORDS, language))
    assert width == 1080
    assert height < 20 * width, "Telegram takes no longer ones"


@pytest.mark.feature("X3")
def test_an_arabic_chart_is_the_mirror_of_an_english_one() -> None:
    def bars(language: str) -> list[tuple[float, float]]:
        found = re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', as_svg(LINES, WORDS, language))
        return [(float(x), float(width)) for x, width in found]

    assert [(720 - x - width, width) for x, width in bars("ar")] == bars("en")
    assert "\u2067" in as_svg(LINES, WORDS, "ar"), "the text must be known to run right to left"


def test_labels_are_broken_where_they_may_be_and_never_lost() -> None:
    long = "Access to information and knowledge"
    assert wrapped(long, 20, most=3) == ["Access to", "information and", "knowledge"]
    assert wrapped(long, 20) == ["Access to", "information and…"], "what is left out is known to be"
    assert wrapped("信息通信技术促发展中的作用", 12, most=3) == ["信息通信技术", "促发展中的作", "用"]
    assert wrapped("one two three four five", 9)[-1].endswith("…")


@pytest.mark.feature("X3")
async def test_a_chart_reaches_telegram_as_a_photo(tmp_path: Path) -> None:
    async with BotApi() as server:
        olga = server.person("Olga")
        service = Service(tmp_path, telegram_token=server.token, telegram_api_url=server.url, organizers=str(olga.id))
        await in_season(service)
        async with service:
            await olga.gets(olga.starts())
            await olga.gets(olga.taps("English"))
            await olga.gets(olga.says("/stats"))
            photos = [message for message in olga.shown if "photo" in message]
            assert len(photos) == 1
            assert "Entries over time" in photos[0]["caption"]
            assert size_of(server.files[photos[0]["photo"][-1]["file_id"]])[0] == 1080
            assert "20 entries have been sent" in olga.text
            await olga.gets(olga.taps("Action Lines"))
            assert "C7" in olga.text
            await olga.gets(olga.taps("CSV"))
            [file] = [message["document"] for message in olga.shown if "document" in message]
            assert file["file_name"] == "stocktaking-2027.csv"
            sent = server.files[file["file_id"]].decode("utf-8-sig")
            rows = list(csv.DictReader(sent.splitlines()))
            lines = {row["group"]: int(row["number"]) for row in rows if row["figure"] == "lines"}
            assert list(lines.values()) == [20, 10] and all(label.startswith("C") for label in lines)
            assert {"figure": "minutes", "day": "", "group": "", "number": "7", "before": ""} in rows
            assert {row["number"] for row in rows if row["figure"] == "goals"} == {"20", "2"}, "an owner sees all"
            drafts = [int(row["number"]) for row in rows if row["figure"] in ("funnel", "stops")]
            assert min(drafts) >= 5, "small groups of drafts are hidden here as well"
        assert "Traceback" not in service.log, service.log


@pytest.mark.feature("X3")
async def test_a_chart_stands_in_the_web_chat_with_a_word_for_those_who_cannot_see_it(tmp_path: Path) -> None:
    service = Service(tmp_path)
    await in_season(service)
    database = await Database.open(service.environment["STOCKTAKING_DATABASE_URL"])

    def invited(session: Session) -> str:
        return invitations.invite(session, None, Role.OWNER, datetime.now(UTC), lambda: "t0k").token

    token = await database.write(invited)
    await database.close()
    async with service, aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as browser:
        page = ""
        for text in ("/start", "English", f"/start org-{token}", "/stats"):
            async with browser.post(f"{service.url}/chat", data={"text": text}) as answer:
                page = await answer.text()
        assert '<img class="chart" src="data:image/svg+xml;base64,' in page
        assert 'alt="Chart: Entries over time.' in page
        async with browser.post(f"{service.url}/chat", data={"text": "All numbers as a file (CSV)"}) as answer:
            page = await answer.text()
        found = re.search(r'download="stocktaking-2027.csv" href="data:text/csv;charset=utf-8;base64,([^"]+)"', page)
        assert found
        assert '"lines","","C2 Information' in b64decode(found[1]).decode("utf-8-sig")


@pytest.mark.feature("X3")
async def test_the_command_gives_the_same_numbers_in_every_form_and_draws_them(tmp_path: Path) -> None:
    service = Service(tmp_path)
    await in_season(service)
    code, out, errors = await service.command("stats", "--format", "json", "--charts", str(tmp_path / "charts"))
    assert code == 0, errors
    figures = json.loads(out)
    drawn = {path.name for path in (tmp_path / "charts").iterdir()}
    for name in ("time", "lines", "countries", "kinds", "languages", "consent", "funnel"):
        assert {f"{name}.png", f"{name}.svg"} <= drawn
    assert "figures.csv" in drawn
    assert "Call of 2027" in (tmp_path / "charts" / "countries.svg").read_text("utf-8")
    code, out, errors = await service.command("stats", "--format", "csv")
    rows = [row for row in csv.DictReader(out.splitlines()) if row["figure"] == "lines"]
    assert [int(row["number"]) for row in rows] == [number for _, number in figures["groups"]["lines"]]
    code, out, errors = await service.command("stats", "--language", "fr")
    assert (code, errors) == (0, "")
    code, out, errors = await service.command("stats", "--call", "1999")
    assert (code, errors.count("\n")) == (2, 1)
