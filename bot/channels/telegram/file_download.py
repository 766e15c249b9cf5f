"""Files that people sent: fetched from Telegram after their turn, and again until they are here."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

from aiogram import Bot
from aiogram.methods import GetFile

from bot.app import App
from bot.channels.telegram.api_client import ApiClient, Refused
from storage.entries import files

__all__ = ["FileDownloads"]

log = logging.getLogger(__name__)

EVERY = 5.0
"""Seconds between looks for files that are still to be fetched."""

LATER = 60.0
"""Seconds until a file that could not be fetched is tried again: meanwhile a look finds those behind it."""


class FileDownloads:
    """Fetches what the store says is missing."""

    def __init__(self, app: App, bot: Bot, sender: ApiClient) -> None:
        self.app = app
        self.bot = bot
        self.sender = sender
        self._failed: dict[str, float] = {}  # id to when it is tried again

    async def run(self) -> None:
        """Look and fetch for ever."""
        while True:
            await asyncio.sleep(EVERY)
            try:
                await self._fetch_missing()
            except Exception as error:  # noqa: BLE001  the next look is as good
                log.warning("files cannot be looked for (%s), trying again", type(error).__name__)

    async def _fetch_missing(self) -> None:
        """Fetch every file that is missing. One that fails now is tried again later, and holds up none behind it.

        Errors of the download show its address, and the bot's token in it: only their kind is logged.
        """
        now = asyncio.get_running_loop().time()
        self._failed = {id: until for id, until in self._failed.items() if until > now}
        besides = frozenset(self._failed)
        for id, source in await self.app.database.read(
            lambda session: files.missing(session, "telegram:", besides=besides)
        ):
            try:
                await self._fetch(id, source.partition(":")[2])
            except Exception as error:  # noqa: BLE001  a full disk, a line that is down, Telegram's own failure
                self._failed[id] = asyncio.get_running_loop().time() + LATER
                status = getattr(error, "status", "")
                log.warning("file %s could not be fetched (%s %s), trying again", id, type(error).__name__, status)

    async def _fetch(self, id: str, file: str) -> None:
        path: Path = self.app.settings.files / id
        try:
            found = await self.sender.call(GetFile(file_id=file))
        except Refused as refusal:
            log.warning("file %s cannot be had from Telegram: %s", id, refusal)
            await self.app.database.write(lambda session: files.note(session, id, "gone"))
            return
        part = path.with_suffix(".part")
        try:
            await self.bot.download_file(found.file_path or "", part)
            await asyncio.to_thread(part.replace, path)
        finally:
            await asyncio.to_thread(part.unlink, missing_ok=True)
        await self.app.database.write(lambda session: files.note(session, id, "kept"))
