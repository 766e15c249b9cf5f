"""The script: what a person types, line by line, and what they are shown. `script.md` is its only copy.

A line that begins with `> ` is typed. What follows is shown: `- ` before each line of text, and the choices in
brackets, a chosen one with a tick. Where the page shows more, or the same in its field and its buttons, that follows
under `In the browser:`. What passes is written in capitals: the YEAR and the CLOSE of the call, the N days left, the
MOMENT at which an entry was received.
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
Where a page has room for more than a message, what it shows stands apart.
Checked by `test_every_channel_says_the_same.py`; after a change of words, written anew by

    pytest tests/contract --write-script

"""

APART = "In the browser:"

MARKS = re.compile("[\u200e\u200f\u2066-\u2069]")
CLOSE = re.compile(r"\d+ \w+ \d{4}, \d\d:\d\d \((?:\d+ \w+ \d{4}, \d\d:\d\d )?Geneva time\)")
"""When the call closes, in the reader's own clock where a channel knows it."""

RECEIVED = re.compile(rf"received it on {CLOSE.pattern}")
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
    page: Shown  # the same, where the page shows nothing else


def tidy(text: str) -> str:
    """A text without marks of direction and with plain spaces."""
    return MARKS.sub("", text).replace("\u00a0", " ").replace("\u202f", " ")


def _timeless(line: str) -> str:
    line = RECEIVED.sub("received it on MOMENT", line)
    line = DAYS.sub("N days left", CLOSE.sub("CLOSE", line))
    return YEAR.sub("YEAR", line)


def read() -> tuple[Step, ...]:
    """The script as it stands."""
    steps: list[Step] = []
    for block in re.split(r"^> ", PATH.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        said, _, rest = block.partition("\n")
        everywhere, apart, page = rest.partition(f"{APART}\n")
        shown = _read(everywhere)
        steps.append(Step(said, shown, _read(page) if apart else shown))
    return tuple(steps)


def _read(text: str) -> Shown:
    lines = [line[2:] for line in text.splitlines() if line.startswith("- ")]
    found = [re.findall(r"\[(.+?)\](?= \[|$)", line) for line in text.splitlines() if line.startswith("[")]
    return Shown(tuple(lines), tuple(sorted(choice for line in found for choice in line)))


def _written(screen: Shown) -> str:
    lines = "".join(f"- {line}\n" for line in screen.lines)
    choices = " ".join(f"[{choice}]" for choice in screen.choices)
    return lines + (f"\n{choices}\n" if choices else "")


def write(said: Iterable[str], shown: Iterable[Shown], pages: Iterable[Shown]) -> None:
    """Write the script with what is shown now, everywhere and on the page."""
    blocks = []
    for words, screen, page in zip(said, shown, pages, strict=True):
        apart = f"\n{APART}\n\n{_written(page)}" if page != screen else ""
        blocks.append(f"> {words}\n\n{_written(screen)}{apart}")
    PATH.write_text(HEAD + "\n".join(blocks), encoding="utf-8")
