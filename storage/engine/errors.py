"""What a database's error means for whoever asked: does it pass by itself, or is it a mistake of ours?

The engines' drivers raise dozens of types, and SQLAlchemy maps most errors of PostgreSQL to one plain class. So the
type says little: what counts is the SQLSTATE (PostgreSQL, appendix A of its manual) or the result code (SQLite). Only
what is surely our own mistake is a mistake. Everything else, also what nobody has met yet, is DatabaseUnavailable: an
answer that is asked for once too often costs a moment, one that is let go is lost.
"""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.engine.database import DatabaseUnavailable

__all__ = ["READ_ONLY_STATE", "is_collision", "is_lost", "sqlstate", "unavailable"]

MISTAKES = ("22", "23", "42", "54")
"""Classes of SQLSTATE that say what is wrong with a statement: data, constraint, syntax or access, program limit."""

OPERATORS = ("42501", "42P01", "42703", "42P07", "42704")
"""Of these classes what an operator or a migration under way does: privileges revoked, tables being changed."""

COLLISIONS = ("40001", "40P01")
"""Transactions that met another one: serialization failure, deadlock."""

LOST = ("57P01", "57P02", "57P05", "08003", "08006")
"""The server ended this connection, and says so before it closes it."""

READ_ONLY_STATE = "25006"

MEANINGS = {
    "08": "the connection is lost",
    "25006": "the database is read-only",
    "25": "a transaction was ended by the server",
    "28": "the database does not let us in",
    "3D000": "there is no such database",
    "40": "transactions collide",
    "53100": "the database's disk is full",
    "53200": "the database is out of memory",
    "53300": "the database has no connection left",
    "53": "the database is short of something",
    "55P03": "a row or table is locked",
    "55": "the database is not ready for this",
    "57014": "a statement took too long",
    "57P03": "the database is starting or stopping",
    "57": "the database was stopped",
    "58": "the database's machine reports an error",
    "XX": "the database reports an error within itself",
}
"""In words for an operator, the longest prefix first that fits."""

SQLITE_MISTAKES = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_TOOBIG)
SQLITE_MEANINGS = {
    sqlite3.SQLITE_BUSY: "the database is locked by another program",
    sqlite3.SQLITE_LOCKED: "the database is locked",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "the database is read-only",
    sqlite3.SQLITE_IOERR: "the disk reports an error",
    sqlite3.SQLITE_CANTOPEN: "the database cannot be opened",
    sqlite3.SQLITE_CORRUPT: "the database is damaged",
    sqlite3.SQLITE_NOTADB: "the file is no database",
}


def unavailable(error: BaseException, *, reading: bool = False) -> DatabaseUnavailable | None:
    """What to raise instead of `error` when it passes by itself; None when it is a mistake of ours.

    `reading`: the transaction was asked to be read-only, so a refusal to write in it is a mistake.
    """
    if isinstance(error, DatabaseUnavailable):
        return error
    if isinstance(error, PoolTimeout):
        return DatabaseUnavailable("all connections to the database are in use")
    if isinstance(error, DBAPIError):
        return _of_the_driver(error, reading)
    if isinstance(error, SQLAlchemyError):
        return None
    if isinstance(error, TimeoutError):
        return DatabaseUnavailable("the database does not answer")
    if isinstance(error, OSError):
        return DatabaseUnavailable(f"the database cannot be reached ({type(error).__name__})")
    return _of_a_server(str(code), reading) if (code := getattr(error, "sqlstate", None)) else None


def _of_the_driver(error: DBAPIError, reading: bool) -> DatabaseUnavailable | None:
    if isinstance(error.orig, sqlite3.Error):
        return _of_sqlite(error.orig, reading)
    state = sqlstate(error)
    if state is not None:
        return _of_a_server(state, reading)
    if isinstance(error.orig and error.orig.__cause__, ValueError | TypeError):
        return None  # asyncpg could not send a value: the server never saw it
    return DatabaseUnavailable("the connection to the database is lost")


def _of_a_server(state: str, reading: bool) -> DatabaseUnavailable | None:
    if state.startswith(MISTAKES) and state not in OPERATORS:
        return None
    if state == READ_ONLY_STATE and reading:
        return None
    said = next((MEANINGS[state[:size]] for size in (5, 2) if state[:size] in MEANINGS), "the database says no")
    return DatabaseUnavailable(f"{said} ({state})")


def _of_sqlite(error: sqlite3.Error, reading: bool) -> DatabaseUnavailable | None:
    """The low byte of SQLite's result code is the kind; an error of the module itself (a wrong call) has none."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None or code & 0xFF in SQLITE_MISTAKES:
        return None
    if code & 0xFF == sqlite3.SQLITE_READONLY and reading:
        return None
    name = getattr(error, "sqlite_errorname", code)
    return DatabaseUnavailable(f"{SQLITE_MEANINGS.get(code & 0xFF, 'the database says no')} ({name})")


def sqlstate(error: BaseException) -> str | None:
    """The SQLSTATE that a server gave an error, if one did."""
    return getattr(getattr(error, "orig", error), "sqlstate", None)


def is_collision(error: BaseException) -> bool:
    """Whether another transaction was quicker: then the same work, done again, sees what it did."""
    return sqlstate(error) in COLLISIONS


def is_lost(error: BaseException) -> bool:
    """Whether the connection itself is gone. Before the commit was asked for, nothing has happened then."""
    return (isinstance(error, DBAPIError) and error.connection_invalidated) or sqlstate(error) in LOST
