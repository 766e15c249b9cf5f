"""The same conversation in a terminal: type an answer, a number, the name of a choice, or a command."""

from __future__ import annotations

import asyncio
import secrets
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from typing import TextIO, TypeVar

from bot.app import App
from bot.channels.terminal.text_renderer import as_text
from bot.questionnaire_check import check_questionnaires
from bot.turns.outcome import Outcome
from dialogs.domain.events import Commanded, Event, Said
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
        await _surely(app, outcome.language, partial(app.turns.stored.shown, CHANNEL, update, person=outcome.person))


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
    """A line of input as what the person did."""
    text, at = line.strip(), datetime.now(UTC)
    if text.startswith("/") and len(text) > 1:
        name, _, argument = text[1:].partition(" ")
        return Commanded(name, at, argument)
    return Said(text, at)


def print_outcome(app: App, outcome: Outcome) -> None:
    for screen in outcome.screens:
        print(as_text(screen, app.words, outcome.language, outcome.zone), end="\n\n", flush=True)
