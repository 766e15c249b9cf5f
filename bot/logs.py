"""What may stand in the log: no secret, no words of anybody's, and not the same line thousands of times.

The rules are filters of the handler that writes, so that they hold for every logger, libraries' included.
"""

from __future__ import annotations

import logging
import re
import time
import traceback
from types import TracebackType

from bot.health.outage_log import OutageLog

__all__ = ["LogThrottle", "RedactingFilter", "install_filters"]

MASK = "***"

TOKEN = re.compile(r"(?<![\w.])((?:bot)?\d{3,}):[\w-]{8,}", re.ASCII)
"""A bot token, alone or in an address of Telegram's: the number before the colon is the bot's public id."""

PARAMETERS = re.compile(r"\[parameters: .*?\](?=\n|$)", re.DOTALL)
"""What SQLAlchemy says of a statement's values, which are people's words."""

VALUES = re.compile(r"((?:DETAIL:|invalid input for query argument)[^\n]*?[:=] ?)[^\n]+")
"""What PostgreSQL and its driver say of a value that they refuse."""

TELLING = ("OSError", "RuntimeError", "OperationalError", "ClientError", "TelegramAPIError")
"""Errors, by the name of a class they descend from, whose message is the system's or a peer's own."""


class RedactingFilter(logging.Filter):
    """Masks secrets in what is logged, tracebacks included, and leaves out what errors say of values.

    The frames of a traceback show our code only; the message of an error may repeat what somebody typed
    (`invalid literal for int(): 'Amina'`), so of most errors only their kind is written.
    """

    def __init__(self, *secrets: str) -> None:
        super().__init__()
        self._secrets = [secret for secret in secrets if secret]

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record before any formatter sees it; True: it is always written."""
        record.msg, record.args = self.masked(record.getMessage()), ()
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = self.masked(_traceback(record.exc_info[1]))
        if record.stack_info:
            record.stack_info = self.masked(record.stack_info)
        return True

    def masked(self, text: str) -> str:
        """A text without secrets."""
        for secret in self._secrets:
            text = text.replace(secret, MASK)
        text = PARAMETERS.sub(f"[parameters: {MASK}]", TOKEN.sub(rf"\1:{MASK}", text))
        return VALUES.sub(rf"\1{MASK}", text)


def _traceback(error: BaseException | None) -> str:
    """The way to an error and its causes, oldest first, as Python writes it, with messages of the system only."""
    told: list[str] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        told.insert(0, _one(error, error.__traceback__))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n\n".join(told)


def _one(error: BaseException, way: TracebackType | None) -> str:
    said = f": {error}" if any(kind.__name__ in TELLING for kind in type(error).__mro__) else ""
    frames = "".join(traceback.format_tb(way))
    return f"Traceback (most recent call last):\n{frames}{type(error).__module__}.{type(error).__qualname__}{said}"


class LogThrottle(logging.Filter):
    """Lets a line through a few times a minute; the next one that is let through says how many were not.

    For the loggers of the event loop, the server and the web chat's guard: what they complain of (no more file
    descriptors, a request for another host) comes as often as somebody likes.
    """

    NAMES = ("asyncio", "aiohttp", "bot.channels.web.access.security_headers")

    def __init__(self, most: int = 10, seconds: float = 60.0) -> None:
        super().__init__()
        self._most, self._seconds = most, seconds
        self._seen: dict[tuple[str, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this line is written."""
        if not record.name.startswith(self.NAMES):
            return True
        key, now = (record.name, str(record.msg)[:60]), time.monotonic()
        since, count = self._seen.get(key, (now, 0))
        if now - since >= self._seconds:
            if count > self._most:
                record.msg = f"{record.msg} ({count - self._most} more like it were left out)"
            since, count = now, 0
        if key not in self._seen and len(self._seen) > 1000:
            self._seen.clear()
        self._seen[key] = (since, count + 1)
        return count < self._most


def install_filters(*secrets: str) -> None:
    """Have everything that the root logger's handlers write pass the filters."""
    for handler in logging.getLogger().handlers:
        for filter in list(handler.filters):
            if isinstance(filter, OutageLog | RedactingFilter | LogThrottle):
                handler.removeFilter(filter)
        handler.addFilter(OutageLog())
        handler.addFilter(LogThrottle())
        handler.addFilter(RedactingFilter(*secrets))
