"""Calling Telegram: within the budget, again when the line fails, and telling refusals apart."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import Response, SendChatAction, TelegramMethod

from bot.metrics.counts import REFUSED_BY_TELEGRAM
from bot.rate_limit import Budget, Ticket, Withdrawn

__all__ = ["ApiClient", "Gone", "NotModified", "Overtaken", "Refused", "Unreachable", "Worth"]

Worth = Callable[[], Awaitable[bool]]
"""Whether a call is still worth making: asked when it may go, immediately before it does."""

T = TypeVar("T")

log = logging.getLogger(__name__)

TRIES = 8
"""Attempts at a call before it is given up: about two minutes of a failing line."""

LONGEST_WAIT = 30.0

REPLIES: dict[type[TelegramMethod[Any]], Any] = {}
"""The model of each method's reply, held here: pydantic holds it weakly, and building one anew, whenever the garbage
collector took it, holds up the event loop for a quarter of a second.
"""


class Refused(Exception):
    """Telegram will not do this, however often it is asked."""


class NotModified(Refused):
    """The message looks so already."""


class Gone(Refused):
    """The message is no more, or is too old to be changed."""


class Unreachable(Refused):
    """The person blocked the bot, closed their account, or never started it."""


class Overtaken(Withdrawn):
    """The call was no longer worth making when its turn came: nothing was sent."""


SAYINGS: tuple[tuple[str, type[Refused]], ...] = (
    ("message is not modified", NotModified),
    ("message to edit not found", Gone),
    ("message can't be edited", Gone),
    ("message to delete not found", Gone),
    ("message_id_invalid", Gone),
    ("query is too old", Gone),
    ("chat not found", Unreachable),
    ("user not found", Unreachable),
    ("peer_id_invalid", Unreachable),
)
"""What Telegram says, and what it means."""


class ApiClient:
    """Calls methods for one bot, conversation first, on the process's one budget."""

    def __init__(self, bot: Bot, budget: Budget) -> None:
        self.bot = bot
        self.budget = budget

    async def call(self, method: TelegramMethod[T], *, again: bool = True, worth: Worth | None = None) -> T:
        """Call a method until it is done; Refused when Telegram will not, the last network error when the line
        stays down. `again` False: once, for what is worth nothing later. A group that moved is followed.

        Overtaken: `worth` said no. It is asked before each attempt, when the wait for a place in the budget is over.
        """
        for attempt in range(TRIES):
            try:
                async with self._turn(method):
                    if worth is not None and not await worth():
                        raise Overtaken
                    return await self._heeding(method)
            except TelegramRetryAfter as error:
                if not again:
                    raise Refused(error.message) from error
            except (TelegramNetworkError, TelegramServerError) as error:
                if attempt == TRIES - 1 or not again:
                    raise
                log.warning("Telegram does not answer (%s), trying again", type(error).__name__)
                await asyncio.sleep(min(LONGEST_WAIT, 0.5 * 2**attempt) * random.uniform(0.5, 1))
            except TelegramMigrateToChat as error:
                method = method.model_copy(update={"chat_id": error.migrate_to_chat_id})
            except (TelegramBadRequest, TelegramForbiddenError) as error:
                meaning = _meaning(error)
                REFUSED_BY_TELEGRAM[type(meaning).__name__] += 1
                raise meaning from error
        raise Refused("Telegram asked to wait again and again")

    async def _heeding(self, method: TelegramMethod[T]) -> T:
        """Call; a 429 halts everything before the place is left to the next one."""
        if type(method) not in REPLIES:
            REPLIES[type(method)] = Response[method.__returning__]  # type: ignore[name-defined]
        try:
            return await self.bot(method)
        except TelegramRetryAfter as error:
            self.budget.halt(error.retry_after)
            REFUSED_BY_TELEGRAM["RetryAfter"] += 1
            raise

    @asynccontextmanager
    async def _turn(self, method: TelegramMethod[Any]) -> AsyncIterator[None]:
        """A place in the budget. New messages count for their chat and for all; changes of messages for all;
        what puts nothing into a chat (an answer to a press, `typing`, commands) only waits out a halt.
        """
        if not _writes(method):
            await self.budget.resumed()
            yield
            return
        sends = type(method).__name__.startswith("Send")
        async with self.budget.turn(_chat(method) if sends else None, Ticket(urgent=True)):
            yield


def _writes(method: TelegramMethod[Any]) -> bool:
    kind = type(method).__name__
    return kind.startswith(("Send", "Edit", "Copy", "Forward")) and not isinstance(method, SendChatAction)


def _chat(method: TelegramMethod[Any]) -> int | None:
    chat = getattr(method, "chat_id", None)
    return chat if isinstance(chat, int) else None


def _meaning(error: TelegramAPIError) -> Refused:
    said = error.message.lower()
    if isinstance(error, TelegramForbiddenError):
        return Unreachable(error.message)
    kind = next((kind for saying, kind in SAYINGS if saying in said), Refused)
    return kind(error.message)
