"""The courier as a part of the service: everything that sends unasked, started and stopped as one."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from bot.app import App
from bot.delivery.composer import Composer, plan, returned
from bot.delivery.courier import Courier
from bot.delivery.ledger import Ledger
from bot.delivery.message_edits import MessageEdits
from bot.delivery.progress_messages import Live
from bot.delivery.telegram_post import Post
from bot.rate_limit import Budget
from bot.scheduling.reminders import Reminders
from bot.scheduling.scheduler import Clock
from dialogs.questionnaire import loader
from storage.messaging.announcement_actions import hold

__all__ = ["open_courier"]

log = logging.getLogger(__name__)

SWEEPING = timedelta(seconds=60)
"""How often it is looked whether a reminder is owed somewhere."""
AMENDING = timedelta(seconds=5)
LIVE = timedelta(seconds=4)
"""How often a live message may change: it costs a message of the budget."""


def utc_now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def open_courier(
    app: App, budget: Budget, *, now: Callable[[], datetime] = utc_now, sweeping: timedelta = SWEEPING
) -> AsyncIterator[Courier]:
    """Send what is due for as long as the block lasts; at its end letters under way are finished and noted.

    The settings must have a Telegram token. `budget` is the process's one and only, shared with the channel.
    """
    token = app.settings.telegram_token
    assert token is not None  # the caller asks for a courier only with a token
    reminders = Reminders(app.database, loader.versions(), app.words)
    preparing = Composer(app.words, reminders)
    clock = Clock(now)
    async with Post(token.get_secret_value(), app.settings.telegram_api_url, budget) as post:
        ledger = Ledger(app.database, preparing, returned=returned, hold=hold)
        courier = Courier(ledger, post, budget, plan, url=app.settings.database_url, now=now)
        amending = MessageEdits(app.database, post, preparing, now)
        live = Live(app.database, app.words, post, app.settings.telegram_rate, now)
        working = asyncio.create_task(courier.run(), name="courier")

        async def sweep(at: datetime) -> None:
            if courier.active.is_set() and await reminders.sweep(at):
                courier.wake()

        async def amend(at: datetime) -> None:
            while courier.active.is_set() and await amending.round():
                log.debug("messages that were sent are being changed")

        async def show(at: datetime) -> None:
            if courier.active.is_set():
                await live.round()

        clock.every(sweeping, "reminders", sweep)
        clock.every(AMENDING, "amendments", amend)
        clock.every(LIVE, "live messages", show)
        clock.start()
        try:
            yield courier
        finally:
            clock.stop()
            courier.stop()
            with contextlib.suppress(asyncio.CancelledError):
                await working
