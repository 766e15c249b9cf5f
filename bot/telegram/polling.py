"""Asking Telegram for updates. An offset is only moved past updates whose turns are committed."""

from __future__ import annotations

import asyncio
import logging
import random

from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramConflictError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import DeleteWebhook, GetUpdates
from aiogram.types import Update

from bot.telegram.channel import TelegramChannel
from bot.telegram.understanding import ALLOWED

__all__ = ["Polling"]

log = logging.getLogger(__name__)

WAIT = 25
"""Seconds that Telegram holds a question for updates open."""

LONGEST_PAUSE = 30.0


class Polling:
    """The loop of one bot. `run` until cancelled; what was taken by then is confirmed."""

    def __init__(self, bot: Bot, channel: TelegramChannel) -> None:
        self.bot = bot
        self.channel = channel
        self.offset = 0
        self._failures = 0

    async def run(self) -> None:
        """Ask and take for ever. A wrong token ends it, with one line that says so."""
        await self._patiently(self._begin)
        while True:
            updates = await self._patiently(self._ask)
            if updates:
                await asyncio.shield(self._taken(updates))

    async def confirm(self) -> None:
        """Tell Telegram what has been taken, before the service ends."""
        try:
            await self.bot(GetUpdates(offset=self.offset, limit=1, timeout=0), request_timeout=5)
        except TelegramAPIError as error:
            log.info("the last updates could not be confirmed and will come again: %s", error)

    async def _begin(self) -> list[Update]:
        await self.bot(DeleteWebhook(drop_pending_updates=False))
        return []

    async def _ask(self) -> list[Update]:
        asked = GetUpdates(offset=self.offset, timeout=WAIT, allowed_updates=ALLOWED)
        return await self.bot(asked, request_timeout=WAIT + 10)

    async def _patiently(self, ask: object) -> list[Update]:
        """Ask, and ask again after a pause when the line or Telegram fails."""
        while True:
            try:
                found: list[Update] = await ask()  # type: ignore[operator]
            except TelegramUnauthorizedError:
                log.error("Telegram does not know this token: set STOCKTAKING_TELEGRAM_TOKEN to the one from BotFather")
                await asyncio.Event().wait()
            except TelegramConflictError:
                log.error("another program holds this bot's token and polls: stop it, or use another bot")
            except TelegramRetryAfter as error:
                await asyncio.sleep(error.retry_after)
                continue
            except (TelegramNetworkError, TelegramServerError) as error:
                if self._failures == 0:
                    log.warning("Telegram cannot be reached, trying again: %s", error)
            else:
                self._failures = 0
                return found
            self._failures += 1
            await asyncio.sleep(min(LONGEST_PAUSE, 0.5 * 2**self._failures) * random.uniform(0.5, 1))

    async def _taken(self, updates: list[Update]) -> None:
        """Take a batch: one person's updates in order, different people at once; then move the offset."""
        people: dict[int, list[Update]] = {}
        for update in updates:
            people.setdefault(_person(update), []).append(update)
        await asyncio.gather(*(self._one_by_one(theirs) for theirs in people.values()))
        self.offset = max(update.update_id for update in updates) + 1

    async def _one_by_one(self, updates: list[Update]) -> None:
        for update in updates:
            await self._surely(update)

    async def _surely(self, update: Update) -> None:
        """Take an update, however often the store fails: it must not be lost, and order must hold."""
        pause = 0.2
        while True:
            try:
                await self.channel.take(update)
            except Exception:
                log.exception("update %s could not be taken, trying again", update.update_id)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            else:
                return


def _person(update: Update) -> int:
    """Whose turn an update is: what it takes to keep one person's updates in order."""
    for part in (update.message, update.edited_message, update.callback_query, update.my_chat_member):
        user = getattr(part, "from_user", None)
        if user is not None:
            return int(user.id)
    return 0
