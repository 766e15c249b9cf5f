"""Who asks to be forgotten is found nowhere any more: no table and no file has a word of theirs."""

from __future__ import annotations

import asyncio
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


async def enters(quillon: Browser, answers: dict[str, str]) -> None:
    """A whole entry, typed and sent."""
    await quillon.types("/new")
    while (question := quillon.page.screen.removeprefix("filling/")) != "review":
        keeps = question.startswith(("contact_", "org_")) and any(c == "Keep" for c in quillon.page.choices)
        await quillon.types("keep" if keeps else answers[question])
    await quillon.taps(".send")
    assert quillon.page.screen == "sent", quillon.page.lines


@pytest.mark.timeout(240)
@pytest.mark.feature("H5", "N22")
async def test_no_table_and_no_file_keeps_a_word_of_who_is_forgotten(tmp_path: Path) -> None:
    async with Service(tmp_path) as service, Browser(service.url) as quillon:
        await quillon.types("/start")
        await quillon.types("English")
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
        assert len(found(tmp_path, *words)) > 20
        await quillon.types("/forget")
        await quillon.types("Yes, erase everything")
        assert quillon.page.screen != "forgetting", quillon.page.lines
        async with asyncio.timeout(90):
            while left := found(tmp_path, *words):  # files go within a moment, in the background
                assert all("files" in place or "unwanted" in place for place in left), left
                await asyncio.sleep(0.5)
        assert found(tmp_path, "windmills of the north")
