"""While an organizer's figures are read, nobody else waits: SQLite's one writer is free meanwhile."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from storage.announcements import audiences
from storage.calls import statistics
from storage.contacts import reachability
from storage.engine.database import Database
from storage.entries import entry_search
from tests.driver import Person

LONG = 60


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """SQLite only: on PostgreSQL turns of different people never wait for each other."""
    opened = await Database.open(f"sqlite:///{tmp_path}/stocktaking.sqlite3")
    yield opened
    await opened.close()


class Gate:
    """Keeps whoever comes to a function until `opens`: as long as a look at 140,000 people may take, and longer."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, module: object, name: str) -> None:
        self.reached, self.opened = threading.Event(), threading.Event()
        inner = getattr(module, name)

        def slowly(*arguments: Any, **more: Any) -> Any:
            self.reached.set()
            assert self.opened.wait(LONG)
            return inner(*arguments, **more)

        monkeypatch.setattr(module, name, slowly)

    async def is_reached(self) -> None:
        assert await asyncio.to_thread(self.reached.wait, LONG)


LOOKS = {
    "stats": (statistics, "read"),
    "contacts": (reachability, "by_country_and_language"),
    "entries": (entry_search, "page"),
}


@pytest.mark.parametrize("command", LOOKS)
async def test_others_are_answered_while_an_organizer_waits_for_figures(
    olga: Person, anna: Person, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    await olga.does("organize")
    gate = Gate(monkeypatch, *LOOKS[command])
    asking = asyncio.create_task(olga.does(command))
    await gate.is_reached()
    await anna.does("help")
    anna.sees("/sections")
    assert not asking.done()
    gate.opened.set()
    await asking
    assert olga.screen.name.startswith("organize_")


async def test_others_are_answered_while_an_audience_is_counted(
    olga: Person, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await olga.does("announcements")
    await olga.taps("New announcement")
    await olga.does("announcements")
    gate = Gate(monkeypatch, audiences, "by_language")
    asking = asyncio.create_task(olga.taps("see:1"))
    await gate.is_reached()
    await anna.does("help")
    gate.opened.set()
    assert (await asking).name == "organize_announcement"
