"""What the doctor finds when it reads everything: entries, receipts, files and the index against each other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from sqlmodel import Session

from bot.doctor.finding import Finding
from bot.file_hashes import sha256_of
from bot.settings import Settings
from storage.engine.database import Database, DatabaseError, Tables
from storage.entries import integrity
from storage.entries.integrity import KeptFile
from storage.search import rebuild

__all__ = ["look"]

SHOWN = 20
"""Findings of a kind that are named; the rest is counted."""
RESTORE = "Compare it with a backup: stocktaking backup files are SQLite databases in a tar archive"

CHECKS: tuple[tuple[str, Callable[[Session], Iterable[str]], str], ...] = (
    ("every reference that was given has its entry", integrity.references, RESTORE),
    ("every entry has all its versions", integrity.entries, RESTORE),
    ("receipts are borne out, and their chains are whole", integrity.receipts, RESTORE),
    ("the register's index is what the entries say", rebuild.differences, "Run stocktaking register rebuild"),
)
"""What holds, how it is looked at, what to do where it does not."""


async def look(settings: Settings) -> list[Finding]:
    """Findings about everything that is kept. A database that cannot be opened is reported elsewhere."""
    try:
        database = await Database.open(settings.database_url, Tables.LEAVE)
    except DatabaseError:
        return []
    try:
        found: list[Finding] = []
        for holds, check, advice in CHECKS:
            problems = await database.look(lambda session, check=check: list(check(session)))  # type: ignore[misc]
            found += _findings(problems, holds, advice)
        kept = await database.look(integrity.files)
        problems = await asyncio.to_thread(lambda: list(_files(kept, settings.files)))
        return [*found, *_findings(problems, "every file is there, byte by byte", RESTORE)]
    finally:
        await database.close()


def _findings(problems: list[str], holds: str, advice: str) -> Iterator[Finding]:
    if not problems:
        yield Finding(False, holds)
    for problem in problems[:SHOWN]:
        yield Finding(True, problem, advice)
    if len(problems) > SHOWN:
        yield Finding(True, f"and {len(problems) - SHOWN} more of the kind", advice)


def _files(kept: list[KeptFile], folder: Path) -> Iterator[str]:
    """Files that are not there, or are not what they were when they came."""
    for file in kept:
        now = sha256_of(folder / file.id)
        if now is None:
            yield f"the file {file.id} is not in {folder}"
        elif file.sha256 and now != file.sha256:
            yield f"the file {file.id} has changed since it came"
