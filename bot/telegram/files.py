"""Files that people sent: fetched from Telegram after their turn, and again until they are here."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

from aiogram import Bot
from aiogram.methods import GetFile

from bot.app import App
from bot.telegram.sending import Refused, Sender
from storage import files

__all__ = ["Fetching"]

log = logging.getLogger(__name__)

EVERY = 5.0
"""Seconds between looks for files that are still to be fetched."""


class Fetching:
    """Fetches what the store says is missing."""

    def __init__(self, app: App, bot: Bot, sender: Sender) -> None:
        self.app = app
        self.bot = bot
        self.sender = sender

    async def run(self) -> None:
        """Look and fetch for ever."""
        while True:
            await asyncio.sleep(EVERY)
            try:
                for id, source in await self.app.database.read(lambda session: files.missing(session, "telegram:")):
                    await self._fetch(id, source.partition(":")[2])
            except Exception:
                log.exception("files could not be fetched, trying again")

    async def _fetch(self, id: str, file: str) -> None:
        path: Path = self.app.settings.files / id
        try:
            found = await self.sender.call(GetFile(file_id=file))
        except Refused as refusal:
            log.warning("file %s cannot be had from Telegram: %s", id, refusal)
            await self.app.database.write(lambda session: files.note(session, id, "gone"))
            return
        part = path.with_suffix(".part")
        await self.bot.download_file(found.file_path or "", part)
        await asyncio.to_thread(part.replace, path)
        await self.app.database.write(lambda session: files.note(session, id, "kept"))
