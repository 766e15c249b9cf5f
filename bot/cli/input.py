"""What organizers type on the command line, understood as in the chat; and one line for what is wrong with it."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Any, NoReturn

import typer

from dialogs.domain.values.geneva import GENEVA

__all__ = ["MOMENT", "NOT_CONFIRMED", "clock", "confirm", "counted", "fail", "in_geneva", "moment_of"]

MOMENT = "such as 2027-03-01T18:00; Geneva's time unless a zone is added"
NOT_CONFIRMED = 4
"""The exit code when nobody said yes."""


def moment_of(app: Any, text: str, *, closing: bool) -> datetime:
    """A moment as typed. A date alone is its end for a close, else nine in the morning."""
    from dialogs.domain.messages import Message
    from dialogs.organizers.datetime_input import END_OF_DAY, MORNING, read_moment

    default, today = END_OF_DAY if closing else MORNING, app.turns.now().astimezone(GENEVA).date()
    found = read_moment(text, app.turns.machine.world.vocabulary.months, GENEVA.key, default, today)
    if isinstance(found, Message):
        raise typer.BadParameter(f"{text}: expected a moment {MOMENT}")
    return found


def in_geneva(moment: datetime) -> str:
    """A moment in the words of the command line: `2027-03-01 23:59 (Geneva)`."""
    return f"{clock(moment)} (Geneva)"


def clock(moment: datetime | str) -> str:
    """A moment, or its ISO form, by Geneva's clock, for a column that says so: `2027-03-01 23:59`."""
    at = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return f"{at.astimezone(GENEVA):%Y-%m-%d %H:%M}"


def counted(number: int, what: str) -> str:
    """`1 fault`, `3 faults`."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def confirm(question: str, *, yes: bool) -> None:
    """Ask before something that hurts. Without a terminal there is nobody to ask: `--yes` has to be said."""
    if yes:
        return
    if not sys.stdin.isatty():
        typer.echo(f"stocktaking: {question} There is nobody to ask: say --yes.", err=True)
        raise typer.Exit(NOT_CONFIRMED)
    if not typer.confirm(question):
        raise typer.Exit(NOT_CONFIRMED)


def fail(what: str) -> NoReturn:
    """One line that says what is wrong, and exit code 1."""
    typer.echo(f"stocktaking: {what}", err=True)
    raise typer.Exit(1)
