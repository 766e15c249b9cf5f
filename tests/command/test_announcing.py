"""Announcements from the command line: composed in a file, rehearsed, scheduled, kept back; and what a script hears."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from storage import announcements, people
from storage.database import Database
from storage.notices import Notice
from tests.service import Service

ANNOUNCEMENT = """
texts:
  en: The **call** is open
  fr: L’appel est ouvert
audience:
  languages: [en, fr]
buttons:
  - label: {en: Take part}
    url: https://www.itu.int/stocktaking
"""


@pytest.fixture
async def store(tmp_path: Path) -> Service:
    """Two people who said hello, one in English and one in Chinese. Nothing runs but the commands."""
    service = Service(tmp_path, announce_approval="false")
    database = await Database.open(service.environment["STOCKTAKING_DATABASE_URL"])

    def work(session: Session) -> None:
        for address, language in (("1", "en"), ("2", "zh")):
            people.arrive(session, "telegram", address, language=language, now=datetime.now(UTC))

    await database.write(work)
    await database.close()
    (tmp_path / "announcement.yaml").write_text(ANNOUNCEMENT, "utf-8")
    return service


async def kept(service: Service) -> list[Notice]:
    database = await Database.open(service.environment["STOCKTAKING_DATABASE_URL"])
    found = await database.read(announcements.listed)
    await database.close()
    return found


@pytest.mark.feature("A2", "A4", "A5")
async def test_a_file_is_rehearsed_refused_without_a_yes_and_scheduled_with_one(store: Service) -> None:
    file = str(store.folder / "announcement.yaml")
    at = f"{datetime.now(UTC) + timedelta(days=7):%Y-%m-%dT%H:%M}"
    code, out, _ = await store.command("announce", "--file", file, "--dry-run")
    assert code == 0 and "It goes to one person." in out
    code, _, errors = await store.command("announce", "--file", file, "--at", at)
    assert code == 4 and "--yes" in errors
    assert await kept(store) == []

    code, out, errors = await store.command("announce", "--file", file, "--at", at, "--yes")
    assert code == 0, errors
    assert "It is scheduled" in out
    [scheduled] = await kept(store)
    assert scheduled.state == "scheduled" and scheduled.due > datetime.now(UTC) + timedelta(days=6)
    assert scheduled.buttons[0]["url"] == "https://www.itu.int/stocktaking"


@pytest.mark.feature("A5")
async def test_what_keeps_it_and_what_is_wrong_is_said_with_its_own_exit_code(store: Service) -> None:
    code, _, errors = await store.command("announce", "--text", "en=Hello", "--audience", "languages=ru", "--yes")
    assert code == 3 and "Nobody would receive it" in errors
    code, _, errors = await store.command("announce", "--text", "en=Hello", "--at", "soon", "--yes")
    assert code not in (0, 3, 4) and "--at soon" in errors
    code, _, errors = await store.command("announce", "status", "7")
    assert code not in (0, 3, 4) and "no announcement 7" in errors
    assert await kept(store) == []


@pytest.mark.feature("A5")
async def test_where_a_second_organizer_is_needed_the_command_line_only_asks(store: Service) -> None:
    store.environment["STOCKTAKING_ANNOUNCE_APPROVAL"] = "true"
    code, out, errors = await store.command("announce", "--text", "en=Hello", "--yes")
    assert code == 3 and "A second organizer has to approve it" in errors
    assert "a second organizer approves and sends it in the chat" in out
    [waiting] = await kept(store)
    assert waiting.state == "draft" and waiting.approved_by is None
