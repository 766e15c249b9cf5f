"""One service on an SQLite file. Commands may write beside it, for SQLite makes them take turns; a second service would
show people the same screens once more, and both would send.

The lock is on a file beside the database (`.service`). The operating system lets go of it when its process ends,
however it ends. On PostgreSQL several services are meant to run, and there is no such lock.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.engine.database import DatabaseError, sqlite_file

__all__ = ["hold", "is_held"]


@contextmanager
def hold(url: str) -> Iterator[None]:
    """Be the one service on this database; DatabaseError when another one is."""
    file = sqlite_file(url)
    if file is None:
        yield
        return
    path = _beside(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = _locked(path)
    if handle is None:
        raise DatabaseError(
            f"another service runs on {file}: stop it first, or set STOCKTAKING_DATABASE_URL to another file "
            "(several services at once need PostgreSQL)"
        )
    try:
        yield
    finally:
        path.unlink(missing_ok=True)  # while it is locked, so that nobody's fresh lock is taken away
        os.close(handle)


def is_held(url: str) -> bool:
    """Whether a service runs on this SQLite file now."""
    file = sqlite_file(url)
    if file is None or not _beside(file).exists():
        return False
    handle = _locked(_beside(file))
    if handle is None:
        return True
    _beside(file).unlink(missing_ok=True)
    os.close(handle)
    return False


def _beside(file: Path) -> Path:
    return file.with_name(f"{file.name}.service")


def _locked(path: Path) -> int | None:
    """A handle that has the lock on the file at `path`; None when another process has it."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        if _is_at(handle, path):
            return handle
        os.close(handle)  # its holder has just taken the file away: what we locked is no longer there


def _is_at(handle: int, path: Path) -> bool:
    try:
        there = path.stat()
    except FileNotFoundError:
        return False
    ours = os.fstat(handle)
    return (there.st_dev, there.st_ino) == (ours.st_dev, ours.st_ino)
