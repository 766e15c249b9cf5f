"""The pulse: notices when we were away, and asks people again whose presses Telegram has thrown away meanwhile."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.app import App
from bot.channels.telegram.screens.screen_sender import CHANNEL
from storage.people import people
from storage.updates import processed_updates

__all__ = ["Heartbeat"]

log = logging.getLogger(__name__)

PRESSES_KEPT = timedelta(seconds=150)
"""Telegram keeps messages for a day, but presses on buttons for 150 seconds."""

EVERY = 20.0
"""Seconds between two beats."""

LIKELY = timedelta(hours=24)
"""Who was there in this time before we went away may have pressed something since."""

AT_ONCE = 50
"""People in one transaction. Their screens go out with the unshown ones, a few a second: no flood."""


def _always() -> bool:
    return True


class Heartbeat:
    """Beats while updates are taken; `hears` says whether they are."""

    def __init__(self, app: App, hears: Callable[[], bool] = _always) -> None:
        self.app = app
        self.hears = hears

    async def run(self) -> None:
        """Beat for ever."""
        while True:
            await asyncio.sleep(1)
            try:
                if self.hears():
                    await self._beat()
            except Exception as error:  # noqa: BLE001  the next beat is as good
                log.warning("the pulse could not be noted: %r", error)
            await asyncio.sleep(EVERY)

    async def _beat(self) -> None:
        now = self.app.turns.now()
        before = await self.app.database.write(lambda session: processed_updates.beat(session, CHANNEL, now))
        if before is not None and now - before > PRESSES_KEPT:
            await self._ask_again(before)

    async def _ask_again(self, away_since: datetime) -> None:
        """Show those who may have pressed a button in vain what they were looking at, once for each absence."""
        until = away_since + timedelta(seconds=EVERY)
        since = away_since - LIKELY
        found = await self.app.database.read(lambda session: people.offered_buttons(session, CHANNEL, since, until))
        log.info("away since %s: asking %s people again", away_since, len(found))
        for start in range(0, len(found), AT_ONCE):
            some = found[start : start + AT_ONCE]
            await self.app.turns.stored.ask_again(CHANNEL, f"away/{away_since.isoformat()}", some)
