"""Sending one letter through python-telegram-bot, and telling what became of it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Message
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import ExtBot

from bot.delivery.limiter import BudgetLimiter
from bot.delivery.outgoing import Attachment, ChannelRefused, Delivered, Failed, OutgoingMessage, Unknown, Upshot
from bot.delivery.transport import AiohttpRequest, NotSent
from bot.rate_limit import Budget, Ticket
from dialogs.domain.notice import Cause

__all__ = ["Post", "TokenRefused"]

TRIES = 5
"""How often a message is tried while Telegram is unreachable or answers with an error of its own (5xx)."""
PAUSES = (0.5, 1.0, 2.0, 4.0)
"""Seconds between them, each with up to as much again by chance, so that workers do not return together."""

REFUSALS: tuple[tuple[str, Cause], ...] = (
    ("bot was blocked by the user", Cause.BLOCKED),
    ("user is deactivated", Cause.DEACTIVATED),
    ("bot can't initiate conversation", Cause.NOT_STARTED),
    ("bot can't send messages to bots", Cause.NOT_FOUND),
    ("bot was kicked", Cause.BLOCKED),
    ("bot is not a member", Cause.BLOCKED),
    ("need administrator rights", Cause.REFUSED),
    ("chat not found", Cause.NOT_FOUND),
    ("user not found", Cause.NOT_FOUND),
    ("peer_id_invalid", Cause.NOT_FOUND),
    ("message can't be edited", Cause.TOO_LATE),
    ("message can't be deleted", Cause.TOO_LATE),
    ("message to edit not found", Cause.TOO_LATE),
    ("message to delete not found", Cause.TOO_LATE),
)
"""Telegram's descriptions, in lower case, and what they mean. It gives no codes for them."""


class TokenRefused(ChannelRefused):
    """Telegram does not know this bot token (any more): nothing can be sent to anybody."""


class Post:
    """The courier's side of Telegram. `api_url` is the server's address without `/bot`."""

    def __init__(self, token: str, api_url: str, budget: Budget) -> None:
        base = api_url.rstrip("/")
        self._request = AiohttpRequest()
        self._bot: ExtBot[Ticket] = ExtBot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=self._request,
            get_updates_request=AiohttpRequest(connections=1),  # never opened: we only send
            rate_limiter=BudgetLimiter(budget),
        )

    async def __aenter__(self) -> Post:
        """Open the transport. Telegram is not asked anything yet: it may be down now and up later."""
        await self._request.initialize()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self._request.shutdown()

    async def send(self, address: int | str, letter: OutgoingMessage, *, slip: Ticket | None = None) -> Upshot:
        """Send when it is its turn, by the `slip`; a chat that moved is followed once.

        What Telegram answers is told, not raised; but for TokenRefused, which concerns all messages, and
        Withdrawn: the slip was called back before the letter had its turn, and nothing was sent.
        """
        upshot = await self._try(lambda: self._post(address, letter, slip))
        if isinstance(upshot, Failed) and upshot.address is not None:
            return await self._try(lambda: self._post(upshot.address or address, letter, slip))
        return upshot

    async def edit(self, address: int | str, message: int, letter: OutgoingMessage) -> Upshot:
        """Put the letter's text and buttons into a message that was sent. The same text again is no error."""
        change = self._bot.edit_message_caption if letter.attachment else self._bot.edit_message_text
        words = {"caption": letter.html} if letter.attachment else {"text": letter.html}

        async def edit() -> Delivered:
            await change(
                chat_id=address,
                message_id=message,
                parse_mode="HTML",
                reply_markup=_keyboard(letter),
                **words,  # type: ignore[arg-type]
            )
            return Delivered(message)

        return await self._try(edit, unchanged=Delivered(message))

    async def recall(self, address: int | str, message: int) -> Upshot:
        """Delete a message; Telegram allows it for 48 hours. One that is gone already counts as deleted."""

        async def delete() -> Delivered:
            await self._bot.delete_message(address, message)
            return Delivered(message)

        return await self._try(delete)

    async def _post(self, address: int | str, letter: OutgoingMessage, slip: Ticket | None) -> Delivered:
        common: dict[str, Any] = {
            "chat_id": address,
            "parse_mode": "HTML",
            "reply_markup": _keyboard(letter),
            "disable_notification": letter.silent or None,
            "rate_limit_args": slip,
        }
        if letter.attachment is None:
            preview = LinkPreviewOptions(is_disabled=True)
            sent = await self._bot.send_message(text=letter.html, link_preview_options=preview, **common)
            return Delivered(sent.message_id)
        file = letter.attachment.remote or letter.attachment.source
        if letter.attachment.picture:
            sent = await self._bot.send_photo(photo=file, caption=letter.html, **common)
        else:
            sent = await self._bot.send_document(document=file, caption=letter.html, **common)
        return Delivered(sent.message_id, _remote(sent, letter.attachment))

    async def _try(self, act: Callable[[], Awaitable[Delivered]], unchanged: Delivered | None = None) -> Upshot:
        """Act; again, with growing pauses, only where Telegram surely did not do it."""
        for pause in (*PAUSES, None):
            try:
                return await act()
            except InvalidToken as error:
                raise TokenRefused(error.message) from error
            except TelegramError as error:
                if unchanged is not None and "message is not modified" in error.message.lower():
                    return unchanged
                upshot = _upshot(error)
            if upshot is not None:
                return upshot
            if pause is not None:
                await asyncio.sleep(pause * (1 + random.random()))
        return Failed(Cause.UNREACHABLE, f"no success in {TRIES} tries")


def _upshot(error: TelegramError) -> Upshot | None:
    """What an error means for the message; None: it is safe and sensible to try again."""
    if isinstance(error, ChatMigrated):
        return Failed(Cause.MIGRATED, error.message, error.new_chat_id)
    if isinstance(error, (Forbidden, BadRequest)):
        return Failed(_cause(error), error.message)
    if isinstance(error, (NotSent, RetryAfter)):
        return None
    if isinstance(error, TimedOut):
        return Unknown("no answer came")
    if isinstance(error, NetworkError):
        broke = error.message.startswith(("the connection broke", "Unknown error in HTTP"))
        return Unknown(error.message) if broke else None
    return Failed(Cause.REFUSED, error.message)


def _cause(error: TelegramError) -> Cause:
    said = error.message.lower()
    blocked = Cause.BLOCKED if isinstance(error, Forbidden) else Cause.REFUSED
    return next((cause for words, cause in REFUSALS if words in said), blocked)


def _keyboard(letter: OutgoingMessage) -> InlineKeyboardMarkup | None:
    rows = [
        [InlineKeyboardButton(button.label, callback_data=button.code, url=button.url) for button in row]
        for row in letter.rows
    ]
    return InlineKeyboardMarkup(rows) if rows else None


def _remote(sent: Message, attachment: Attachment) -> str | None:
    if attachment.picture:
        return sent.photo[-1].file_id if sent.photo else None
    return sent.document.file_id if sent.document else None
