"""Taking the hashes of files that have come in, in the background."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from pathlib import Path

from bot.app import App
from storage.receipts import hashes

__all__ = ["hashing", "sha256_of"]

log = logging.getLogger(__name__)

EVERY = 3.0
"""Seconds between two looks: mostly a file's hash is known long before its entry is sent."""
UNREADABLE = ""
"""Noted for a file that is not there: it is not looked for again, and no receipt covers it."""


async def hashing(app: App) -> None:
    """Take the hash of every file that has come in, for ever."""
    while True:
        await asyncio.sleep(EVERY)
        try:
            while ids := await app.database.read(hashes.missing):
                for id in ids:
                    await _note(app, id)
        except Exception as error:  # noqa: BLE001  the next look is as good
            log.warning("hashes of files are not taken yet (%s), trying again", type(error).__name__)


async def _note(app: App, id: str) -> None:
    found, now = await asyncio.to_thread(sha256_of, app.settings.files / id), app.turns.now()
    await app.database.write(lambda session: hashes.note(session, id, found or UNREADABLE, now))


def sha256_of(path: Path) -> str | None:
    """The SHA-256 of a file, hexadecimal; None when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
