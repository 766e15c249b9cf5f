"""Templates that come back through Telegram: fetched and read before the turn, as the conversation reads no files."""

from __future__ import annotations

import asyncio
import io
import logging
from dataclasses import replace

from aiogram import Bot
from aiogram.methods import GetFile

from bot.channels.telegram.api_client import ApiClient, Refused
from bot.offline import filled_file
from dialogs.domain.events import Event, Sent
from dialogs.domain.offline import FilledIn, Problem

__all__ = ["FilledTemplates"]

log = logging.getLogger(__name__)

PATIENCE = 30.0
"""Seconds within which such a small file must be here: its person waits meanwhile, and nobody else."""


class FilledTemplates:
    """Looks into files that may be templates."""

    def __init__(self, bot: Bot, sender: ApiClient) -> None:
        self.bot = bot
        self.sender = sender

    async def looked_into(self, event: Event) -> Event:
        """The event, with what stands in its file where that may be a template."""
        if not isinstance(event, Sent) or not filled_file.may_be_template(event.file):
            return event
        return replace(event, filled=await self._read(event))

    async def _read(self, event: Sent) -> FilledIn:
        """What stands in it. A file that cannot be had may be one all the same: then its person hears why."""
        if event.file.size > filled_file.LARGEST:
            return FilledIn(Problem.HUGE)
        kept = io.BytesIO()
        try:
            async with asyncio.timeout(PATIENCE):
                found = await self.sender.call(GetFile(file_id=event.file.source.partition(":")[2]))
                await self.bot.download_file(found.file_path or "", kept)
        except Refused as refusal:
            log.warning("a file cannot be had from Telegram: %s", refusal)
            return FilledIn(Problem.NOT_FETCHED)
        except Exception as error:  # noqa: BLE001  their text shows the address, and the bot's token in it
            log.warning("a file could not be fetched (%s)", type(error).__name__)
            return FilledIn(Problem.NOT_FETCHED)
        if kept.tell() > filled_file.LARGEST:  # more than its sender said
            return FilledIn(Problem.HUGE)
        return await asyncio.to_thread(filled_file.read_bytes, kept.getvalue())
