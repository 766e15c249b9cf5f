"""A snapshot of a whole database as an SQLite file, whichever engine it is of, and the way back from such a file.

SQLite makes it by itself. From PostgreSQL all rows are copied in one transaction that sees the database as it was at
its beginning, while others go on writing. Since the file is the same in both cases, a backup of one engine can be
restored on the other. What is copied is what the databases say they have, not what a list in the program remembers.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import (
    Connection,
    DateTime,
    Engine,
    Inspector,
    MetaData,
    Table,
    create_engine,
    event,
    func,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import migrate
from storage.engine.database import DatabaseError
from storage.engine.types import UtcMoment

__all__ = ["TableSum", "copy_from", "copy_into", "is_empty", "others", "table_columns", "table_sums"]

AT_ONCE = 1000
"""Rows that are in memory at once."""

PEOPLES = ("people", "entries", "contacts", "notices")
"""Tables in which something of somebody's stands; the others have rows as soon as a service has been started."""

OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'stocktaking%'
"""


async def copy_from(source: AsyncConnection, path: Path) -> dict[str, int]:
    """Copy all rows that a PostgreSQL transaction sees into a new SQLite file with the same tables.

    Returns the last number that each table which counts by itself has given.
    """
    theirs = await source.run_sync(_reflected)
    revision = await source.run_sync(migrate.present)
    file = _file(path)
    try:
        with file.begin() as target:
            migrate.run_to(target, revision or "head")
            for table, columns in _in_both(theirs, _reflected(target)):
                target.execute(table.delete())
                rows = await source.stream(select(*(theirs.tables[table.name].c[name] for name in columns)))
                async for some in rows.mappings().partitions(AT_ONCE):
                    target.execute(insert(table), [dict(row) for row in some])
    finally:
        file.dispose()
    return {name: await _last(source, sequence) for name, sequence in (await _sequences(source, theirs)).items()}


async def copy_into(target: AsyncConnection, path: Path, last: Mapping[str, int]) -> None:
    """Replace all rows of a PostgreSQL database, in the connection's transaction, by those of an SQLite file.

    `last`: what `copy_from` returned, so that no number is ever given twice.
    """
    theirs = await target.run_sync(_reflected)
    file = _file(path)
    try:
        with file.connect() as source:
            ours = _reflected(source)
            both = list(_in_both(ours, theirs))
            await target.execute(text("TRUNCATE " + ", ".join(f'"{table.name}"' for table, _ in both)))
            for table, columns in both:
                rows = source.execute(
                    select(*(ours.tables[table.name].c[name] for name in columns)),
                    execution_options={"yield_per": AT_ONCE},
                )
                for some in rows.mappings().partitions():
                    await target.execute(insert(table), [dict(row) for row in some])
    finally:
        file.dispose()
    for name, sequence in (await _sequences(target, theirs)).items():
        newest = await target.scalar(select(func.max(theirs.tables[name].c.id))) or 0
        if number := max(newest, last.get(name, 0)):
            await target.execute(text("SELECT setval(:sequence, :number)"), {"sequence": sequence, "number": number})


class TableSum(NamedTuple):
    """How many rows a table has, and a number that is another one when any value of any of them is."""

    rows: int
    digest: int


def table_sums(connection: Connection, columns: Mapping[str, list[str]]) -> dict[str, TableSum]:
    """The sum of each of these tables over these columns, the same on either engine whatever the order of its rows."""
    found = _reflected(connection)
    return {name: _sum(connection, found.tables[name], columns[name]) for name in columns}


def table_columns(connection: Connection) -> dict[str, list[str]]:
    """What a copy takes along: all tables, with their columns but for computed ones."""
    tables = (table for table in _reflected(connection).sorted_tables if table.name != "alembic_version")
    return {table.name: [column.name for column in table.c if column.computed is None] for table in tables}


def _sum(connection: Connection, table: Table, columns: list[str]) -> TableSum:
    number = digest = 0
    rows = connection.execute(
        select(*(table.c[name] for name in columns)), execution_options={"stream_results": True, "yield_per": AT_ONCE}
    )
    for some in rows.partitions():
        for row in some:
            number += 1
            text = json.dumps([_plain(value) for value in row], sort_keys=True, default=str)
            digest += int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest())
    return TableSum(number, digest % 2**128)


def _plain(value: Any) -> Any:
    """A value as both engines' drivers give it: one has no booleans, the other no texts for bytes."""
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).hex()
    return int(value) if isinstance(value, bool) else value


def is_empty(connection: Connection) -> bool:
    """Whether nothing of anybody's stands in a database; it may have our tables or none."""
    there = set(inspect(connection).get_table_names())
    return not any(
        connection.execute(text(f"SELECT 1 FROM {name} LIMIT 1")).first() for name in PEOPLES if name in there
    )


async def others(connection: AsyncConnection) -> int:
    """How many connections services and commands have to this PostgreSQL database besides this one."""
    return int(await connection.scalar(text(OTHERS)) or 0)


def _file(path: Path) -> Engine:
    return create_engine(f"sqlite:///{path}")


def _reflected(connection: Connection) -> MetaData:
    """The tables as they are. Moments are read and written as ours are: SQLite's have no zone."""
    found = MetaData()

    @event.listens_for(found, "column_reflect")
    def moments(inspector: Inspector, table: Table, column: Any) -> None:
        if isinstance(column["type"], DateTime):
            column["type"] = UtcMoment()

    found.reflect(connection)
    return found


def _in_both(source: MetaData, target: MetaData) -> Iterator[tuple[Table, list[str]]]:
    """The target's tables, those that others refer to first, with the columns to copy.

    What only one engine has is made by itself: a search index, a computed column.
    """
    for table in target.sorted_tables:
        if table.name == "alembic_version" or table.name not in source.tables:
            continue
        there = source.tables[table.name].c
        lost = [column.name for column in there if column.name not in table.c and column.computed is None]
        if lost:
            raise DatabaseError(f"the column {lost[0]} of {table.name} cannot be copied to the other engine")
        yield table, [column.name for column in table.c if column.computed is None and column.name in there]


async def _sequences(connection: AsyncConnection, tables: MetaData) -> dict[str, str]:
    """The sequences that number the rows of these PostgreSQL tables."""
    found = {}
    for table in tables.sorted_tables:
        if "id" in table.c:
            asked = text("SELECT pg_get_serial_sequence(:name, 'id')")
            if sequence := await connection.scalar(asked, {"name": table.name}):
                found[table.name] = str(sequence)
    return found


async def _last(connection: AsyncConnection, sequence: str) -> int:
    return int(await connection.scalar(text(f"SELECT last_value FROM {sequence}")) or 0)
