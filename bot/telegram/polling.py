"""Asking Telegram for updates. An offset is only moved past updates whose turns are committed."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramConflictError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import DeleteWebhook, GetUpdates, TelegramMethod
from aiogram.types import Update

from bot.telegram.channel import TelegramChannel
from bot.telegram.intake import STORE_FAILS, surely
from bot.telegram.reading import read_update
from bot.telegram.understanding import ALLOWED

__all__ = ["Polling"]

log = logging.getLogger(__name__)

WAIT = 25
"""Seconds that Telegram holds a question for updates open."""

LONGEST_PAUSE = 30.0


class AskForUpdates(TelegramMethod[list[Any]]):
    """`getUpdates` with each update as it came: one that cannot be read must not keep the others from us."""

    __returning__ = list[Any]
    __api_method__ = "getUpdates"

    offset: int
    timeout: int
    allowed_updates: list[str]


class Polling:
    """The loop of one bot: `run`, and `stop` when the service ends."""

    def __init__(self, bot: Bot, channel: TelegramChannel) -> None:
        self.bot = bot
        self.channel = channel
        self.offset = 0
        self._failures = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._stopping = False

    @property
    def hears(self) -> bool:
        """Whether Telegram answered when it was last asked."""
        return self._failures == 0

    async def run(self) -> None:
        """Ask and take for ever. A wrong token ends it, with one line that says so."""
        await self._patiently(self._begin)
        while not self._stopping:
            found = await self._patiently(self._ask)
            if found:
                # A batch that was begun is finished, also when we are told to stop.
                self._idle.clear()
                await asyncio.shield(asyncio.create_task(self._taken(found)))

    async def stop(self, seconds: float) -> None:
        """Finish the batch that was begun, so long at most, and tell Telegram what has been taken."""
        self._stopping = True
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), seconds)
        if not self.offset:
            return
        try:
            await self.bot(GetUpdates(offset=self.offset, limit=1, timeout=0), request_timeout=5)
        except TelegramAPIError as error:
            log.info("the last updates could not be confirmed and will come again: %s", error)

    async def _begin(self) -> list[Any]:
        await self.bot(DeleteWebhook(drop_pending_updates=False))
        return []

    async def _ask(self) -> list[Any]:
        asked = AskForUpdates(offset=self.offset, timeout=WAIT, allowed_updates=list(ALLOWED))
        return await self.bot(asked, request_timeout=WAIT + 10)

    async def _patiently(self, ask: Callable[[], Awaitable[list[Any]]]) -> list[Any]:
        """Ask, and ask again after a pause when the line or Telegram fails."""
        while True:
            try:
                found = await ask()
            except TelegramUnauthorizedError:
                log.error("Telegram does not know this token: set STOCKTAKING_TELEGRAM_TOKEN to the one from BotFather")
                await asyncio.Event().wait()
            except TelegramConflictError:
                log.error("another program holds this bot's token and polls: stop it, or use another bot")
            except TelegramRetryAfter as error:
                await asyncio.sleep(error.retry_after)
                continue
            except (TelegramNetworkError, TelegramServerError, ClientDecodeError) as error:
                if self._failures == 0:
                    log.warning("Telegram cannot be reached, trying again: %s", error)
            else:
                self._failures = 0
                return found
            self._failures += 1
            await asyncio.sleep(min(LONGEST_PAUSE, 0.5 * 2**self._failures) * random.uniform(0.5, 1))

    async def _taken(self, found: list[Any]) -> None:
        """Take a batch: one person's updates in order, different people at once; then move the offset."""
        theirs: dict[int, list[Update]] = {}
        for update in map(read_update, found):
            if update is not None:
                theirs.setdefault(_person(update), []).append(update)
        try:
            if all(await asyncio.gather(*(self._one_by_one(one) for one in theirs.values()))):
                self.offset = max(update["update_id"] for update in found) + 1
        finally:
            self._idle.set()

    async def _one_by_one(self, updates: list[Update]) -> bool:
        for update in updates:
            if not await self._surely(update):
                return False
        return True

    async def _surely(self, update: Update) -> bool:
        """Take an update, however long the store fails: it must not be lost, and order must hold. False when the
        service stops before that: then it is not confirmed, and comes again.
        """
        pause = 0.2
        while True:
            try:
                await surely(self.channel.take, update)
            except STORE_FAILS as error:
                if self._stopping:
                    return False
                log.error("update %s could not be taken, trying again: %r", update.update_id, error)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            else:
                return True


def _person(update: Update) -> int:
    """Whose update this is; others keep their order among themselves."""
    inside = next((getattr(update, kind) for kind in ALLOWED if getattr(update, kind) is not None), None)
    user = getattr(inside, "from_user", None)
    return user.id if user is not None else 0
