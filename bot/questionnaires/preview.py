"""Walking an edition as a stakeholder, in the terminal: with a call of its own in a database that goes afterwards."""

from __future__ import annotations

import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TextIO

from bot.channels.terminal.terminal import chat
from bot.questionnaires import registry
from bot.settings import Settings
from bot.wiring import make_machine, open_app
from dialogs.domain.organizers.calls import CallWish
from storage.calls import calls
from storage.calls.editions import KeptEdition

__all__ = ["CALL", "preview"]

CALL = "preview"
OPENED_BEFORE = timedelta(days=1_000)
OPEN_FOR = timedelta(days=7)


async def preview(
    settings: Settings, version: str, kept: KeptEdition | None, language: str, lines: TextIO = sys.stdin
) -> None:
    """Talk until the input ends. Nothing of it is kept, nobody is told, and no call of the service is touched.

    `kept`: the edition when organizers made it; it need not be published.
    """
    with tempfile.TemporaryDirectory(prefix="stocktaking-preview-") as folder:
        apart = settings.model_copy(
            update={"database_url": f"sqlite:///{folder}/preview.sqlite3", "files": Path(folder) / "files"}
        )
        async with open_app(apart) as app:
            if kept is not None and kept.published is None:
                registry.register([kept], app.words)
                make_machine.cache_clear()
            now = app.turns.now()
            # It opened before any other, so that it is the one that counts, and closes in the year that questions name.
            closes = max(calls.annual_call(int(version[:4])).closes, now + OPEN_FOR)
            wish = CallWish(CALL, now - OPENED_BEFORE, closes, overlapping=True)
            await app.database.write(lambda session: calls.create(session, None, wish, version, now))
            await chat(app, "preview", language, lines=lines)
