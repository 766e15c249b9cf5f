"""`stocktaking doctor`: what is set, reachable and missing, in words that an organizer understands."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.charts.fonts import has_letters_of
from bot.questionnaires import faulty_files
from bot.settings import Settings
from dialogs.questionnaire import loader
from locales.words import Words
from storage.database import Database, DatabaseError

__all__ = ["Finding", "examine"]

ENOUGH = 500 * 2**20
"""Bytes that should be free where files and the database are kept."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: how it is, and what to do when it isn't right."""

    wrong: bool
    what: str
    advice: str = ""

    def __str__(self) -> str:
        return f"{'MEND' if self.wrong else 'ok  '}  {self.what}{'. ' + self.advice if self.advice else ''}"


async def examine(settings: Settings) -> list[Finding]:
    """Look at everything the service needs."""
    return [
        *[finding async for finding in _database(settings)],
        *_files(settings),
        *_questionnaires(),
        *_listening(settings),
        *_words(),
        *_fonts(),
        *[finding async for finding in _telegram(settings)],
        *_organizers(settings),
    ]


async def _database(settings: Settings) -> AsyncIterator[Finding]:
    try:
        database = await Database.open(settings.database_url)
    except DatabaseError as error:
        yield Finding(True, f"the database cannot be used: {error}")
        return
    yield Finding(False, f"the database is reachable and its tables are up to date ({database.place})")
    await database.close()


def _files(settings: Settings) -> Iterator[Finding]:
    folder: Path = settings.files
    there = folder if folder.exists() else next(parent for parent in folder.absolute().parents if parent.exists())
    if not os.access(there, os.W_OK):
        yield Finding(True, f"{folder} cannot be written", "Set STOCKTAKING_FILES to a folder of your own")
        return
    free = shutil.disk_usage(there).free
    yield Finding(free < ENOUGH, f"files are kept in {folder}: {free // 2**20:,} MB free")


def _questionnaires() -> Iterator[Finding]:
    for line in faulty_files():
        yield Finding(True, line, "Mend the file: stocktaking questionnaire lint names every mistake")
    versions = ", ".join(loader.versions())
    yield Finding(not versions, f"questionnaires that can be used: {versions or 'none'}")


def _listening(settings: Settings) -> Iterator[Finding]:
    place = f"{settings.http_host}:{settings.http_port}"
    try:
        with socket.create_server((settings.http_host, settings.http_port)):
            yield Finding(False, f"the web chat can listen at {place}")
    except OSError:
        yield Finding(
            False,
            f"something listens at {place} already: the service itself, or STOCKTAKING_HTTP_PORT must change",
        )


def _words() -> Iterator[Finding]:
    words = Words.ours()
    english = set(words.keys("en"))
    for language in words.languages:
        missing = len(english - set(words.keys(language)))
        said = f"{missing} texts are shown in English" if missing else "complete"
        yield Finding(False, f"language {language}: {said}")


def _fonts() -> Iterator[Finding]:
    languages = [language for language in Words.ours().languages if not has_letters_of(language)]
    if languages:
        what = f"charts in {', '.join(languages)} are drawn with English words: this machine lacks their letters"
        yield Finding(False, what, "Install Noto Sans, Noto Sans Arabic and Noto Sans CJK")
    else:
        yield Finding(False, "charts can be drawn in every language")


async def _telegram(settings: Settings) -> AsyncIterator[Finding]:
    if settings.telegram_token is None:
        yield Finding(False, "Telegram is off", "Set STOCKTAKING_TELEGRAM_TOKEN to the token that BotFather gave you")
        return
    import aiohttp

    address = f"{settings.telegram_api_url}/bot{settings.telegram_token.get_secret_value()}/getMe"
    try:
        timeout = aiohttp.ClientTimeout(total=10)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(address) as answer:
            said = await answer.json(content_type=None)
    except (TimeoutError, aiohttp.ClientError, ValueError):
        yield Finding(True, f"Telegram cannot be reached at {settings.telegram_api_url}", "Check the network")
        return
    if not said.get("ok"):
        yield Finding(True, "Telegram does not know this token", "Copy it again from BotFather")
        return
    how = "webhook" if settings.telegram_webhook_url else "polling"
    yield Finding(False, f"Telegram answers as @{said['result'].get('username')} (by {how})")


def _organizers(settings: Settings) -> Iterator[Finding]:
    if settings.organizers:
        yield Finding(False, f"{len(settings.organizers)} organizers are set")
    else:
        yield Finding(
            False,
            "no organizers are set: messages to them wait in the database",
            "Set STOCKTAKING_ORGANIZERS to their Telegram ids",
        )
