"""A database copied to another one, on either engine, and compared with it row by row.

What is copied is the database at one moment, so the service may go on meanwhile: that is a rehearsal, which tells how
long it takes. The copy that counts is made when the service has stopped. A copy that breaks off has changed nothing at
its target, and is begun again.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, create_engine
from sqlalchemy.engine import make_url

from storage.backup import restore, snapshots
from storage.engine import service_lock
from storage.engine.database import Database, DatabaseError, Tables, sqlite_file

__all__ = ["Copied", "copy"]

DIFFERENT = "{place} has other rows than the database it was copied from, in: {tables}. Copy again with --replace"


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy came to. `rows`: of all tables. `is_rehearsal`: a service was using the source. `held`: announcements
    that are held back at the target for that reason, as they go out from the source.
    """

    rows: int
    is_rehearsal: bool
    held: list[int]


async def copy(source: str, target: str, files: Path, folder: Path, *, replace: bool) -> Copied:
    """Copy everything from the database at one address to that at another one, and compare them.

    `folder`: for the snapshot, as large as the database. `files`: the folder of files, which both use. `replace`: also
    when people's answers stand at the target; they are moved aside (SQLite) or gone. DatabaseError when the target
    cannot be used, is used by a service, or is not the same afterwards.
    """
    if _same(source, target):
        raise DatabaseError("the copy would go to the database that it comes from: name another one")
    is_rehearsal = await _is_in_use(source)
    snapshot = folder / "snapshot.db"
    database = await Database.open(source, Tables.LEAVE)
    try:
        last = await database.snapshot(snapshot)
    finally:
        await database.close()
    placed = await restore.restore(target, snapshot, last, files, replace=replace, hold_back=is_rehearsal)
    rows, different = await _compared(snapshot, target)
    if different:
        place = make_url(target).render_as_string(hide_password=True)
        raise DatabaseError(DIFFERENT.format(place=place, tables=", ".join(different)))
    # A service may have been started meanwhile: then the copy lacks what it has taken since.
    return Copied(rows, is_rehearsal or await _is_in_use(source), placed.held)


async def _compared(snapshot: Path, target: str) -> tuple[int, list[str]]:
    """How many rows a snapshot has, and the tables in which the database at `target` has others."""
    here, there = create_engine(f"sqlite:///{snapshot}"), sqlite_file(target)
    with here.connect() as ours:
        if there is not None:
            beside = create_engine(f"sqlite:///{there}")
            with beside.connect() as theirs:
                found = _differences(ours, theirs)
            beside.dispose()
        else:
            from storage.engine.postgresql import patient

            async with patient(make_url(target)) as engine, engine.connect() as connection:
                found = await connection.run_sync(lambda theirs: _differences(ours, theirs))
    here.dispose()
    return found


def _differences(ours: Connection, theirs: Connection) -> tuple[int, list[str]]:
    there = snapshots.table_columns(theirs)
    columns = {
        name: [column for column in columns if column in there.get(name, ())]
        for name, columns in snapshots.table_columns(ours).items()
    }
    missing = [name for name in columns if name not in there]
    here = snapshots.table_sums(ours, columns)
    found = snapshots.table_sums(theirs, {name: columns[name] for name in columns if name not in missing})
    return sum(each.rows for each in here.values()), sorted(name for name in here if here[name] != found.get(name))


def _same(source: str, target: str) -> bool:
    files = sqlite_file(source), sqlite_file(target)
    if None not in files:
        return files[0].resolve() == files[1].resolve()  # type: ignore[union-attr]
    there = [make_url(url).set(drivername="", password=None, username=None) for url in (source, target)]
    return there[0] == there[1]


async def _is_in_use(url: str) -> bool:
    """Whether a service, or a command of another one, has this database open."""
    if sqlite_file(url) is not None:
        return service_lock.is_held(url)
    from storage.engine.postgresql import patient

    async with patient(make_url(url)) as engine, engine.connect() as connection:
        return await snapshots.others(connection) > 0
