"""`stocktaking mail`: what a mail server hands to us."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import typer

from bot.cli.runtime import with_app

__all__ = ["mail"]

mail = typer.Typer(help="Letters by mail that came back.", no_args_is_help=True)


@mail.callback()
def _group() -> None:
    """Letters by mail that came back."""


@mail.command()
def bounce() -> None:
    """Note a letter that came back, read from the standard input: for the mail server's alias of the sender."""
    from bot.app import App
    from bot.channels.mail.bounce import read_bounce
    from bot.channels.mail.letter import message_id
    from storage.messaging import bounces

    found = read_bounce(sys.stdin.buffer.read())
    if found is None:
        typer.echo("this is no failure of a letter of ours: nothing is noted")
        return

    async def note(app: App) -> bool:
        domain = app.settings.mail_sender.rpartition("@")[2]
        return await app.database.write(
            lambda session: bounces.take(
                session,
                found.token,
                found.message_id,
                found.cause,
                datetime.now(UTC),
                lambda notice, delivery, address: message_id(f"{notice}/{delivery}/{address}", domain),
            )
        )

    done = with_app(note)
    typer.echo(f"noted: {found.status}" if done else "no such letter is open: nothing is noted")
