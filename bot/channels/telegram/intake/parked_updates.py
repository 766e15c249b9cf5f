"""What to do with updates that cannot be taken while newer ones can: keep them in the database, and go on.

Telegram sends a hundred updates at a time, from the lowest one that it was not told is taken. When somebody's row is
locked for long (a forgotten transaction in somebody's console, say), nobody would be heard any more once a hundred
newer updates have been taken. So what is stuck is kept as it came, Telegram is told that it is taken, and it is taken
when it can be: after a restart too, and before anything newer of the same person.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Mapping
from typing import Any

from bot.app import App
from bot.channels.telegram.intake.update_json import read_update
from bot.channels.telegram.intake.update_retry import Intake
from storage.engine.database import DatabaseUnavailable
from storage.updates import parked_updates

__all__ = ["MOST", "ParkedUpdates"]

log = logging.getLogger(__name__)

MOST = 1_000
"""So many are kept at once. More of them, and the others wait as well: then it is the database that is stuck."""
PAUSE = 1.0
CHANNEL = "telegram"


class ParkedUpdates:
    """Those of one bot, by their ids."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._ids: set[int] = set()

    def __contains__(self, id: int) -> bool:
        return id in self._ids

    async def keep(self, bodies: Mapping[int, Any]) -> bool:
        """Keep these, as they came. False: there is no room, or the database is away altogether."""
        if len(self._ids) + len(bodies) > MOST:
            return False
        now = self._app.turns.now()
        try:
            await self._app.database.write(lambda session: parked_updates.park(session, CHANNEL, bodies, now))
        except DatabaseUnavailable as error:
            log.warning("updates that are stuck cannot be kept yet: %s", error)
            return False
        self._ids.update(bodies)
        log.warning("%d updates are stuck; they are kept, and the others go on", len(bodies))
        return True

    async def release(self, ids: Collection[int]) -> None:
        """These have been taken. What cannot be released now is taken once more after a restart, with no effect."""
        self._ids.difference_update(ids)
        try:
            await self._app.database.write(lambda session: parked_updates.release(session, CHANNEL, ids))
        except DatabaseUnavailable as error:
            log.warning("kept updates that were taken cannot be released: %s", error)

    async def left(self) -> dict[int, Any]:
        """Those that were kept before the last stop, in order; waits for the database."""
        while True:
            try:
                found = await self._app.database.read(lambda session: parked_updates.parked(session, CHANNEL))
            except DatabaseUnavailable as error:
                log.warning("kept updates cannot be read, trying again: %s", error)
                await asyncio.sleep(PAUSE)
            else:
                self._ids.update(found)
                return found

    async def take(self, intake: Intake) -> None:
        """Take what was kept before the last stop, when the service polled."""
        for id, body in (await self.left()).items():
            if (update := read_update(body)) is not None:
                await intake.take(update)
            await self.release([id])
