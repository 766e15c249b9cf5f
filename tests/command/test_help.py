"""Every command has help, and stands with all its options in the documentation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner

from bot.cli.main import app
from tests.service import FromNothing

ROOT = Path(__file__).parents[2]


def every_command(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from every_command(command, (*path, name))
        else:
            yield (*path, name), command


COMMANDS = dict(every_command(typer.main.get_command(app)))


@pytest.mark.parametrize("words", [(), ("entries",), ("entries", "export")], ids=" ".join)
async def test_help_is_had_everywhere(tmp_path: Path, words: tuple[str, ...]) -> None:
    code, out, errors = await FromNothing(tmp_path).command(*words, "--help")
    assert (code, errors) == (0, "")
    assert " ".join(("Usage: stocktaking", *words)) in out


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_a_command_helps_and_is_documented(path: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(app, [*path, "--help"], prog_name="stocktaking")
    assert shown.exit_code == 0
    assert f"Usage: stocktaking {' '.join(path)}" in shown.output
    row = next(line for line in documentation().splitlines() if f"| `stocktaking {' '.join(path)}` |" in line)
    for option in COMMANDS[path].params:
        assert option.help, f"{' '.join(path)} {option.name} has no help"
        assert option.opts[0] in row, f"{option.opts[0]} is not documented"


def documentation() -> str:
    return (ROOT / "docs" / "commands.md").read_text("utf-8")


def test_only_commands_that_exist_are_documented() -> None:
    named = [line.split("`")[1] for line in documentation().splitlines() if line.startswith("| `stocktaking ")]
    assert sorted(named) == sorted(f"stocktaking {' '.join(path)}" for path in COMMANDS)


def test_the_readme_names_only_commands_that_exist() -> None:
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    shown = [line.strip().split() for line in lines if line.startswith("    stocktaking ")]
    assert shown
    for words in shown:
        assert any(tuple(words[1 : 1 + len(path)]) == path for path in COMMANDS), " ".join(words)
