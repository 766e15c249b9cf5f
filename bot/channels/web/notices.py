"""What the service itself has to say to people at a browser: organizers' answers, a close that moved, and to organizers
the letters of others and what they ask of each other.

Nobody can be written to in a browser, so the page that is open shows it, or the next one, once, above the open screen.
That stays as it is, with its stamp: somebody may be typing an answer.
"""

from __future__ import annotations

import asyncio
import logging

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot.app import App
from bot.channels.web.access.identity import CHANNEL
from bot.channels.web.stream import Hub
from bot.scheduling.system_notices import answer_screen, page_screen
from bot.turns import screen_codec
from dialogs.screens import Screen
from storage.engine.database import DatabaseError
from storage.messaging import inbox, web_notices
from storage.messaging.notices import newest_of
from storage.people import conversations, people, transcripts
from storage.tables import PersonRow

__all__ = ["bring", "is_news", "there_is", "watching"]

STORE_FAILED = (SQLAlchemyError, DatabaseError, OSError)
LOOK = 2.0
"""Seconds between looks for news: one small query, however many pages are open."""

log = logging.getLogger(__name__)


def is_news(screen: Screen) -> bool:
    """Whether a line of the conversation is one of these."""
    return screen.name.startswith("news/")


def there_is(session: Session, person: int) -> bool:
    """Whether their pages lack something."""
    return bool(inbox.unseen(session, person) or web_notices.untold(session, person))


def bring(session: Session, person: int, app: App) -> bool:
    """Put what their pages lack above their open screen. False: it was nothing that concerns them."""
    session.get_one(PersonRow, person, with_for_update=True)  # another process may be about to do the same
    answers = inbox.unseen(session, person)
    found = [answer_screen(session, id) for id in answers]
    found += [page_screen(session, notice, person) for notice in web_notices.tell(session, person)]
    shown = [screen for screen in found if screen is not None]
    for id in answers:
        inbox.seen(session, id)
    for screen in shown:
        transcripts.slip_in(session, person, "bot", screen_codec.dump((screen,)), app.turns.now())
    return bool(shown)


async def watching(app: App, hub: Hub) -> None:
    """Bring news to the pages that are open, and tell them when their person went on, in whichever process or app."""
    seen = None
    while True:
        try:
            newest = await app.database.read(lambda session: newest_of(session, web_notices.SHOWN))
            if seen is not None and newest != seen:
                await _spread(app, hub)
            seen = newest
            await _follow(app, hub)
        except STORE_FAILED as error:
            log.warning("news wait until the database answers (%s)", type(error).__name__)
        await asyncio.sleep(LOOK)


async def _follow(app: App, hub: Hub) -> None:
    """Somebody may answer in another app, or on a page of another process: no older question stays open here."""
    addresses = hub.addresses
    if not addresses:
        return
    for address, turn in await app.database.read(lambda session: conversations.turns_at(session, CHANNEL, addresses)):
        hub.went_on(address, turn)


async def _spread(app: App, hub: Hub) -> None:
    for address in hub.addresses:
        person = await app.database.read(lambda session, at=address: people.person_at(session, CHANNEL, at))  # type: ignore[misc]
        if person is None or not await app.database.read(lambda session, who=person: there_is(session, who)):  # type: ignore[misc]
            continue
        if await app.database.write(lambda session, who=person: bring(session, who, app)):  # type: ignore[misc]
            hub.tell(address)
