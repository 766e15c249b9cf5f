"""Who may read what we keep: the database, its log and the files are for the account of the service alone.

Everything that the program makes is (see the umask in `bot/cli/main.py`). What was made before, or copied here by hand,
is tightened when the service starts, and `doctor` tells of what is still open to others.
"""

from __future__ import annotations

import logging
import stat
from collections.abc import Iterator
from pathlib import Path

from bot.settings import ENV, Settings
from storage.engine.database import DatabaseError, sqlite_file

__all__ = ["open_to_others", "tighten"]

log = logging.getLogger(__name__)

OTHERS = stat.S_IRWXG | stat.S_IRWXO
OTHERS_OF_ENV = stat.S_IRWXO | stat.S_IWGRP
"""An `.env` of root's that the service's group may read is a usual way to install one."""
BESIDE = ("", "-wal", "-shm", ".service", ".courier")


def tighten(settings: Settings) -> None:
    """Take the rights of group and others away; what belongs to another account is warned about."""
    for path in open_to_others(settings):
        if path == Path(ENV):
            log.warning("%s holds secrets and can be read by others: chmod 600 %s", path, path)
            continue
        try:
            path.chmod(path.stat().st_mode & ~OTHERS)
        except OSError as error:
            log.warning("%s can be read by others and cannot be changed: %s", path, error.strerror)


def open_to_others(settings: Settings) -> list[Path]:
    """What group or others may read, write or enter: the database, the folder of files, and `.env`.

    The files need no look of their own: nobody gets to them through a folder that is closed.
    """
    found = [path for path in _kept(settings) if path.exists() and path.stat().st_mode & OTHERS]
    env = Path(ENV)
    return [*found, env] if env.exists() and env.stat().st_mode & OTHERS_OF_ENV else found


def _kept(settings: Settings) -> Iterator[Path]:
    try:
        database = sqlite_file(settings.database_url)
    except DatabaseError:
        database = None
    if database is not None:
        yield from (database.with_name(database.name + end) for end in BESIDE)
    yield settings.files
