"""Announcements from the command line: composed in a file, rehearsed, scheduled, kept back; and what a script hears."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from storage.announcements import announcements
from storage.engine.database import Database
from storage.messaging import notices
from storage.messaging.notices import Notice
from storage.people import people
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


@pytest.mark.feature("B4")
async def test_a_rehearsal_says_who_is_left_out_and_why(store: Service) -> None:
    cut = ("--audience", "countries=KE", "--audience", "not_submitted")
    code, out, errors = await store.command("announce", "--text", "en=Hello", *cut, "--dry-run")
    assert code == 3 and "It goes to 0 people." in out, errors
    assert "2 people are left out because their country is not known." in out
    goals = ("--audience", "submitted", "--audience", "goals=4,9")
    _, out, errors = await store.command("announce", "--text", "en=Hello", *goals, "--dry-run")
    assert "It goes to 0 people." in out, errors


async def log(service: Service) -> str:
    return (await service.command("organizers", "log"))[1]


@pytest.mark.feature("S16")
@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("https://www.itu.int/stocktaking", "htp:/x", "button 1: htp:/x is no web address"),
        ("https://www.itu.int/", "https://www.itu.int@evil.example/", "button 1: https://www.itu.int@evil.example/"),
        ("Take part", "x" * 41, "a label has 1 to 40 characters"),
        ("  - label: {en: Take part}", "  - text: Take part", "button 1: expected a label and a url"),
        ("audience:", "topic: newz\naudience:", "topic newz: expected one of news"),
        ("  fr: L’appel", "  xx: L’appel", "xx: expected one of"),
        ("languages: [en, fr]", "countries: [Kenia, Nowhere]", "Nowhere is not in the list of countries"),
        ("languages: [en, fr]", "country: [KE]", "audience: there is no country; expected one of languages"),
        ("languages: [en, fr]", "lines: [C2, C12]", "audience, lines: C12 is none of C1, C2"),
        ("languages: [en, fr]", "states: [accepted]", "audience, states: accepted is none of received, in_review"),
        ("languages: [en, fr]", "entries: [2027-12]", "2027-12 is no reference such as WSIS-2027-000012"),
    ],
)
async def test_a_file_is_checked_as_the_chat_checks_it(store: Service, old: str, new: str, says: str) -> None:
    file = store.folder / "announcement.yaml"
    assert old in ANNOUNCEMENT
    file.write_text(ANNOUNCEMENT.replace(old, new), "utf-8")
    code, _, errors = await store.command("announce", "--file", str(file), "--yes")
    assert code == 1 and says in errors, errors
    assert len(errors.splitlines()) == 1
    assert await kept(store) == []


@pytest.mark.feature("S16")
async def test_a_rehearsal_leaves_no_trace_and_names_and_addresses_are_completed(store: Service) -> None:
    file = store.folder / "announcement.yaml"
    file.write_text(ANNOUNCEMENT.replace("https://www.itu.int", "www.itu.int").replace("fr]", "fr]\n  countries: [KE]"))
    before = await log(store)
    for more in (("--dry-run",), ()):
        await store.command("announce", "--file", str(file), "--audience", "countries=Kenya,France", *more)
    assert await log(store) == before
    file.write_text(ANNOUNCEMENT.replace("https://www.itu.int", "www.itu.int"))
    code, out, errors = await store.command("announce", "--file", str(file), "--yes")
    assert code == 0 and "Announcement 1:" in out, errors
    assert (await kept(store))[0].buttons[0]["url"] == "https://www.itu.int/stocktaking"


@pytest.mark.feature("S16")
async def test_where_two_organizers_are_needed_the_command_line_is_never_the_second_and_the_moment_is_kept(
    store: Service,
) -> None:
    store.environment["STOCKTAKING_ANNOUNCE_APPROVAL"] = "true"
    at = datetime.now(UTC) + timedelta(days=7)
    code, _, _ = await store.command("announce", "--text", "en=Hello", "--at", f"{at:%Y-%m-%dT%H:%M}", "--yes")
    [waiting] = await kept(store)
    assert (code, waiting.state) == (3, "draft") and waiting.due > datetime.now(UTC) + timedelta(days=6)
    database = await Database.open(store.environment["STOCKTAKING_DATABASE_URL"])

    def running(session: Session) -> None:
        found = notices.get(session, waiting.id or 0)
        found.state, found.author = "running", 1

    await database.write(running)
    await database.close()
    code, _, errors = await store.command("announce", "change", "1", "--text", "en=Other")
    assert code == 1 and "texts are changed in the chat" in errors
    assert (await store.command("announce", "change", "1", "--text", "xx=Other"))[0] == 1
