"""The house's arrows: what may import what. The conversation stands alone; libraries stay in their rooms."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

FORBIDDEN = {
    "dialogs": {
        *("bot", "storage", "locales", "aiogram", "telegram", "sqlmodel", "sqlalchemy", "asyncio", "aiohttp"),
        *("babel", "apscheduler", "jinja2", "typer"),
    },
    "storage": {"bot", "locales", "aiogram", "telegram", "aiohttp", "babel", "apscheduler"},
    "locales": {"bot", "storage", "aiogram", "telegram", "sqlmodel", "sqlalchemy", "aiohttp", "apscheduler"},
}

ROOMS = {
    "aiogram": "bot/telegram",
    "telegram": "bot/courier",
    "apscheduler": "bot/calls",
    "jinja2": "bot/webchat",
}
"""Libraries that are imported in one folder only."""


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module.partition(".")[0]


@pytest.mark.parametrize("room", sorted(FORBIDDEN))
def test_a_room_imports_only_what_it_may(room: str) -> None:
    broken = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sorted((ROOT / room).rglob("*.py"))
        for name in imports(path)
        if name in FORBIDDEN[room]
    ]
    assert not broken


@pytest.mark.parametrize("library", sorted(ROOMS))
def test_a_library_stays_in_its_room(library: str) -> None:
    strays = [
        str(path.relative_to(ROOT))
        for folder in ("bot", "dialogs", "locales", "storage")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if library in set(imports(path)) and not str(path.relative_to(ROOT)).startswith(ROOMS[library])
    ]
    assert not strays


def test_the_conversation_reads_no_clock() -> None:
    """A step is a pure function: the moment comes in with the event."""
    readers = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "dialogs").rglob("*.py"))
        if any(call in path.read_text() for call in ("datetime.now(", "time.time(", "date.today(", "random."))
    ]
    assert not readers
