"""The folder of files that people send: what is kept there, what is let go, how files go out with an export."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import re
import shutil
import time
from datetime import datetime, timedelta
from pathlib import Path

from bot.app import App
from bot.pictures.metadata import is_picture, without_metadata
from storage.entries import files

__all__ = ["copy_file", "delete_broken_off", "delete_unnamed", "delete_unwanted", "settle", "tidying"]

log = logging.getLogger(__name__)

BROKEN_OFF = 3600.0
"""Seconds after its last byte from which on a file was broken off: far beyond the time limit of its coming."""

AGE_OF_UNNAMED = timedelta(days=1)
"""From this age on a file that no row names is needed by nothing: its row is written within minutes of it."""
OURS = re.compile(r"[0-9a-f]{32}")
"""How our files are called: whatever else stands in the folder was put there by somebody."""
A_LOOK = 500
"""Files that one look into the database is about."""

UNSAFE = re.compile(r"[^\w.() -]+")


async def settle(app: App, id: str) -> None:
    """After the turn of an uploaded file: it is ours when an answer names it, and goes when none does."""
    if await app.database.read(lambda session: files.is_named(session, id)):
        await app.database.write(lambda session: files.note(session, id, "kept"))
    else:
        await asyncio.to_thread(_unlink, app.settings.files / id)


async def tidying(app: App) -> None:
    """Delete for ever what people who asked to be forgotten had sent."""
    while True:
        try:
            await delete_unwanted(app)
            await asyncio.to_thread(delete_broken_off, app.settings.files)
        except Exception:
            log.exception("files could not be deleted, trying again")
        await asyncio.sleep(app.settings.housekeeping_seconds)


async def delete_unwanted(app: App) -> None:
    """Delete the bytes of files that the store wants gone, unless somebody else's draft names them too."""
    for id in await app.database.read(files.unwanted):
        if not await app.database.read(lambda session, id=id: files.is_named(session, id)):  # type: ignore[misc]
            await asyncio.to_thread(_unlink, app.settings.files / id)
        await app.database.write(lambda session, id=id: files.deleted(session, id))  # type: ignore[misc]


def delete_broken_off(folder: Path) -> None:
    """Delete what is left of files that were coming in when a process died."""
    for path in folder.glob("*.part"):
        with contextlib.suppress(FileNotFoundError):  # it has just come in, or another process was first
            if path.stat().st_mtime < time.time() - BROKEN_OFF:
                path.unlink()


async def delete_unnamed(app: App) -> None:
    """Delete files that nothing needs: of turns that were broken off, replaced pictures, what a restored database
    does not know.

    Files from before this database's first person stay: whoever starts the service with a new or wrong database by
    mistake loses none of those that the right one names.
    """
    first = await app.database.read(files.first_possible)
    if first is None:
        return
    old = await asyncio.to_thread(_between, app.settings.files, first, app.turns.now() - AGE_OF_UNNAMED)
    for start in range(0, len(old), A_LOOK):
        some = old[start : start + A_LOOK]
        unnamed = await app.database.read(lambda session, some=some: files.unnamed(session, some))  # type: ignore[misc]
        for id in unnamed:
            await asyncio.to_thread(_unlink, app.settings.files / id)
        if unnamed:
            log.info("deleted %d files that nothing names", len(unnamed))


def _between(folder: Path, first: datetime, last: datetime) -> list[str]:
    """Our files that were last written between two moments."""
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if OURS.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                with contextlib.suppress(FileNotFoundError):  # another process was first
                    written = entry.stat(follow_symlinks=False).st_mtime
                    found += [entry.name] if first.timestamp() < written < last.timestamp() else []
    return found


def _unlink(path: Path) -> None:
    path.unlink(missing_ok=True)


def copy_file(kept: Path, folder: Path, number: int, name: str, *, as_sent: bool = False) -> Path | None:
    """Copy a kept file into a folder as `1-name.pdf`: a picture without what it says of the people, unless it is wanted
    `as_sent`. Where it went; None when its bytes are not here (yet), or when it is a picture that cannot be cleaned.
    """
    if not kept.is_file():
        return None
    data = None if as_sent else kept.read_bytes()
    clean = without_metadata(data) if data is not None else None
    if data is not None and clean is None and is_picture(name, data):
        return None
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{number}-{_plain(name)}"
    if clean is not None:
        target.write_bytes(clean)
    else:
        shutil.copyfile(kept, target)
    return target


def _plain(name: str) -> str:
    """A name that every system takes: at most 100 characters, its ending kept."""
    plain = UNSAFE.sub("_", name).strip(". ") or "file"
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[:90]}{dot}{ending[:9]}" if stem else plain[:100]
