"""Calling Telegram: within the budget, again when the line fails, and telling refusals apart."""

from __future__ import annotations

import asyncio
import logging
import random
from typing import TypeVar

from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import TelegramMethod

from bot.courier.pace import Budget

__all__ = ["Gone", "NotModified", "Refused", "Sender", "Unreachable"]

T = TypeVar("T")

log = logging.getLogger(__name__)

TRIES = 8
"""Attempts at a call before it is given up: about two minutes of a failing line."""

LONGEST_WAIT = 30.0


class Refused(Exception):
    """Telegram will not do this, however often it is asked."""


class NotModified(Refused):
    """The message looks so already."""


class Gone(Refused):
    """The message is no more, or is too old to be changed."""


class Unreachable(Refused):
    """The person blocked the bot, closed their account, or never started it."""


SAYINGS: tuple[tuple[str, type[Refused]], ...] = (
    ("message is not modified", NotModified),
    ("message to edit not found", Gone),
    ("message can't be edited", Gone),
    ("message to delete not found", Gone),
    ("query is too old", Gone),
    ("chat not found", Unreachable),
    ("peer_id_invalid", Unreachable),
)
"""What Telegram says, and what it means."""


class Sender:
    """Calls methods for one bot, conversation first, on the process's one budget."""

    def __init__(self, bot: Bot, budget: Budget) -> None:
        self.bot = bot
        self.budget = budget

    async def call(self, method: TelegramMethod[T], chat: int | None = None) -> T:
        """Call a method until it is done; Refused when Telegram will not, the last network error when the line
        stays down.
        """
        for attempt in range(TRIES):
            try:
                async with self.budget.turn(chat, urgent=True):
                    return await self.bot(method)
            except TelegramRetryAfter as error:
                self.budget.halt(error.retry_after)
            except (TelegramNetworkError, TelegramServerError) as error:
                if attempt == TRIES - 1:
                    raise
                log.warning("Telegram does not answer (%s), trying again", type(error).__name__)
                await asyncio.sleep(min(LONGEST_WAIT, 0.5 * 2**attempt) * random.uniform(0.5, 1))
            except (TelegramBadRequest, TelegramForbiddenError) as error:
                raise _meaning(error) from error
        raise Refused("Telegram asked to wait again and again")


def _meaning(error: TelegramAPIError) -> Refused:
    said = error.message.lower()
    if isinstance(error, TelegramForbiddenError):
        return Unreachable(error.message)
    kind = next((kind for saying, kind in SAYINGS if saying in said), Refused)
    return kind(error.message)
