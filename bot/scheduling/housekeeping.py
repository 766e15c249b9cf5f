"""Housekeeping: people who never answered anything, sessions that are over and files that nothing names go."""

from __future__ import annotations

import asyncio
import logging
from functools import partial

from bot.app import App
from bot.file_store import delete_unnamed
from bot.report.orders import delete_old
from bot.services.followed import tell_followers
from bot.services.freshness import ask_authors
from bot.services.review.due import remind_authors
from storage.mail import letter_tokens
from storage.people import idle_people

__all__ = ["keep_house", "tidy"]

log = logging.getLogger(__name__)

EVERY = 3600.0
"""Seconds between two rounds."""
FIRST = 120.0
"""Seconds until the first one: a start has more urgent things to do."""
TOKENS = 500
"""Tokens of letters that go in one transaction."""


async def keep_house(app: App) -> None:
    """Tidy for ever."""
    await asyncio.sleep(FIRST)
    while True:
        try:
            await tidy(app)
        except Exception as error:  # noqa: BLE001  the next round is as good
            log.warning("housekeeping waits for the next round (%s)", type(error).__name__)
        await asyncio.sleep(EVERY)


async def tidy(app: App) -> None:
    """One round. People are removed one at a time: nobody's turn waits for it."""
    await _forget_idle(app)
    await remind_authors(app.database, app.turns.now())  # where there is no courier, pages show it
    await tell_followers(app.database, app.turns.now())
    await ask_authors(app.database, app.turns.now())
    await delete_unnamed(app)
    await delete_old(app)
    left = True
    while left:
        left = await app.database.write(lambda session: letter_tokens.forget_old(session, app.turns.now(), TOKENS))


async def _forget_idle(app: App) -> None:
    now = app.turns.now()
    await app.database.write(lambda session: idle_people.forget_sessions(session, now))
    while found := await app.database.read(lambda session: idle_people.find(session, now)):
        removed = [await app.database.write(partial(idle_people.remove, person=id, now=now)) for id in found]
        if not any(removed):
            return
