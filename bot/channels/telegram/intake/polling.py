"""Asking Telegram for updates. The offset is only moved past updates whose turns are committed.

Each person's updates are taken one after the other, different people's at once, and the next question does not wait for
any of them: a person whose row is locked holds up nobody else.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
from collections import deque
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

from bot.channels.telegram.intake.parked_updates import ParkedUpdates
from bot.channels.telegram.intake.parse_update import ALLOWED
from bot.channels.telegram.intake.update_json import read_update
from bot.channels.telegram.intake.update_retry import Intake
from bot.channels.telegram.intake.update_window import Window
from storage.engine.database import DatabaseUnavailable

__all__ = ["Polling"]

log = logging.getLogger(__name__)

WAIT = 25
"""Seconds that Telegram holds a question for updates open."""

LONGEST_PAUSE = 30.0

BREATH = 0.3
"""Seconds that the next question waits for what the last one brought: asked sooner, Telegram would send it again."""
LONGEST_BREATH = 1.0
"""The same while something is stuck and nothing new comes: Telegram holds no question open then."""
CONFIRMING = 2

STUCK = 4
"""How often in a row Telegram may send nothing but what is in hand: for some three seconds."""


class AskForUpdates(TelegramMethod[list[Any]]):
    """`getUpdates` with each update as it came: one that cannot be read must not keep the others from us."""

    __returning__ = list[Any]
    __api_method__ = "getUpdates"

    offset: int
    timeout: int
    allowed_updates: list[str]


class Polling:
    """The loop of one bot: `run`, and `stop` when the service ends."""

    def __init__(self, bot: Bot, intake: Intake) -> None:
        self.bot = bot
        self.intake = intake
        self._window = Window()
        self._parked = ParkedUpdates(intake.channel.app)
        self._in_hand: dict[int, Any] = {}  # updates that are not taken yet, as they came
        self._queues: dict[int, deque[Update]] = {}  # by person; there while somebody's updates are being taken
        self._tasks: set[asyncio.Task[None]] = set()
        self._idle = asyncio.Event()
        self._idle.set()
        self._failures = 0
        self._stopping = asyncio.Event()

    @property
    def hears(self) -> bool:
        """Whether Telegram answered when it was last asked."""
        return self._failures == 0

    async def run(self) -> None:
        """Ask and take until `stop`. A wrong token ends it, with one line that says so."""
        asking = asyncio.create_task(self._ask_on())
        stopping = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait({asking, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            # The question that Telegram holds open is broken off: what it may just have brought comes again.
            for task in (asking, stopping):
                task.cancel()
            await asyncio.gather(asking, stopping, return_exceptions=True)

    async def stop(self, seconds: float) -> None:
        """Finish what was begun, so long at most, and tell Telegram what has been taken."""
        self._stopping.set()
        self.intake.stop()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), seconds)
        for task in self._tasks:
            task.cancel()
        if not self._window.offset:
            return
        try:
            confirming = GetUpdates(offset=self._window.offset, limit=1, timeout=0)
            await self.bot(confirming, request_timeout=CONFIRMING)
        except TelegramAPIError as error:
            log.info("the last updates could not be confirmed and will come again: %s", type(error).__name__)

    async def _ask_on(self) -> None:
        for id, body in (await self._parked.left()).items():
            self._queue(id, body)
        await self._patiently(self._begin)
        breath, old_news = BREATH, 0
        while True:
            found = await self._patiently(self._ask)
            fresh = self._admit(found)
            breath = BREATH if fresh else min(2 * breath, LONGEST_BREATH)
            old_news = old_news + 1 if found and not fresh else 0
            if old_news >= STUCK:
                await self._go_on_without_the_stuck()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._idle.wait(), breath)

    async def _begin(self) -> list[Any]:
        await self.bot(DeleteWebhook(drop_pending_updates=False))
        return []

    async def _ask(self) -> list[Any]:
        asked = AskForUpdates(offset=self._window.offset, timeout=WAIT, allowed_updates=list(ALLOWED))
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

    def _admit(self, found: list[Any]) -> int:
        """Give each person's updates to their queue; how many are new."""
        by_id = {update["update_id"]: update for update in found}
        fresh = self._window.enter(by_id)
        for id in fresh:
            self._queue(id, by_id[id])
        return len(fresh)

    def _queue(self, id: int, body: Any) -> None:
        """Give an update to its person's queue."""
        update = read_update(body)
        if update is None:
            self._window.finish(id)
            return
        self.intake.channel.answer_press(update)
        self._in_hand[id] = body
        self._idle.clear()
        person = _person(update)
        if person in self._queues:
            self._queues[person].append(update)
            return
        self._queues[person] = deque([update])
        task = asyncio.create_task(self._one_by_one(person))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _go_on_without_the_stuck(self) -> None:
        """Nothing new comes as what is stuck is sent again and again: keep it elsewhere, and have Telegram go on."""
        stuck = {id: body for id, body in self._in_hand.items() if id not in self._parked}
        if not stuck or not await self._parked.keep(stuck):
            return
        for id in stuck:
            self._window.finish(id)
        if taken := stuck.keys() - self._in_hand.keys():  # while they were being kept
            await self._parked.release(taken)

    async def _one_by_one(self, person: int) -> None:
        """Take somebody's updates in order. When the service stops before the database is back, they come again."""
        queue = self._queues[person]
        try:
            while queue:
                await self.intake.take(queue[0])
                id = queue.popleft().update_id
                self._window.finish(id)
                del self._in_hand[id]
                if id in self._parked:
                    await self._parked.release([id])
        except DatabaseUnavailable as error:
            log.warning("updates that were not taken come again after the next start: %s", error)
        finally:
            del self._queues[person]
            if not self._queues:
                self._idle.set()


def _person(update: Update) -> int:
    """Whose update this is; others keep their order among themselves."""
    inside = next((getattr(update, kind) for kind in ALLOWED if getattr(update, kind) is not None), None)
    user = getattr(inside, "from_user", None)
    return user.id if user is not None else 0
