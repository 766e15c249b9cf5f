"""`stocktaking backup` and `stocktaking restore`: everything that is kept, into one file and back."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.backup.archive import DATABASE, FILES, ArchiveError, pack, unpack
from bot.settings import Settings
from storage.backup import restore as engine_restore
from storage.engine import migrate, service_marks
from storage.engine.database import Database, Tables

__all__ = ["Restored", "backup", "restore"]


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did. `made`: when the backup was. `files`: how many came with it."""

    made: str
    files: int
    placed: engine_restore.Placed


async def backup(settings: Settings, target: Path) -> int:
    """Write the database and the files into a new file, while people go on answering; how many files there are.

    ArchiveError when the file exists: the last good backup is never written over. A backup that fails leaves nothing.
    """
    if target.exists():  # noqa: ASYNC240  nothing else runs
        raise ArchiveError(f"{target} exists already: name a new file")
    database = await Database.open(settings.database_url, Tables.OLDER)
    try:
        now = datetime.now(UTC)
        beside = target.absolute().parent  # noqa: ASYNC240
        with tempfile.TemporaryDirectory(prefix=".stocktaking-", dir=beside) as folder:
            snapshot, part = Path(folder) / DATABASE, Path(folder) / "part"
            last = await database.snapshot(snapshot)
            tables = await database.read(lambda session: migrate.present(session.connection()))
            about = {"made": now.isoformat(), "tables": tables, "engine": database.dialect, "last": last}
            with part.open("xb") as archive:
                files = pack(archive, snapshot, settings.files, about)
                archive.flush()
                os.fsync(archive.fileno())
            part.rename(target)
        if tables == migrate.head():
            await database.write(lambda session: service_marks.note(session, service_marks.BACKUP, now))
    finally:
        await database.close()
    return files


async def restore(settings: Settings, source: Path, *, replace: bool = False) -> Restored:
    """Put a backup in the place of the settings' database and files.

    It is unpacked and checked before anything is touched. `replace`: also when there are people's answers already; an
    SQLite file is moved aside then, the rows of a PostgreSQL database are gone. Files are put to those that are there:
    their names are random, and what no row names is swept by the service.
    """
    files = settings.files.absolute()
    files.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".stocktaking-", dir=files.parent) as temporary:
        folder = Path(temporary)
        about = unpack(source, folder)
        last = about.get("last", {})
        database = folder / DATABASE
        placed = await engine_restore.restore(settings.database_url, database, last, files, replace=replace)
        came = [path for path in (folder / FILES).rglob("*") if path.is_file()]
        for path in came:
            place = files / path.relative_to(folder / FILES)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, place)
    os.sync()
    return Restored(str(about.get("made", "")), len(came), placed)
