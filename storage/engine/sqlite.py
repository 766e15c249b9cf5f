"""SQLite: one thread writes, several units a commit; readers never wait for it.

SQLite lets one connection write at a time. So one thread does, and takes all units that wait (up to `BATCH`) into one
transaction with a savepoint each: one of them failing undoes only itself, and a disk that needs ten milliseconds
to be sure still keeps thousands of answers a second. Every call returns only after that commit.
"""

from __future__ import annotations

import asyncio
import contextlib
import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError as EngineError
from sqlmodel import Session

from storage.engine import migrate
from storage.engine.database import Database, DatabaseError, DatabaseUnavailable, NoTables, Tables, Work
from storage.engine.errors import unavailable

__all__ = ["SqliteDatabase"]

T = TypeVar("T")

BATCH = 50
"""Units in one commit at most: enough to outrun any disk, few enough that nobody waits long."""

READERS = 4
LOOKERS = 2
"""Threads for what reads much: as many such looks at once, the next one waits, and the quick readers are free."""
READ_ONLY = "query_only=ON"
"""A reader that wrote would meet the writer now and then, and get "database is locked"; so it is refused each time."""
PRAGMAS = (
    *("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"),
    "secure_delete=ON",  # what somebody had erased is overwritten, whatever this SQLite was built to do
    "journal_size_limit=4194304",
)

MIGRATING = 600_000
"""Milliseconds that a process which would migrate waits for another one that does: a large file takes its time."""

TRUNCATING = 200
"""Milliseconds that emptying the log may wait for readers. Writers wait as long, so it is tried again later instead."""


class Job(NamedTuple):
    work: Work[Any]
    result: Future[Any]


class SqliteDatabase(Database):
    """An SQLite file, which is made when it isn't there."""

    dialect = "sqlite"

    def __init__(self, path: Path) -> None:
        self.place = str(path)
        self._path = path
        self._writer_engine = _engine(path, "BEGIN IMMEDIATE", *PRAGMAS)
        self._reader_engine = _engine(path, "BEGIN", *PRAGMAS, READ_ONLY)
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="sqlite-reader")
        self._lookers = ThreadPoolExecutor(LOOKERS, thread_name_prefix="sqlite-looker")
        self._writer = threading.Thread(target=self._write_until_closed, name="sqlite-writer", daemon=True)
        self._closed = False

    @classmethod
    async def connect(cls, url: URL, tables: Tables = Tables.UPGRADE) -> SqliteDatabase:
        """Open the file of `url`; DatabaseError when it cannot be used."""
        if not url.database or url.database == ":memory:":
            raise DatabaseError("STOCKTAKING_DATABASE_URL names no file: expected sqlite:///path/to/file")
        path = Path(url.database)
        if tables in (Tables.LEAVE, Tables.OLDER) and not path.exists():  # noqa: ASYNC240  nothing else runs yet
            raise NoTables(f"cannot use {path}: there is no such file yet: the first start makes it")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            database = cls(path)
            database._see_to_tables(tables)
        except DatabaseError as error:
            database._dispose()
            raise type(error)(f"cannot use {path}: {error}") from None
        except (OSError, EngineError) as error:
            reason = getattr(error, "orig", None) or error
            raise DatabaseError(
                f"cannot use {path}: {reason}. Is it a database of ours, in a folder of yours?"
            ) from None
        database._writer.start()
        return database

    async def write(self, work: Work[T]) -> T:
        if self._closed:
            raise DatabaseUnavailable("the database is closed")
        job = Job(work, Future())
        self._jobs.put(job)
        try:
            # Shielded: a caller that gives up must not undo what the writer has begun.
            return await asyncio.shield(asyncio.wrap_future(job.result))
        except Exception as error:
            if passing := unavailable(error):
                raise passing from error
            raise

    async def read(self, work: Work[T]) -> T:
        return await self._read_in(self._readers, work)

    async def look(self, work: Work[T]) -> T:
        return await self._read_in(self._lookers, work)

    async def snapshot(self, path: Path) -> dict[str, int]:
        def copy() -> None:
            with contextlib.closing(sqlite3.connect(self._path, timeout=10)) as connection:
                connection.execute("VACUUM INTO ?", (str(path),))

        await asyncio.to_thread(copy)
        return {}

    async def tidy(self) -> None:
        await asyncio.to_thread(self._empty_the_log)

    async def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        self._jobs.put(None)
        await asyncio.to_thread(self._writer.join)
        self._readers.shutdown(wait=True)
        self._lookers.shutdown(wait=True)
        await self.tidy()  # the last to close deletes the log, but a command may have the file open as well
        self._dispose()

    def _dispose(self) -> None:
        self._writer_engine.dispose()
        self._reader_engine.dispose()

    def _see_to_tables(self, tables: Tables) -> None:
        """See that the tables are there and ours. BEGIN IMMEDIATE lets one process at a time migrate."""
        with self._reader_engine.connect() as connection:
            if not migrate.is_due(connection, tables):
                return
        engine, more = _engine(self._path, "BEGIN IMMEDIATE", *PRAGMAS, f"busy_timeout={MIGRATING}"), True
        try:
            while more:
                with engine.begin() as connection:
                    more = migrate.step(connection)
        finally:
            engine.dispose()

    def _empty_the_log(self) -> None:
        """Move what the write-ahead log holds into the file, and truncate it: erased words stay in neither."""
        log = Path(f"{self._path}-wal")
        if not log.exists() or not log.stat().st_size:
            return
        with contextlib.closing(sqlite3.connect(self._path, timeout=TRUNCATING / 1000)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    async def _read_in(self, threads: ThreadPoolExecutor, work: Work[T]) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(threads, self._read, work)
        except Exception as error:
            if passing := unavailable(error, reading=True):
                raise passing from error
            raise

    def _read(self, work: Work[T]) -> T:
        with self._reader_engine.connect() as connection, Session(connection) as session:
            return work(session)

    def _write_until_closed(self) -> None:
        with self._writer_engine.connect() as connection:
            while (jobs := self._waiting()) is not None:
                _commit(connection, jobs)

    def _waiting(self) -> list[Job] | None:
        """The next units of work, as many as wait; None when the database is being closed."""
        first = self._jobs.get()
        if first is None:
            return None
        jobs = [first]
        while len(jobs) < BATCH:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                break
            if job is None:
                self._jobs.put(None)
                break
            jobs.append(job)
        return jobs


def _commit(connection: Connection, jobs: list[Job]) -> None:
    """Do the units in one transaction, and answer them only when it is on disk."""
    answers: list[Callable[[], None]] = []
    try:
        with connection.begin():
            for job in jobs:
                answers.append(_done(connection, job))
    except Exception as error:  # noqa: BLE001  every caller must hear of it, whatever it is
        for job in jobs:
            job.result.set_exception(error)
        return
    for answer in answers:
        answer()


def _done(connection: Connection, job: Job) -> Callable[[], None]:
    """Do one unit under a savepoint; how to answer it after the commit.

    A full disk, an I/O error or a shortage of memory may make SQLite roll back the whole transaction by itself, the
    savepoint with it (https://sqlite.org/lang_transaction.html). The units before this one are undone then, and any
    after it would run outside a transaction: so the batch is ended for all.
    """
    failure: Exception | None = None
    try:
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            try:
                result = job.work(session)
                session.commit()
            except Exception as error:  # noqa: BLE001  it goes to its caller
                failure = error
    except Exception as error:  # noqa: BLE001  the savepoint is gone
        failure = failure or error
    if failure is None:
        return lambda: job.result.set_result(result)
    if not _is_open(connection):
        raise _first(failure) or DatabaseUnavailable("the database ended the transaction") from failure
    return lambda: job.result.set_exception(failure)


def _first(error: BaseException) -> DatabaseUnavailable | None:
    """Why it began: the error that was raised says only that there is no savepoint any more."""
    found: DatabaseUnavailable | None = None
    cause: BaseException | None = error
    while cause is not None:
        found = unavailable(cause) or found
        cause = cause.__context__
    return found


def _is_open(connection: Connection) -> bool:
    """Whether SQLite still has the transaction open that we think we are in."""
    raw = connection.connection.dbapi_connection
    return raw is not None and bool(raw.in_transaction)


def _engine(path: Path, begin: str, *pragmas: str) -> Engine:
    arguments = {"check_same_thread": False, "timeout": 10}
    engine = create_engine(f"sqlite:///{path}", connect_args=arguments, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, record: object) -> None:
        connection.isolation_level = None  # transactions are begun below, in our own words
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
