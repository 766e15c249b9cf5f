"""The house's arrows: what may import what. The conversation stands alone; libraries stay in their rooms."""

from __future__ import annotations

import ast
import shutil
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

ROOMS: dict[str, str | tuple[str, ...]] = {
    "aiogram": "bot/channels/telegram",
    "telegram": "bot/delivery",
    "apscheduler": "bot/scheduling",
    "docx": "bot/report",
    "jinja2": ("bot/channels/mail", "bot/channels/web", "bot/pages", "bot/report"),
    "aiosmtplib": "bot/channels/mail",
    "typst": "bot/report",
}
"""Libraries that are imported in one folder only."""


def imports(path: Path) -> Iterator[str]:
    """The packages that a module imports: at its head, within a function, or by name."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module.partition(".")[0]
        elif isinstance(node, ast.Call) and _called(node.func) in ("import_module", "__import__"):
            named = node.args[0] if node.args else None
            yield str(named.value).partition(".")[0] if isinstance(named, ast.Constant) else "something by name"


def _called(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def broken(root: Path, room: str) -> list[str]:
    """What a room imports and must not, one line each."""
    return [
        f"{path.relative_to(root)} imports {name}"
        for path in sorted((root / room).rglob("*.py"))
        for name in imports(path)
        if name in FORBIDDEN[room] | {"something by name"}
    ]


@pytest.mark.parametrize("room", sorted(FORBIDDEN))
def test_a_room_imports_only_what_it_may(room: str) -> None:
    assert broken(ROOT, room) == []


def test_a_wrong_import_that_is_planted_in_the_conversation_is_named(tmp_path: Path) -> None:
    """In a copy: at the head of a module, of a part, within a function, for types alone, and by name."""
    shutil.copytree(ROOT / "dialogs" / "answers", tmp_path / "dialogs" / "answers")
    assert broken(tmp_path, "dialogs") == []
    planted = {
        "aiogram": "import aiogram",
        "sqlmodel": "from sqlmodel.main import SQLModel",
        "asyncio": "def later():\n    import asyncio",
        "storage": "if TYPE_CHECKING:\n    from storage import tables",
        "telegram": "import importlib\nimportlib.import_module('telegram.ext')",
        "bot": "__import__('bot')",
    }
    with (tmp_path / "dialogs" / "answers" / "text.py").open("a") as module:
        module.write("\n" + "\n".join(planted.values()))
    assert set(broken(tmp_path, "dialogs")) == {f"dialogs/answers/text.py imports {name}" for name in planted}


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
