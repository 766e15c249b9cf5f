"""Telling a pooler in transaction mode from a database: it hands out another connection for each transaction.

The service cannot work through one: its settings for a connection would fall upon others, and the driver's prepared
statements would be looked for where they are not.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.engine import URL

__all__ = ["REFUSED", "is_about_pooling", "is_by_transaction"]

REFUSED = (
    "a pooler in transaction or statement mode stands before it (pgbouncer's pool_mode): "
    "set its pool_mode to session, or name PostgreSQL itself in STOCKTAKING_DATABASE_URL"
)

LOST_STATEMENT = ("42P05", "26000")
"""SQLSTATEs of prepared statements that exist already or do not exist: left, or looked for, on another connection."""

TIME = 5.0


async def is_by_transaction(url: URL) -> bool:
    """Whether two connections that are open at once are served by one and the same process of the server.

    False also when the server refuses: whoever connects next will say why.
    """
    import asyncpg

    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    opened: list[Any] = []
    try:
        for _ in range(2):
            opened.append(await asyncpg.connect(plain, timeout=TIME, statement_cache_size=0))
        one, two = [await each.fetchval("SELECT pg_backend_pid()", timeout=TIME) for each in opened]
        return bool(one == two)
    except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        return is_about_pooling(error)
    finally:
        for each in opened:
            each.terminate()


def is_about_pooling(error: BaseException) -> bool:
    """Whether an error says that a prepared statement was lost between connections."""
    return getattr(getattr(error, "orig", None) or error, "sqlstate", None) in LOST_STATEMENT
