"""`stocktaking database`: the database as a whole."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.runtime import settings

__all__ = ["database"]

database = typer.Typer(help="The database as a whole.", no_args_is_help=True)

REHEARSAL = (
    "The service was running: this was a rehearsal, and what is said from now on is missing at the target.",
    "Stop the service, copy once more with --replace, and start it on the target.",
)
DONE = "Set STOCKTAKING_DATABASE_URL to the target and start the service: the folder of files stays where it is."


@database.command("copy")
def copy_database(
    target: Annotated[
        str,
        typer.Option(
            "--to",
            envvar="DATABASE_COPY_TO",
            help="sqlite:///path or postgresql://user:password@host/name. In DATABASE_COPY_TO no password is seen.",
        ),
    ],
    replace: Annotated[bool, typer.Option(help="Also when people's answers stand there already.")] = False,
) -> None:
    """Copy everything to another database, on either engine, and compare the two row by row."""
    from storage.backup.copying import copy

    known = settings()
    known.files.absolute().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".stocktaking-", dir=known.files.absolute().parent) as folder:
        done = asyncio.run(copy(known.database_url, target, known.files.absolute(), Path(folder), replace=replace))
    print(f"{done.rows:,} rows copied and compared: both databases have the same.")
    if done.held:
        print(f"Held back there, for they go out from here: announcements {', '.join(map(str, done.held))}.")
    for line in REHEARSAL if done.is_rehearsal else (DONE,):
        print(line)
