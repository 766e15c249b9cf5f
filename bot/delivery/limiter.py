"""python-telegram-bot's seam for rate limiters, on the one budget of the process.

Its own AIORateLimiter was measured and falls short: 60 messages in the first second, 154 after a ban, and a
ban that any finishing request ends early (python-telegram-bot #5338).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.rate_limit import Budget, Ticket

__all__ = ["BudgetLimiter"]

os.environ.setdefault("PTB_TIMEDELTA", "1")
"""The library's own switch to durations as `timedelta`; without it every 429 prints a warning."""

TRIES = 12
"""How often a message may be answered with 429 before it is given up. Nothing was delivered by those."""


class BudgetLimiter(BaseRateLimiter[Ticket]):
    """Every request that names a chat takes a turn of the budget; a 429 halts the whole process.

    `rate_limit_args` is the request's slip: whether it is urgent, and the way to withdraw it.
    """

    def __init__(self, budget: Budget) -> None:
        self.budget = budget

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to close: the budget outlives the courier."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Ticket | None,
    ) -> Any:
        """Call in turn. RetryAfter is raised only when the last try met it too; Withdrawn: nothing was sent."""
        if data.get("chat_id") is None:
            return await callback(*args, **kwargs)
        slip = rate_limit_args or Ticket()
        for tries_left in reversed(range(TRIES)):
            try:
                async with self.budget.turn(_chat(data["chat_id"]), slip):
                    return await self._call(callback, args, kwargs)
            except RetryAfter:
                if not tries_left:
                    raise
        raise AssertionError("unreachable: the last try returns or raises")

    async def _call(self, callback: Callable[..., Coroutine[Any, Any, Any]], args: Any, kwargs: dict[str, Any]) -> Any:
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as banned:
            self.budget.halt(_seconds(banned))
            raise


def _chat(chat_id: int | str) -> int | None:
    """The number of a chat; None for `@channel` names, which count for the whole bot only."""
    try:
        return int(chat_id)
    except ValueError:
        return None


def _seconds(banned: RetryAfter) -> float:
    """How long the ban lasts; the library gives a number or a timedelta, as it is set."""
    after = banned.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)
