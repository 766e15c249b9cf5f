"""The drill: people answer while a backup is made; it is restored elsewhere, and all of them go on where they were."""

from __future__ import annotations

import asyncio
import hashlib
import io
import itertools
import json
import stat
import tarfile
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select
from yarl import URL

from storage.engine.database import Database
from storage.tables import AnswerRow, HistoryRow, PersonRow
from tests import postgres
from tests.contract.browser import Browser
from tests.samples import ANSWERS
from tests.service import Service

ENGINES = ("sqlite", pytest.param("postgresql", marks=postgres.NEEDED))
PICTURE = b"\xff\xd8\xff" + b"a picture of the lake" * 5000


def service_on(engine: str, folder: Path) -> Service:
    """A service with an empty database of its own."""
    return Service(folder, database_url=postgres.new_database()) if engine == "postgresql" else Service(folder)


async def answers_up_to(anna: Browser, question: str) -> None:
    """A new entry, up to this question."""
    for said in ("/start", "English", "/new"):
        await anna.types(said)
    while (here := anna.page.screen.removeprefix("filling/")) != question:
        await anna.types(ANSWERS[here])


class Speaker:
    """Somebody who changes their title again and again. `said`: how many were shown as saved."""

    def __init__(self, ben: Browser) -> None:
        self.said = 0
        self._again = asyncio.Event()
        self.task = asyncio.create_task(self._goes_on(ben))

    async def _goes_on(self, ben: Browser) -> None:
        await answers_up_to(ben, "title")
        for number in itertools.count(1):
            await ben.types(f"Title number {number}")
            self.said = number
            self._again.set()
            await ben.taps(".back")

    async def has_said(self, number: int) -> None:
        while self.said < number:
            await self._again.wait()
            self._again.clear()


def titles(session: Session) -> list[str]:
    """Every title that the speaker ever said, in order."""
    rows = session.exec(select(HistoryRow).where(HistoryRow.key == "title").order_by(HistoryRow.id))  # type: ignore[arg-type]
    return [row.value for row in rows if str(row.value).startswith("Title number")]


async def read(service: Service) -> tuple[list[str], int, dict[tuple[str, str], Any]]:
    """What a database has, in a form that is the same on both engines."""
    database = await Database.open(service.environment["STOCKTAKING_DATABASE_URL"])

    def everything(session: Session) -> tuple[list[str], int, dict[tuple[str, str], Any]]:
        answers = {(row.draft_id, row.key): (row.value, row.at) for row in session.exec(select(AnswerRow))}
        return titles(session), len(session.exec(select(PersonRow)).all()), answers

    try:
        return await database.read(everything)
    finally:
        await database.close()


@pytest.mark.feature("S15", "D1")
@pytest.mark.parametrize("engine", ENGINES)
async def test_a_backup_made_while_people_answer_is_restored_elsewhere_with_everything(
    engine: str, tmp_path: Path
) -> None:
    archive = tmp_path / "backup.tar"
    async with service_on(engine, tmp_path / "here") as here, Browser(here.url) as anna, Browser(here.url) as ben:
        await answers_up_to(anna, "documents")
        await anna.sends("lake.jpg", PICTURE, "image/jpeg")
        speaker = Speaker(ben)
        await speaker.has_said(5)
        before = speaker.said
        code, out, errors = await here.command("backup", str(archive))
        assert code == 0, errors
        assert "1 files" in out
        await speaker.has_said(speaker.said + 2)  # the service goes on
        speaker.task.cancel()
        code, _, errors = await here.command("backup", str(archive))
        assert code == 1 and "exists already" in errors
        assert "no backup was made" not in (await here.command("doctor"))[1]
        cookies = [(cookie.key, cookie.value) for cookie in anna.client.cookie_jar]
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    there = service_on(engine, tmp_path / "there")
    code, out, errors = await there.command("restore", str(archive))
    assert code == 0, errors
    async with there, Browser(there.url) as later:
        later.client.cookie_jar.clear()
        later.client.cookie_jar.update_cookies(dict(cookies), URL(there.url))
        await later.types("/continue")
        assert later.page.screen == anna.page.screen
        assert not any("does not answer" in line for line in later.page.lines)
        running = await there.command("restore", str(archive), "--replace")
        assert running[0] == 1 and len(running[2].splitlines()) == 1, running
    kept, people, answers = await read(there)
    assert kept == [f"Title number {number}" for number in range(1, len(kept) + 1)]
    assert before <= len(kept) <= speaker.said + 1
    for place in ("here", "there"):
        files = (tmp_path / place / "files").iterdir()
        assert [path.read_bytes() for path in files if path.is_file()] == [PICTURE]
    code, out, errors = await there.command("restore", str(archive))
    assert code == 1 and "--replace" in errors
    # The same archive on the other engine has the same in it: how one moves from SQLite to PostgreSQL.
    if postgres.binaries() is not None:
        other = service_on("sqlite" if engine == "postgresql" else "postgresql", tmp_path / "other")
        code, _, errors = await other.command("restore", str(archive))
        assert code == 0, errors
        again = await read(other)
        assert again[0] == kept[: len(again[0])] and again[1] <= people
        assert {key: value for key, value in again[2].items() if key[1] != "title"}.items() <= answers.items()
        code, _, errors = await other.command("restore", str(archive), "--replace")
        assert code == 0, errors
        assert await read(other) == again
        async with other, Browser(other.url) as new:  # new rows get new numbers
            await new.types("/start")


@pytest.mark.feature("S15")
async def test_a_damaged_or_cut_off_backup_is_refused_before_anything_is_touched(tmp_path: Path) -> None:
    here, there = Service(tmp_path / "here"), Service(tmp_path / "there")
    await here.command("migrate")
    (tmp_path / "here" / "files").mkdir()
    (tmp_path / "here" / "files" / "one").write_bytes(PICTURE)
    whole = tmp_path / "whole.tar"
    assert (await here.command("backup", str(whole)))[0] == 0
    cut, changed, newer, hostile = (tmp_path / name for name in ("cut.tar", "changed.tar", "newer.tar", "hostile.tar"))
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    changed.write_bytes(whole.read_bytes().replace(b"picture of the lake", b"picture of the lock", 1))
    rewritten(whole, newer, (b'"format": 1', b'"format": 2'))
    rewritten(whole, hostile, rename={"files/one": "../../outside"})
    for broken, why in (
        (cut, "only a part of one"),
        (changed, "is damaged: files/one"),
        (newer, "made by a newer program"),
        (hostile, "does not belong there"),
    ):
        code, out, errors = await there.command("restore", str(broken))
        assert (code, out) == (1, ""), broken
        assert why in errors and len(errors.splitlines()) == 1, errors
    assert not (tmp_path / "there" / "stocktaking.sqlite3").exists()
    assert not list((tmp_path / "there" / "files").iterdir())
    assert not (tmp_path / "outside").exists()


def rewritten(
    source: Path, target: Path, manifest: tuple[bytes, bytes] = (b"", b""), rename: dict[str, str] | None = None
) -> None:
    """Another archive of the same, with something else in its manifest, and checksums that fit."""
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        sums: dict[str, str] = {}
        for entry in old:
            content = old.extractfile(entry)
            assert content is not None
            text = content.read()
            if entry.name == "checksums.json":
                text = json.dumps(sums).encode()
            elif entry.name == "manifest.json":
                text = text.replace(*manifest)
            entry.name, entry.size = (rename or {}).get(entry.name, entry.name), len(text)
            sums[entry.name] = hashlib.sha256(text).hexdigest()
            new.addfile(entry, io.BytesIO(text))
