"""Files that people send with the browser: streamed to the folder, under a random name."""

from __future__ import annotations

import asyncio
import os
import re
import secrets
from pathlib import Path
from typing import BinaryIO

from aiohttp import BodyPartReader, web

from dialogs.answers.text import clean
from dialogs.events import FileRef

__all__ = ["LARGEST", "receive"]

LARGEST = 25_000_000
"""Bytes that are kept: a little above what any question takes, so that it can say so itself."""

HOPELESS = 200_000_000
"""Bytes after which nothing is read any more, not even to answer kindly."""

CHUNK = 1 << 16
SAFE_KIND = re.compile(r"[\w.+-]+/[\w.+-]+")


async def receive(part: BodyPartReader, folder: Path) -> FileRef | None:
    """Keep the file of a form; None when the form bore none. Too large a file is known only by its size."""
    name = clean(Path((part.filename or "").replace("\\", "/")).name)[:200]
    if not name:
        return None
    id = secrets.token_hex(16)
    path, size = folder / id, 0
    with path.open("wb") as target:
        while chunk := await part.read_chunk(CHUNK):
            size += len(chunk)
            if size > HOPELESS:
                path.unlink()
                raise web.HTTPRequestEntityTooLarge(HOPELESS, size)
            if size <= LARGEST:
                await asyncio.to_thread(target.write, chunk)
        await asyncio.to_thread(_to_disk, target)
    if size == 0 or size > LARGEST:
        path.unlink(missing_ok=True)
    kind = part.headers.get("Content-Type", "").split(";")[0].strip()
    return FileRef(id, f"folder:{id}", name, kind if SAFE_KIND.fullmatch(kind) else "application/octet-stream", size)


def _to_disk(target: BinaryIO) -> None:
    """An answer is acknowledged only when it would survive a power cut; so is a file."""
    target.flush()
    os.fsync(target.fileno())
