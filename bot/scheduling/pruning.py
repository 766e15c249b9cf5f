"""Forgetting what no channel can ask about any more, whatever channels are open."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime

from bot.app import App
from storage.engine.database import Database
from storage.updates import processed_updates

__all__ = ["prune", "pruning"]

log = logging.getLogger(__name__)

AT_ONCE = 500
"""Marks in one transaction: turns go on between them."""


async def pruning(app: App) -> None:
    """Prune every STOCKTAKING_HOUSEKEEPING_SECONDS, for ever."""
    while True:
        await asyncio.sleep(app.settings.housekeeping_seconds)
        try:
            await prune(app.database, app.turns.now())
        except Exception as error:  # noqa: BLE001  the next round is as good
            log.warning("old marks are not forgotten yet, trying again: %s", type(error).__name__)


async def prune(database: Database, now: datetime) -> None:
    """Forget the marks of updates that are too old to come again."""
    left = True
    while left:
        left = await database.write(lambda session: processed_updates.forget_old(session, now, AT_ONCE))
