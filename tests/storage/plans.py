"""How an engine carries out the statements of a unit of work: each is explained just before it runs, as it runs.

PostgreSQL chooses by the size that it believes a table to have. `seem_large` has it believe in a hundred times as many
rows as there are, so that a small store is asked as one of 100,000 people would be.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, event, text
from sqlalchemy.engine import Engine
from sqlmodel import Session

from storage.engine.database import Database

__all__ = ["GROWING", "Plans", "seem_large", "watched"]

GROWING = frozenset(
    {
        *("people", "accounts", "drafts", "answers", "answer_history", "files", "hand_overs", "late_uses"),
        *("entries", "entry_versions", "entry_search", "entry_pieces", "handled_updates", "transcripts"),
        *("deliveries", "contacts", "opt_outs", "organizer_messages", "organizer_answers", "join_codes"),
    }
)
"""Tables with a row for each person, or more. The others have one for each call, organizer or announcement."""

TIMES = 100
ASKED = ("SELECT", "UPDATE", "DELETE", "INSERT", "WITH")


@dataclass
class Plans:
    """What was asked, how it was carried out in the engine's words, and the statements that read the whole of a table
    that grows.
    """

    asked: list[str] = field(default_factory=list)
    how: list[str] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)


async def seem_large(database: Database) -> None:
    """Have the engine choose as it would with many more rows. SQLite, which we never have analyzed, always does."""

    def work(session: Session) -> None:
        connection = session.connection()
        if connection.dialect.name == "postgresql":
            connection.execute(text("ANALYZE"))
            tables = "SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'i')"
            more = f"UPDATE pg_class SET reltuples = greatest(reltuples, 1) * {TIMES} WHERE oid IN ({tables})"
            connection.execute(text(more))

    await database.write(work)


@contextmanager
def watched() -> Iterator[Plans]:
    """Explain whatever any engine is asked until the block ends."""
    plans, explaining = Plans(), False

    def before(connection: Connection, cursor: Any, statement: str, values: Any, context: Any, many: bool) -> None:
        nonlocal explaining
        if explaining or many or not statement.lstrip().upper().startswith(ASKED):
            return
        explaining = True
        try:
            read = _on_sqlite if connection.dialect.name == "sqlite" else _on_postgresql
            asked = " ".join(statement.split())
            plans.asked.append(asked)
            how = _explained(connection, statement, values)
            plans.how.append(str(how))
            plans.whole += [f"{table}: {asked}" for table in read(statement, how)]
        finally:
            explaining = False

    event.listen(Engine, "before_cursor_execute", before)
    try:
        yield plans
    finally:
        event.remove(Engine, "before_cursor_execute", before)


def _explained(connection: Connection, statement: str, values: Any) -> Any:
    """The lines of SQLite's plan, or PostgreSQL's plan as a tree."""
    if connection.dialect.name == "sqlite":
        return [line[3] for line in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    explained = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values).scalar()
    return json.loads(explained) if isinstance(explained, str) else explained


def _on_sqlite(statement: str, lines: Any) -> Iterator[str]:
    """`SCAN people` reads all of it; a scan of a constant or of another query's rows is no table's."""
    names = _aliases(statement)
    for line in lines:
        scanned = re.match(r"SCAN (\w+)", line)
        if scanned and names.get(scanned[1], scanned[1]) in GROWING and "LIMIT" not in statement.upper():
            yield f"{line} ({names.get(scanned[1], scanned[1])})"


def _aliases(statement: str) -> dict[str, str]:
    return {alias: table for table, alias in re.findall(r"(\w+) AS (\w+)", statement)}


def _on_postgresql(statement: str, plan: Any) -> Iterator[str]:
    yield from _whole(plan[0]["Plan"], limited=False)


def _whole(node: dict[str, Any], *, limited: bool) -> Iterator[str]:
    """Tables that are read from one end to the other: without a condition on an index, or any index."""
    kind, table = node["Node Type"], node.get("Relation Name")
    by_index = "Index" in kind and ("Index Cond" in node or limited)
    if table in GROWING and kind not in ("Bitmap Heap Scan", "Tid Scan") and not by_index and "Scan" in kind:
        yield f"{kind} of {table}"
    limited = limited or kind == "Limit"
    for part in node.get("Plans", ()):
        yield from _whole(part, limited=limited and kind in ("Limit", "Append", "Subquery Scan", "LockRows"))
