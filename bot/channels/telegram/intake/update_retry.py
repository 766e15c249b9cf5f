"""Taking an update for sure: again while the database is away, and not for ever when the update itself is to blame.

An update is let go here when it failed a few times for a reason that is a mistake of ours (and by `Turns`, when process
after process has ended while it was being taken). Its sender is told then, and asked to say it in another way, and the
organizers' log shows it. Whatever passes by itself is waited for.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import random

from aiogram.types import Update

from bot.channels.telegram.channel import Reply, TelegramChannel
from storage.engine.database import DatabaseUnavailable

__all__ = ["Intake"]

log = logging.getLogger(__name__)

TRIES = 3
"""How often an update is tried that fails by a mistake of ours."""

LONGEST_PAUSE = 2.0
"""Seconds between tries while the database is away: whoever waits is answered soon after it is back."""


class Intake:
    """Takes updates for a channel."""

    def __init__(self, channel: TelegramChannel) -> None:
        self.channel = channel
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Wait for the database no longer: what is not taken by then comes again."""
        self._stopping.set()

    async def take(self, update: Update, patience: float = math.inf, reply: Reply | None = None) -> None:
        """Take an update, again for `patience` seconds while the database is away; then DatabaseUnavailable."""
        loop = asyncio.get_running_loop()
        until, pause = loop.time() + patience, 0.1
        while True:
            try:
                await self._tried(update, reply)
            except DatabaseUnavailable as error:
                if self._stopping.is_set() or loop.time() + pause > until:
                    raise
                log.warning("update %s is not taken yet: %s", update.update_id, error)
            else:
                return
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), pause * random.uniform(0.5, 1))
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _tried(self, update: Update, reply: Reply | None) -> None:
        """Take it, up to TRIES times while it fails by a mistake of ours; then let it go."""
        for attempt in range(1, TRIES + 1):
            try:
                return await self.channel.take(update, reply)
            except DatabaseUnavailable:
                raise
            except Exception:
                log.exception("update %s could not be taken (try %s of %s)", update.update_id, attempt, TRIES)
                await asyncio.sleep(0.1 * attempt)
        log.error("update %s is let go after %s tries", update.update_id, TRIES)
        return await self.channel.let_go(update)
