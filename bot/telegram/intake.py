"""Taking an update for sure: again while the store fails, and not for ever when the update itself is to blame."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from aiogram.types import Update
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.database import DatabaseError

__all__ = ["STORE_FAILS", "surely"]

T = TypeVar("T")

log = logging.getLogger(__name__)

STORE_FAILS = (OSError, TimeoutError, OperationalError, InterfaceError, PoolTimeout, DatabaseError)
"""Failures that pass: the database is away, its disk is full, it is being moved."""

TRIES = 3
"""How often an update is tried that fails for another reason, which is a mistake of ours."""


async def surely(take: Callable[[Update], Awaitable[T]], update: Update) -> T | None:
    """Take an update. One of STORE_FAILS goes to the caller, who has it come again; None for an update that we cannot
    take at all: it is logged and let go, so that its sender's next one gets its turn.
    """
    for attempt in range(1, TRIES + 1):
        try:
            return await take(update)
        except STORE_FAILS:
            raise
        except Exception:
            log.exception("update %s could not be taken (try %s of %s)", update.update_id, attempt, TRIES)
            await asyncio.sleep(0.1 * attempt)
    return None
