"""Who asks to be forgotten is found nowhere any more: no table, no file and no byte on the disk has their words."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.browser import Browser
from tests.samples import ANSWERS, REQUIRED
from tests.service import Service

HERS = {
    "contact_name": "Quillon Zephyrine",
    "contact_role": "Keeper of zephyrine",
    "contact_email": "quillon@zephyrine.org",
    "show_contact": "yes",
    "documents": "skip",
}
SECRET = b"\xff\xd8\xff what the zephyrine picture shows"


def found(folder: Path, *words: str) -> list[str]:
    """Where these words stand: table and column, or file."""
    inside = [place for place, kept in _kept(folder / "stocktaking.sqlite3") for word in words if word in kept.lower()]
    files = [path for path in (folder / "files").rglob("*") if path.is_file()]
    return inside + [str(path) for path in files if any(word.encode() in path.read_bytes() for word in words)]


def _kept(path: Path) -> Iterator[tuple[str, str]]:
    """Every value of every table, as text, with where it stands."""
    with sqlite3.connect(path) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            rows = database.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in rows.description]
            yield from ((f"{table}.{c}", str(v)) for row in rows for c, v in zip(columns, row, strict=True))


def bytes_left(folder: Path, *words: str) -> list[str]:
    """Files of the service that hold one of these words anywhere: the database, its log, what it wrote, uploads."""
    kept = [path for path in folder.rglob("*") if path.is_file()]
    return [str(path) for path in kept if any(word.encode() in path.read_bytes().lower() for word in words)]


async def becomes_known_to_organizers(quillon: Browser, service: Service) -> None:
    """She is on a list of contacts and follows its link; she is made a reviewer and dismissed, which the log tells."""
    listed = service.folder.parent / "list.csv"
    listed.write_text("name,e-mail\nQuillon Zephyrine,quillon@zephyrine.org\n", "utf-8")
    links = listed.with_name("links.csv")
    for words in (
        ("contacts", "import", str(listed)),
        ("contacts", "links", "--output", str(links), "--bot", "stocktaking_bot"),
    ):
        code, _, errors = await service.command(*words)
        assert code == 0, errors
    (start,) = set(re.findall(r"start=([\w-]+)", links.read_text("utf-8")))
    await quillon.types(f"/start {start}")
    _, invitation, _ = await service.command("organizers", "invite", "reviewer")
    await quillon.types(re.findall(r"/start [\w-]+", invitation)[0])
    _, organizers, _ = await service.command("organizers", "list")
    code, _, errors = await service.command("organizers", "remove", organizers.split()[0])
    assert code == 0, errors


async def enters(quillon: Browser, answers: dict[str, str]) -> None:
    """A whole entry, typed and sent."""
    await quillon.types("/new")
    while (question := quillon.page.screen.removeprefix("filling/")) != "review":
        keeps = question.startswith(("contact_", "org_")) and any(c == "Keep" for c in quillon.page.choices)
        await quillon.types("keep" if keeps else answers[question])
    await quillon.taps(".send")
    assert quillon.page.screen == "sent", quillon.page.lines


@pytest.mark.timeout(240)
@pytest.mark.feature("H5", "N22", "S13")
async def test_no_table_and_no_file_keeps_a_word_of_who_is_forgotten(tmp_path: Path) -> None:
    home = tmp_path / "home"
    async with Service(home, housekeeping_seconds="0.5") as service, Browser(service.url) as quillon:
        await quillon.types("/start")
        await quillon.types("English")
        await becomes_known_to_organizers(quillon, service)
        await enters(quillon, {**REQUIRED, **HERS, "title": "Windmills of the north"})
        await enters(quillon, {**REQUIRED, **HERS, "title": "Zephyrine unpublished", "publish": "no"})
        await quillon.types("/new")
        await quillon.types("/sections")
        await quillon.types("/contact")
        await quillon.types("Please call Quillon back about zephyrine.")
        await quillon.types("/join")
        (code,) = (line.removeprefix("/join ") for line in quillon.page.lines if line.startswith("/join "))
        await quillon.types("/continue")
        while (question := quillon.page.screen.removeprefix("filling/")) != "documents":
            keeps = any(choice == "Keep" for choice in quillon.page.choices)
            await quillon.types("keep" if keeps else {**ANSWERS, **HERS, "title": "Zephyrine draft"}[question])
        await quillon.sends("zephyrine.jpg", SECRET, "image/jpeg")
        (address,) = (cookie.value for cookie in quillon.client.cookie_jar)
        words = ("quillon", "zephyrine", code.lower(), address.lower())
        assert len(found(home, *words)) > 20
        assert bytes_left(home, *words)
        await quillon.types("/forget")
        await quillon.types("Yes, erase everything")
        assert quillon.page.screen != "forgetting", quillon.page.lines
        async with asyncio.timeout(90):
            while left := found(home, *words):  # files go within a moment, in the background
                assert all("files" in place or "unwanted" in place for place in left), left
                await asyncio.sleep(0.5)
            while left := bytes_left(home, *words):  # the log of the database is emptied as soon
                assert not any(path.endswith(".log") for path in left), left
                await asyncio.sleep(0.5)
        assert found(home, "windmills of the north")
