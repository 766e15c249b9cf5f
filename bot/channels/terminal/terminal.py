"""The same conversation in a terminal: type an answer, a number, the name of a choice, or a command."""

from __future__ import annotations

import asyncio
import secrets
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TextIO, TypeVar

from bot.app import App
from bot.channels.terminal.text_renderer import as_text
from bot.offline import filled_file
from bot.questionnaire_check import check_questionnaires
from bot.services.offline_template import TemplateFile, template_of_draft
from bot.turns.outcome import Outcome
from dialogs.domain.events import Commanded, Event, FileRef, Said, Sent
from dialogs.domain.messages import M
from storage.engine.database import DatabaseUnavailable

__all__ = ["CHANNEL", "chat"]

T = TypeVar("T")

CHANNEL = "terminal"

SHORTEST_PAUSE, LONGEST_PAUSE = 0.2, 2.0
"""Seconds between tries while the database is away."""


async def chat(app: App, person: str, language: str | None, *, lines: TextIO = sys.stdin) -> None:
    """Talk until the input ends. `person` names who is talking, to find their drafts again."""
    spoken = language or "en"
    await _surely(app, spoken, lambda: check_questionnaires(app.database, app.turns.now()))
    outcome = await _surely(app, spoken, partial(app.turns.current, CHANNEL, person, language=language))
    print_outcome(app, outcome)
    while line := await asyncio.to_thread(lines.readline):
        update, event = secrets.token_hex(8), read_event(line)
        take = partial(app.turns.take, CHANNEL, person, update, event, language=language, under=outcome.stamp)
        outcome = await _surely(app, outcome.language, take)
        print_outcome(app, outcome)
        await _save_templates(app, outcome)
        await _surely(app, outcome.language, partial(app.turns.stored.shown, CHANNEL, update, person=outcome.person))


async def _save_templates(app: App, outcome: Outcome) -> None:
    """Write the templates that the screens send into the folder one is in, beside what is there."""
    for document in (each for screen in outcome.screens for each in screen.documents if each.send):
        made = await template_of_draft(app, outcome.person, document.draft, document.format, document.language)
        if made is not None:
            print(await asyncio.to_thread(_saved, made), end="\n\n", flush=True)


def _saved(made: TemplateFile) -> Path:
    """Where it was written: nothing of the same name is overwritten, as somebody may have filled it in."""
    path, number = Path(made.name), 1
    while path.exists():
        number += 1
        path = Path(made.name).with_stem(f"{Path(made.name).stem}-{number}")
    path.write_bytes(made.data)
    return path


async def _surely(app: App, language: str, act: Callable[[], Awaitable[T]]) -> T:
    """Do it, again while the database is away: that is said once, and what was typed is kept."""
    pause = 0.0
    while True:
        try:
            return await act()
        except DatabaseUnavailable:
            if not pause:
                print(app.words.say(M("odd.away"), language), end="\n\n", flush=True)
            pause = min(LONGEST_PAUSE, 2 * pause or SHORTEST_PAUSE)
            await asyncio.sleep(pause)


def read_event(line: str) -> Event:
    """A line of input as what the person did. `/template FILE` sends a template back."""
    text, at = line.strip(), datetime.now(UTC)
    if text.startswith("/") and len(text) > 1:
        name, _, argument = text[1:].partition(" ")
        path = Path(argument.strip())
        if name == "template" and argument.strip() and path.is_file():
            size = path.stat().st_size
            return Sent(FileRef(secrets.token_hex(16), "", path.name, "", size), at, filled=filled_file.read_path(path))
        return Commanded(name, at, argument)
    return Said(text, at)


def print_outcome(app: App, outcome: Outcome) -> None:
    for screen in outcome.screens:
        print(as_text(screen, app.words, outcome.language, outcome.zone), end="\n\n", flush=True)
