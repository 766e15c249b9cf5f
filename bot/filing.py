"""The folder of files that people send: what is kept there, what is let go, how originals go out with an export."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import shutil
import time
from pathlib import Path

from bot.app import App
from storage import files

__all__ = ["copy_original", "delete_broken_off", "delete_unwanted", "settle", "tidying"]

log = logging.getLogger(__name__)

BROKEN_OFF = 3600.0
"""Seconds after its last byte from which on a file was broken off: far beyond the time limit of its coming."""

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


def _unlink(path: Path) -> None:
    path.unlink(missing_ok=True)


def copy_original(kept: Path, folder: Path, number: int, name: str) -> Path | None:
    """Copy a kept file into a folder as `1-name.pdf`; where it went, None when its bytes are not here (yet)."""
    if not kept.is_file():
        return None
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{number}-{_plain(name)}"
    shutil.copyfile(kept, target)
    return target


def _plain(name: str) -> str:
    """A name that every system takes: at most 100 characters, its ending kept."""
    plain = UNSAFE.sub("_", name).strip(". ") or "file"
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[:90]}{dot}{ending[:9]}" if stem else plain[:100]
