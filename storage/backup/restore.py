"""Putting a snapshot (`Database.snapshot`) in the place of a database, on either engine.

Nothing is restored under a service that runs, nor over what people have said unless that is wished. On PostgreSQL it is
one transaction; on SQLite the file is put in place by one rename, and the old one stays beside it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from storage.backup import restore_cleanup, snapshots
from storage.engine import service_lock
from storage.engine.database import Database, DatabaseError, sqlite_file

__all__ = ["Placed", "restore"]

NOT_EMPTY = "{place} holds people's answers already: restore into an empty database, or say --replace"
RUNNING = "a service or command is using {place}: stop it first, on every machine"


@dataclass(frozen=True, slots=True)
class Placed:
    """A snapshot in its place. `held`: announcements that were held back (`storage.backup.restore_cleanup`).
    `aside`: where an SQLite file that was replaced is now.
    """

    held: list[int]
    aside: Path | None = None


async def restore(
    url: str, snapshot: Path, last: Mapping[str, int], files: Path, *, replace: bool, hold_back: bool = True
) -> Placed:
    """Put the snapshot in the place of the database at `url`. `last`: what `Database.snapshot` returned.

    The snapshot's tables are upgraded first; DatabaseError when they are newer than this program. `files`: the folder
    of files here. `replace`: also when the database is not empty. `hold_back`: whether somebody may have been written
    to since the snapshot was made.
    """
    now = datetime.now(UTC)
    coming = await Database.open(f"sqlite:///{snapshot}")
    try:
        held = await coming.write(lambda session: restore_cleanup.hold_back(session, now)) if hold_back else []
        await coming.write(lambda session: restore_cleanup.move_folder(session, files))
    finally:
        await coming.close()
    file = sqlite_file(url)
    if file is None:
        await _on_server(url, snapshot, last, replace)
        return Placed(held)
    with service_lock.hold(url):
        return Placed(held, _on_file(file, snapshot, replace))


def _aside(path: Path, now: datetime) -> Path:
    """Move what is at `path` out of the way, under a name with the moment; where it is now."""
    there = path.with_name(f"{path.name}.replaced-{now:%Y%m%dT%H%M%S}")
    path.rename(there)
    return there


def _on_file(file: Path, snapshot: Path, replace: bool) -> Path | None:
    old = None
    if file.exists():
        empty = _is_empty(file)
        if not empty and not replace:
            raise DatabaseError(NOT_EMPTY.format(place=file))
        if empty:
            file.unlink()
        else:
            old = _aside(file, datetime.now(UTC))
    for end in ("-wal", "-shm"):
        file.with_name(file.name + end).unlink(missing_ok=True)
    coming = file.with_name(f"{file.name}.restoring")
    shutil.copyfile(snapshot, coming)  # the snapshot may be on another disk, from which nothing can be renamed
    with coming.open("rb") as kept:
        os.fsync(kept.fileno())
    coming.rename(file)
    return old


def _is_empty(file: Path) -> bool:
    """Looked at through SQLite, which takes what is in the write-ahead log into the file as it closes it."""
    engine = create_engine(f"sqlite:///{file}")
    try:
        with closing(engine.connect()) as connection:
            return snapshots.is_empty(connection)
    except SQLAlchemyError as error:
        raise DatabaseError(f"cannot use {file}: {getattr(error, 'orig', None) or error}") from None
    finally:
        engine.dispose()


async def _on_server(url: str, snapshot: Path, last: Mapping[str, int], replace: bool) -> None:
    from storage.engine.postgresql import patient

    database = await Database.open(url)
    await database.close()
    async with patient(make_url(url)) as engine, engine.begin() as connection:
        if await snapshots.others(connection):
            raise DatabaseError(RUNNING.format(place=database.place))
        if not replace and not await connection.run_sync(snapshots.is_empty):
            raise DatabaseError(NOT_EMPTY.format(place=database.place))
        await snapshots.copy_into(connection, snapshot, last)
