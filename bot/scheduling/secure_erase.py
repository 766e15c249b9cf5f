"""What the service does now and then so that nothing erased stays on the disk."""

from __future__ import annotations

import asyncio
import logging

from bot.app import App

__all__ = ["clearing"]

log = logging.getLogger(__name__)


async def clearing(app: App) -> None:
    """Tidy the database every STOCKTAKING_HOUSEKEEPING_SECONDS, for ever."""
    while True:
        await asyncio.sleep(app.settings.housekeeping_seconds)
        try:
            await app.database.tidy()
        except Exception as error:  # noqa: BLE001  the next round is as good
            log.warning("the database could not be tidied, trying again: %s", type(error).__name__)
