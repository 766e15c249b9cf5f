"""Statements that run in every turn: built once, and executed past the ORM.

Building a query and loading rows as objects that remember what changed costs several times what the database does. So
the few statements of an answered step are Core statements with bound parameters, made when their module is loaded;
SQLAlchemy then keeps their compiled form. Whatever runs now and then stays with the ORM.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Executable, Table
from sqlalchemy.engine import CursorResult
from sqlmodel import Session, SQLModel

__all__ = ["execute", "table_of"]


def table_of(row: type[SQLModel]) -> Table:
    """The table of a row's class."""
    return SQLModel.metadata.tables[str(row.__tablename__)]


def execute(session: Session, statement: Executable, values: dict[str, Any] | None = None) -> CursorResult[Any]:
    """Execute in the session's transaction, after what the session has not written yet.

    Objects that the session has loaded do not hear of it: the caller sees to it that none of the same rows is used.
    """
    session.flush()
    return session.connection().execute(statement, values)
