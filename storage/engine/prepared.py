"""Statements that run in every turn: built once, and executed past the ORM.

Building a query and loading rows as objects that remember what changed costs several times what the database does. So
the few statements of an answered step are Core statements with bound parameters, made when their module is loaded;
SQLAlchemy then keeps their compiled form. Whatever runs now and then stays with the ORM.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import BindParameter, Column, Executable, Table, bindparam
from sqlalchemy.engine import CursorResult
from sqlmodel import Session, SQLModel

__all__ = ["bound", "execute", "named", "table_of"]


def table_of(row: type[SQLModel]) -> Table:
    """The table of a row's class."""
    return SQLModel.metadata.tables[str(row.__tablename__)]


def bound(column: Column[Any], name: str | None = None) -> BindParameter[Any]:
    """A parameter of a column's type, for statements with several tables: `named` gives it its value.

    Its name is none of a column's, for to an INSERT or UPDATE SQLAlchemy adds each column that a parameter is named by.
    """
    return bindparam(f"the_{name or column.name}", type_=column.type)


def named(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values for parameters that `bound` made."""
    return {f"the_{name}": value for name, value in values.items()}


def execute(session: Session, statement: Executable, values: dict[str, Any] | None = None) -> CursorResult[Any]:
    """Execute in the session's transaction, after what the session has not written yet.

    Objects that the session has loaded do not hear of it: the caller sees to it that none of the same rows is used.
    """
    session.flush()
    return session.connection().execute(statement, values)
