"""A screen as plain text: for terminals, and for people who read by ear. Nothing is lost without buttons."""

from __future__ import annotations

from collections.abc import Iterable

from bot.export.csv_tables import as_csv, plainly
from dialogs.screens import Choice, Kind, Screen, Style
from locales.words import Words

__all__ = ["as_text"]

MARKS = {Kind.NOTE: "· ", Kind.ERROR: "! ", Kind.ITEM: "  - ", Kind.QUOTE: "  "}
"""What stands before a line, so that its kind can be heard and seen without colour."""

UNFOLDED = ".choices"
"""The choice that shows a question's options again."""


def as_text(screen: Screen, words: Words, language: str, zone: str | None = None) -> str:
    """The screen in `language`: its lines, then its options by number, then the ways on in brackets."""
    lines = [f"{MARKS.get(line.kind, '')}{words.say(line.text, language, zone=zone)}" for line in screen.lines]
    if screen.table is not None:
        lines += as_csv(screen.table, lambda value: plainly(value, words, language)).splitlines()
    offered = _offered(screen)
    options = [choice for choice in offered if choice.style is not Style.QUIET]
    ways = [choice for choice in offered if choice.style is Style.QUIET]
    return "\n".join([*lines, *_numbered(options, words, language), *_bracketed(ways, words, language)])


def _offered(screen: Screen) -> list[Choice]:
    """The choices of the rows. Those of an earlier screen are listed again, as lines scroll out of sight."""
    offered = [choice for row in screen.rows for choice in row]
    if screen.details is None or not any(choice.code == UNFOLDED for choice in offered):
        return offered
    return [*screen.details.options, *(choice for choice in offered if choice.code != UNFOLDED)]


def _numbered(options: Iterable[Choice], words: Words, language: str) -> Iterable[str]:
    for choice in options:
        tick = {True: "[x] ", False: "[ ] ", None: ""}[choice.chosen]
        number = f"{choice.number}. " if choice.number is not None else "> "
        yield f"  {number}{tick}{words.say(choice.label, language)}"


def _bracketed(ways: Iterable[Choice], words: Words, language: str) -> Iterable[str]:
    said = [f"[{words.say(choice.label, language)}]" for choice in ways]
    return ["  " + "  ".join(said)] if said else []
