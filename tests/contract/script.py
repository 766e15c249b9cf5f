"""The script: what a person types, line by line, and what they are shown. `script.md` is its only copy.

A line that begins with `> ` is typed. What follows is shown: `- ` before each line of text, and the choices in
brackets, a chosen one with a tick. What passes is written in capitals: the YEAR and
the CLOSE of the call, the N days left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

__all__ = ["PATH", "Shown", "Step", "read", "tidy", "write"]

PATH = Path(__file__).with_name("script.md")

HEAD = """# One conversation, word for word in every channel

What a person types stands after `>`; below it is what they are shown, in the browser, the terminal and Telegram alike.
Checked by `test_every_channel_says_the_same.py`; after a change of words, written anew by

    pytest tests/contract --write-script

"""

MARKS = re.compile("[\u200e\u200f\u2066-\u2069]")
CLOSE = re.compile(r"\d+ \w+ \d{4}, \d\d:\d\d \((?:\d+ \w+ \d{4}, \d\d:\d\d )?Geneva time\)")
"""When the call closes, in the reader's own clock where a channel knows it."""

DAYS = re.compile(r"(?:\d+|One) days? left")
YEAR = re.compile(r"\b20(?:2[6-9]|[3-9]\d)\b")


@dataclass(frozen=True)
class Shown:
    """One screen: its lines without decoration, and its choices, in no order that counts (channels differ)."""

    lines: tuple[str, ...]
    choices: tuple[str, ...]

    @classmethod
    def of(cls, lines: Iterable[str], choices: Iterable[str]) -> Shown:
        """A screen as a channel shows it, with what passes with time taken out."""
        parts = [part for line in lines for part in tidy(line).splitlines() if part.strip()]
        return cls(
            tuple(_timeless(part.strip()) for part in parts),
            tuple(sorted(tidy(choice).strip() for choice in choices)),
        )


@dataclass(frozen=True)
class Step:
    """What was typed, and what it led to."""

    said: str
    shown: Shown


def tidy(text: str) -> str:
    """A text without marks of direction and with plain spaces."""
    return MARKS.sub("", text).replace("\u00a0", " ").replace("\u202f", " ")


def _timeless(line: str) -> str:
    line = DAYS.sub("N days left", CLOSE.sub("CLOSE", line))
    return YEAR.sub("YEAR", line)


def read() -> tuple[Step, ...]:
    """The script as it stands."""
    steps: list[Step] = []
    for block in re.split(r"^> ", PATH.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        said, *rest = block.splitlines()
        lines = [line[2:] for line in rest if line.startswith("- ")]
        choices = [
            choice for line in rest if line.startswith("[") for choice in re.findall(r"\[(.+?)\](?= \[|$)", line)
        ]
        steps.append(Step(said, Shown(tuple(lines), tuple(sorted(choices)))))
    return tuple(steps)


def write(said: Iterable[str], shown: Iterable[Shown]) -> None:
    """Write the script with what is shown now."""
    blocks = []
    for words, screen in zip(said, shown, strict=True):
        lines = "".join(f"- {line}\n" for line in screen.lines)
        choices = " ".join(f"[{choice}]" for choice in screen.choices)
        blocks.append(f"> {words}\n\n{lines}" + (f"\n{choices}\n" if choices else ""))
    PATH.write_text(HEAD + "\n".join(blocks), encoding="utf-8")
