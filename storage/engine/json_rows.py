"""The rows of one query as one value within another: a list of lists in JSON, which both engines make by themselves.

What a turn looks at comes from several tables. Each statement of its own would cost a way to the server and back, and
each row an object of the library's; a JSON text of all of them costs neither.
"""

from __future__ import annotations

import json
from collections import namedtuple
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Boolean, ColumnElement, FromClause, Label, Text, cast, func, select

from storage.engine.types import Json, UtcMoment

__all__ = ["JsonRows"]


class JsonRows:
    """A query of these columns from a source, by the name under which it stands in another query."""

    def __init__(self, name: str, columns: Sequence[Any], source: FromClause, *where: ColumnElement[bool]) -> None:
        self.name = name
        self._columns = tuple(columns)
        self._source = source
        self._where = where
        self._row = _row_type(name, [column.name for column in columns])
        found = ((number, _reader(column.type)) for number, column in enumerate(columns))
        self._readers = tuple((number, reader) for number, reader in found if reader is not None)

    def column(self, dialect: str) -> Label[str]:
        """The rows as a column of another query."""
        if dialect == "sqlite":
            rows: ColumnElement[Any] = func.json_group_array(func.json_array(*self._columns))
        else:
            rows = func.json_agg(func.json_build_array(*self._columns))
        found = select(cast(rows, Text)).select_from(self._source).where(*self._where)
        return found.correlate(None).scalar_subquery().label(self.name)

    def read(self, text: str | None) -> list[Any]:
        """The rows, each with its columns as attributes, of the types that the tables' columns have."""
        rows = json.loads(text) if text else []
        for row in rows:
            for number, reader in self._readers:
                if (value := row[number]) is not None:
                    row[number] = reader(value)
        return [self._row(*row) for row in rows]


def _row_type(name: str, fields: list[str]) -> Any:
    return namedtuple(name, fields)


def _reader(type_: Any) -> Callable[[Any], Any] | None:
    """How a value of a column is read from JSON; None: it is read already."""
    if isinstance(type_, UtcMoment):
        return _moment
    if isinstance(type_, Json):
        return json.loads
    return bool if isinstance(type_, Boolean) else None


def _moment(text: str) -> datetime:
    """SQLite keeps plain UTC; PostgreSQL tells the zone of the session."""
    found = datetime.fromisoformat(text)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
