"""The script in a terminal: `stocktaking chat` as a process, all lines piped into it."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tests.contract.script import Shown
from tests.service import Service

__all__ = ["plays"]

ROOT = Path(__file__).parents[2]
OPTION = re.compile(r"  (?:\d+\. |> )(?P<label>(?:\[[x ]\] )?\S.*)")
WAYS = re.compile(r"  \[.+\]")
DECORATION = re.compile(r"^(?:· |! |  - |  )")


async def plays(said: Sequence[str], folder: Path) -> list[Shown]:
    """What is shown after each line; the screen before the first is not of the script."""
    service = Service(folder)
    await service.in_season()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.cli.main", "chat", "--as", "anna"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=service.environment,
        cwd=ROOT,
    )
    out, errors = await process.communicate("".join(f"{line}\n" for line in said).encode())
    assert process.returncode == 0, errors.decode()
    return list(_screens(out.decode().splitlines()))[1:]


def _screens(lines: Iterable[str]) -> Iterator[Shown]:
    """A screen ends with its choices: the first other line after them begins the next."""
    texts: list[str] = []
    choices: list[str] = []
    for line in filter(str.strip, lines):
        found = list(_choices(line))
        if choices and not found:
            yield Shown.of(texts, choices)
            texts, choices = [], []
        choices += found
        if not found:
            texts.append(DECORATION.sub("", line))
    yield Shown.of(texts, choices)


def _choices(line: str) -> Iterator[str]:
    option = OPTION.fullmatch(line)
    if option:
        yield option["label"].replace("[x] ", "✓ ").replace("[ ] ", "")
    elif WAYS.fullmatch(line):
        yield from line.strip()[1:-1].split("]  [")
