"""The courier as a part of the service: everything that sends unasked, started and stopped as one."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.app import App
from bot.delivery.composer import Composer, plan, returned
from bot.delivery.courier import Courier, Lane
from bot.delivery.ledger import Ledger
from bot.delivery.mail_composer import MailComposer
from bot.rate_limit import Budget
from bot.scheduling.reminders import Reminders
from bot.scheduling.scheduler import Clock
from bot.settings import Settings
from dialogs.domain.channels import MAIL, TELEGRAM
from dialogs.questionnaire.source import loader
from storage.announcements.announcement_actions import hold
from storage.reminders import digest

__all__ = ["open_courier"]

log = logging.getLogger(__name__)

SWEEPING = timedelta(seconds=60)
"""How often it is looked whether a reminder is owed somewhere."""
SUMMARIZING = timedelta(minutes=30)
"""How often it is looked whether organizers are to be told what waits: a start has more urgent things to send."""
AMENDING = timedelta(seconds=5)
LIVE = timedelta(seconds=4)
"""How often a live message may change: it costs a message of the budget."""
ANSWERS = timedelta(seconds=60)
"""How often the mailbox is looked into that answers to letters come to."""
MAIL_WORKERS = 4
"""Letters under way at once: each has a connection to the mail server."""

Work = Callable[[], Awaitable[object]]


def utc_now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def open_courier(
    app: App, budget: Budget | None, *, now: Callable[[], datetime] = utc_now, sweeping: timedelta = SWEEPING
) -> AsyncIterator[Courier]:
    """Send what is due for as long as the block lasts; at its end letters under way are finished and noted.

    The settings must have a Telegram token or a mail server. `budget` is the process's one and only for Telegram,
    shared with the channel; None without a token.
    """
    reminders = Reminders(app.database, loader.versions(), app.words)
    composer = Composer(app.words, reminders, _mail_composer(app))
    clock = Clock(now)
    async with AsyncExitStack() as stack:
        lanes: list[Lane] = []
        chores: list[tuple[timedelta, str, Work]] = []
        if budget is not None:
            chores += await _telegram(stack, app, budget, composer, lanes, now)
        if app.settings.mail_url is not None:
            _mail(stack, app.settings, lanes)
            chores += _answers(app, now)
        ledger = Ledger(app.database, composer, returned=returned, hold=hold)
        courier = Courier(ledger, lanes, plan, url=app.settings.database_url, now=now)
        working = asyncio.create_task(courier.run(), name="courier")

        async def sweep(at: datetime) -> None:
            if courier.active.is_set() and await reminders.sweep(at):
                courier.wake()

        async def summarize(at: datetime) -> None:
            planned = await app.database.write(partial(digest.plan, now=at)) if courier.active.is_set() else 0
            if planned:
                courier.wake()

        clock.every(sweeping, "reminders", sweep)
        clock.every(SUMMARIZING, "summaries", summarize, after=SUMMARIZING)
        for interval, name, work in chores:
            clock.every(interval, name, _while_active(courier, work))
        clock.start()
        try:
            yield courier
        finally:
            clock.stop()
            courier.stop()
            with contextlib.suppress(asyncio.CancelledError):
                await working


def _while_active(courier: Courier, work: Work) -> Callable[[datetime], Awaitable[None]]:
    async def act(at: datetime) -> None:
        if courier.active.is_set():
            await work()

    return act


async def _telegram(
    stack: AsyncExitStack,
    app: App,
    budget: Budget,
    composer: Composer,
    lanes: list[Lane],
    now: Callable[[], datetime],
) -> list[tuple[timedelta, str, Work]]:
    """Open the lane of Telegram; what is to be done there beside sending: changing what was sent, and live messages."""
    from bot.delivery.message_edits import MessageEdits
    from bot.delivery.progress_messages import Live
    from bot.delivery.telegram_post import Post

    token = app.settings.telegram_token
    assert token is not None  # there is a budget only with a token
    post = await stack.enter_async_context(Post(token.get_secret_value(), app.settings.telegram_api_url, budget))
    lanes.append(Lane(TELEGRAM, post, budget))
    amending = MessageEdits(app.database, post, composer, now)
    live = Live(app.database, app.words, post, app.settings.telegram_rate, now)

    async def amend() -> None:
        while await amending.round():
            log.debug("messages that were sent are being changed")

    return [(AMENDING, "amendments", amend), (LIVE, "live messages", live.round)]


def _mail(stack: AsyncExitStack, settings: Settings, lanes: list[Lane]) -> None:
    """Open the lane of mail."""
    from bot.channels.mail.smtp_post import SmtpPost

    server, budget = settings.mail_server, Budget(settings.mail_rate)
    assert server is not None  # the caller asks with a mail server only
    post = SmtpPost(server, settings.mail_sender, budget, signer=settings.mail_signer)
    stack.push_async_callback(post.close)
    lanes.append(Lane(MAIL, post, budget, workers=MAIL_WORKERS))


def _answers(app: App, now: Callable[[], datetime]) -> list[tuple[timedelta, str, Work]]:
    """Looking into the mailbox that answers to letters come to, where there is one."""
    server = app.settings.mail_mailbox
    if server is None:
        return []
    from bot.channels.mail.imap_mailbox import ImapMailbox

    return [(ANSWERS, "answers by mail", ImapMailbox(server, app.database, now).round)]


def _mail_composer(app: App) -> MailComposer | None:
    settings = app.settings
    if settings.mail_url is None:
        return None
    from bot.channels.mail.letter import Sender

    sender = Sender(settings.mail_sender, settings.mail_sender_name, settings.mail_reply_to)
    answered = bool(settings.mail_reply_to) or settings.mail_inbox is not None
    return MailComposer(app.words, sender, settings.public_url or "", owner=settings.site_owner, answered=answered)
