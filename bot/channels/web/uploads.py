"""Files that people send with the browser: bounded beforehand, streamed to the folder, under a random name.

A file is `<id>.part` while it comes in, and `<id>` when all of it is on the disk. Whatever goes wrong before that
leaves nothing; what a killed process leaves is swept (`bot.file_store`).
"""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from dialogs.answers.text import clean
from dialogs.domain.events import FileRef

__all__ = ["LARGEST", "Form", "has_room", "is_kept", "receive"]

LARGEST = 25_000_000
"""Bytes that are kept: a little above what any question takes, so that it can say so itself."""

HOPELESS = 100_000_000
"""Bytes of a request from which on nothing is read, not even to answer kindly."""

AROUND = 20_000
"""Bytes that a form has around its file: boundaries, headers, the other fields."""

LONGEST_FIELD = 1_000
MOST_FIELDS = 4
"""Fields beside the file; the page's form has two."""

CHUNK = 1 << 16
PATIENCE = 30.0
"""Seconds within which the next piece must come."""
ALL = 900.0
"""Seconds for all of it: a large file over a slow line."""

SAFE_KIND = re.compile(r"[\w.+-]+/[\w.+-]+")
UNREADABLE = (ValueError, LookupError, AssertionError, RuntimeError, HttpProcessingError, web.RequestPayloadError)
"""What the reader of forms raises when a form is none."""


@dataclass
class Form:
    """A form as it came: its fields, and the file, when it bore one."""

    fields: dict[str, str] = field(default_factory=dict)
    file: FileRef | None = None


def has_room(folder: Path, floor: int) -> bool:
    """Whether the disk has more than `floor` bytes left: the database needs them more than any file."""
    return shutil.disk_usage(folder).free - LARGEST > floor


def is_kept(request: web.Request) -> bool:
    """Whether the file of a request is small enough to be kept, by the size that the request names beforehand."""
    return (request.content_length or 0) <= LARGEST + AROUND


@asynccontextmanager
async def receive(request: web.Request, folder: Path, *, keep: bool) -> AsyncIterator[Form]:
    """The form of an upload. Its file is in the folder, if `keep`, until the block ends badly: then it is gone.

    Raises the refusal of a form that is none, names no size, is far too large, has two files, or comes too slowly.
    """
    if not request.content_type.startswith("multipart/"):
        raise web.HTTPUnsupportedMediaType
    if request.content_length is None:
        raise web.HTTPLengthRequired
    if request.content_length > HOPELESS:
        raise web.HTTPRequestEntityTooLarge(HOPELESS, request.content_length)
    form, id = Form(), secrets.token_hex(16)
    try:
        async with asyncio.timeout(ALL):
            await _read(request, form, id, folder if keep else None)
        yield form
    except TimeoutError:
        await asyncio.to_thread(_discard, folder, id)
        raise web.HTTPRequestTimeout from None
    except UNREADABLE:
        await asyncio.to_thread(_discard, folder, id)
        raise web.HTTPBadRequest from None
    except BaseException:  # the browser is gone, or the service is told to stop
        _discard(folder, id)
        raise


async def _read(request: web.Request, form: Form, id: str, folder: Path | None) -> None:
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or _is_encoded(part):
            raise web.HTTPBadRequest
        if part.filename is not None:
            if form.file is not None:
                raise web.HTTPBadRequest
            form.file = await _file(part, id, folder)
        elif part.name and len(form.fields) < MOST_FIELDS:
            form.fields[part.name] = await _field(part)
        else:
            raise web.HTTPBadRequest


def _is_encoded(part: BodyPartReader) -> bool:
    """Whether a part is packed or written otherwise than browsers do: a little would be much, or something else."""
    transfer = part.headers.get("Content-Transfer-Encoding", "binary").lower()
    return "Content-Encoding" in part.headers or transfer not in ("7bit", "8bit", "binary")


async def _field(part: BodyPartReader) -> str:
    value = b""
    while chunk := await _next(part):
        value += chunk
        if len(value) > LONGEST_FIELD:
            raise web.HTTPBadRequest
    return value.decode()


async def _file(part: BodyPartReader, id: str, folder: Path | None) -> FileRef | None:
    """Read the file of a form; None when the form bore none. Too large a file is known only by its size."""
    name = clean(Path((part.filename or "").replace("\\", "/")).name)[:200]
    size = await _count(part) if folder is None or not name else await _keep(part, id, folder)
    if not name:
        return None
    kind = part.headers.get("Content-Type", "").split(";")[0].strip()
    return FileRef(id, f"folder:{id}", name, kind if SAFE_KIND.fullmatch(kind) else "application/octet-stream", size)


async def _count(part: BodyPartReader) -> int:
    size = 0
    while chunk := await _next(part):
        size += len(chunk)
    return size


async def _keep(part: BodyPartReader, id: str, folder: Path) -> int:
    size, coming = 0, folder / f"{id}.part"
    with await asyncio.to_thread(_create, coming) as target:
        while chunk := await _next(part):
            size += len(chunk)
            await asyncio.to_thread(target.write, chunk)
        await asyncio.to_thread(_to_disk, target)
    if 0 < size <= LARGEST:
        await asyncio.to_thread(_into_place, coming, folder / id)
    else:
        await asyncio.to_thread(coming.unlink)
    return size


async def _next(part: BodyPartReader) -> bytes:
    async with asyncio.timeout(PATIENCE):
        return bytes(await part.read_chunk(CHUNK))


def _create(path: Path) -> BinaryIO:
    """A new file that only its owner reads: it is somebody's draft."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _to_disk(target: BinaryIO) -> None:
    """An answer is acknowledged only when it would survive a power cut; so is a file."""
    target.flush()
    os.fsync(target.fileno())


def _into_place(coming: Path, place: Path) -> None:
    """Give a whole file its name, and have the name survive a power cut too."""
    coming.replace(place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _discard(folder: Path, id: str) -> None:
    (folder / f"{id}.part").unlink(missing_ok=True)
    (folder / id).unlink(missing_ok=True)
