"""What the doctor says of this machine: folders, who may read them, free space, the port, words and fonts."""

from __future__ import annotations

import contextlib
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bot import file_modes
from bot.charts.fonts import has_letters_of
from bot.doctor.finding import Finding
from bot.questionnaire_check import faulty_files
from bot.settings import Settings
from dialogs.questionnaire.source import loader
from locales.words import Words
from storage.engine import service_lock
from storage.engine.database import DatabaseError, sqlite_file

__all__ = ["look"]

ENOUGH = 500 * 2**20
"""Bytes that should be free where files and the database are kept."""


def look(settings: Settings) -> Iterator[Finding]:
    """Findings about the machine."""
    yield from _folder(settings.files, "files are kept", "STOCKTAKING_FILES")
    with contextlib.suppress(DatabaseError):
        file = sqlite_file(settings.database_url)
        if file is not None:
            yield from _folder(file.parent, "the database is kept", "STOCKTAKING_DATABASE_URL")
    yield from _modes(settings)
    yield from _listening(settings)
    yield from _questionnaires()
    yield from _words()
    yield from _fonts()


def _folder(folder: Path, what: str, setting: str) -> Iterator[Finding]:
    """Whether a folder can be written, or made; tried, for rights alone do not tell (a disk may be read-only)."""
    there = folder if folder.exists() else next(parent for parent in folder.absolute().parents if parent.exists())
    try:
        with tempfile.TemporaryDirectory(prefix=".stocktaking-", dir=there):
            free = shutil.disk_usage(there).free
    except OSError as error:
        yield Finding(True, f"{folder} cannot be written ({error.strerror})", f"Set {setting} to a place of your own")
        return
    few = "Make room, or people's answers cannot be kept soon" if free < ENOUGH else ""
    yield Finding(free < ENOUGH, f"{what} in {folder}: {free // 2**20:,} MB free", few)


def _modes(settings: Settings) -> Iterator[Finding]:
    for path in file_modes.open_to_others(settings):
        closed = "700" if path.is_dir() else "600"
        yield Finding(True, f"{path} can be read by other accounts of this machine", f"chmod {closed} {path}")


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
        if _runs(settings):
            yield Finding(False, f"the service runs, and something listens at {place}")
        else:
            yield Finding(
                False, f"something listens at {place} already", "Unless it is the service, change STOCKTAKING_HTTP_PORT"
            )


def _runs(settings: Settings) -> bool:
    try:
        return service_lock.is_held(settings.database_url)
    except DatabaseError:
        return False


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
