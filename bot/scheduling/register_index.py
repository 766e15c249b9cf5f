"""Keeping the register's index complete: at a start, after an upgrade, and by command."""

from __future__ import annotations

import asyncio
import logging

from bot.app import App
from storage.search import rebuild

__all__ = ["keep_complete"]

log = logging.getLogger(__name__)

FIRST, AGAIN = 2.0, 3600.0
"""Seconds until the first look, when the first page was shown, and between two looks."""
LATER = 30.0
"""Seconds to the next look after one that failed."""


async def keep_complete(app: App) -> None:
    """Bring in the entries that the index lacks, or has from an older program, for ever."""
    await asyncio.sleep(FIRST)
    while True:
        pause = AGAIN
        try:
            if number := await rebuild.catch_up(app.database):
                log.info("%d entries were brought into the register's index", number)
        except Exception as error:  # noqa: BLE001  the next look is as good
            log.warning("the register's index is not complete yet (%s)", type(error).__name__)
            pause = LATER
        await asyncio.sleep(pause)
