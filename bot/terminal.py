"""The same conversation in a terminal: type an answer, a number, the name of a choice, or a command."""

from __future__ import annotations

import asyncio
import secrets
import sys
from datetime import UTC, datetime
from typing import TextIO

from bot.app import App
from bot.plain import as_text
from bot.questionnaires import check_questionnaires
from bot.turn import Outcome
from dialogs.events import Commanded, Event, Said

__all__ = ["CHANNEL", "chat"]

CHANNEL = "terminal"


async def chat(app: App, person: str, language: str | None, *, lines: TextIO = sys.stdin) -> None:
    """Talk until the input ends. `person` names who is talking, to find their drafts again."""
    await check_questionnaires(app.database, app.turns.now())
    outcome = await app.turns.current(CHANNEL, person, language=language)
    print_outcome(app, outcome)
    while line := await asyncio.to_thread(lines.readline):
        update = secrets.token_hex(8)
        event, under = read_event(line), outcome.stamp
        outcome = await app.turns.take(CHANNEL, person, update, event, language=language, under=under)
        print_outcome(app, outcome)
        await app.turns.shown(CHANNEL, update, person=outcome.person)


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
