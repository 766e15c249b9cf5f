"""Changing what was sent already: every message of an announcement edited to its newest text, or deleted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from bot.delivery.composer import Composer
from bot.delivery.outgoing import Delivered, Failed, OutgoingMessage, Upshot
from bot.delivery.telegram_post import Post
from dialogs.domain.channels import TELEGRAM
from storage.announcements import announcements
from storage.announcements.audiences import THE_CHANNEL
from storage.engine.database import Database
from storage.messaging import deliveries, notices
from storage.messaging.deliveries import Amendment
from storage.people import people

__all__ = ["MessageEdits"]

SLICE = 64
"""Messages changed at a time. The budget holds the pace."""


class MessageEdits:
    """Editing twice does no harm, so a crash here costs nothing but some messages edited again."""

    def __init__(self, database: Database, post: Post, preparing: Composer, now: Callable[[], datetime]) -> None:
        self._database = database
        self._post = post
        self._preparing = preparing
        self._now = now

    async def round(self) -> int:
        """Change the next few messages. Returns how many were looked at; 0: there is nothing to change."""
        since = self._now() - announcements.RECALLABLE
        changes = await self._database.read(lambda session: deliveries.amendments(session, since, SLICE))
        await asyncio.gather(*(self._change(change) for change in changes))
        return len(changes)

    async def _change(self, change: Amendment) -> None:
        address, letter = await self._database.read(lambda session: self._prepare(session, change))
        upshot = await self._act(change, address, letter) if address else None
        cause = _cause(upshot)
        await self._database.write(lambda session: deliveries.amended(session, change, cause))

    async def _act(self, change: Amendment, address: str, letter: OutgoingMessage) -> Upshot:
        chat = int(address) if address.lstrip("-").isdigit() else address
        if change.recall:
            return await self._post.recall(chat, change.message)
        return await self._post.edit(chat, change.message, letter)

    def _prepare(self, session: Session, change: Amendment) -> tuple[str | None, OutgoingMessage]:
        if change.person == THE_CHANNEL:
            notice = notices.get(session, change.notice)
            letter = self._preparing.post(notice, notices.texts(session, change.notice))
            return str(notice.audience.get("channel") or "") or None, letter
        letter = self._preparing.anew(session, change.notice, change.person, self._now())
        return people.address(session, change.person, TELEGRAM), letter


def _cause(upshot: Upshot | None) -> str | None:
    """None when it was done; else why not."""
    if isinstance(upshot, Delivered):
        return None
    return upshot.cause.value if isinstance(upshot, Failed) else "unclear"
