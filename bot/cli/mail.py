"""`stocktaking mail`: what a mail server hands to us."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import typer

from bot.cli.runtime import with_app

__all__ = ["mail"]

AGAIN = 75
"""What mail servers understand as: not now, keep it and try again (EX_TEMPFAIL of sysexits.h)."""

mail = typer.Typer(help="What comes in by mail.", no_args_is_help=True)


@mail.callback()
def _group() -> None:
    """What comes in by mail."""


@mail.command()
def receive() -> None:
    """Take in a message, read from the standard input: an answer to a letter, or a letter that came back."""
    from bot.app import App
    from bot.channels.mail.incoming import LONGEST
    from bot.services.incoming_mail import Taken, take_in
    from storage.engine.database import DatabaseError

    content = sys.stdin.buffer.read(LONGEST)
    while sys.stdin.buffer.read(LONGEST):
        pass  # a pipe that breaks would look to the server as if nothing had been taken

    async def take(app: App) -> Taken:
        return await take_in(app.database, content, datetime.now(UTC))

    try:
        typer.echo(with_app(take).value)
    except DatabaseError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(AGAIN) from None
