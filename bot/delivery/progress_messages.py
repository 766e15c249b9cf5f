"""Live messages: how far an announcement is, in the chats of the organizers who sent it, changed in place.

A change makes no sound, so when it is over a summary comes as a message of its own: a chart, with the same in words.
They are no deliveries: if the process dies between sending a live message and noting it, a second one is sent.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from bot.charts.drawing import as_png
from bot.delivery.outgoing import Attachment, Delivered, Failed, OutgoingMessage
from bot.delivery.screen_message import letter_of
from bot.delivery.telegram_post import Post
from dialogs.domain.channels import TELEGRAM
from dialogs.domain.notice import NoticeState
from dialogs.organizers.announcements.progress_lines import live as screen_of
from dialogs.organizers.announcements.progress_lines import outcome
from dialogs.screens import Screen
from dialogs.text.html_subset import excerpt
from locales.words import Words
from storage.announcements import announcements, progress_messages
from storage.announcements.progress_messages import Watched
from storage.engine.database import Database
from storage.messaging import notices
from storage.people import people
from storage.tables import PersonRow

__all__ = ["Live"]

log = logging.getLogger(__name__)

WAITING = tuple(state.value for state in NoticeState if not state.has_begun)


@dataclass(frozen=True, slots=True)
class Told:
    """What a person is to be told now: where, and whether it is the last word. `summary`: after it, in `language`.

    `given_up`: their chat takes no live message.
    """

    address: int
    letter: OutgoingMessage
    last: bool
    language: str
    zone: str | None
    summary: Screen | None = None
    given_up: bool = False


class Live:
    """`rate` is in messages a second, to tell when an announcement will be finished."""

    def __init__(self, database: Database, words: Words, post: Post, rate: float, now: Callable[[], datetime]) -> None:
        self._database = database
        self._words = words
        self._post = post
        self._rate = rate
        self._now = now
        self._shown: dict[tuple[int, int], OutgoingMessage] = {}

    async def round(self) -> None:
        """Bring every live message up to date; those that would not change cost nothing."""
        for each in await self._database.read(progress_messages.watched):
            told = await self._database.read(lambda session, each=each: self._told(session, each))  # type: ignore[misc]
            if told is not None:
                await self._tell(each, told)

    def _told(self, session: Session, each: Watched) -> Told | None:
        """None: there is nothing to tell yet, or nobody to be told."""
        notice, address = notices.get(session, each.notice), people.address(session, each.person, TELEGRAM)
        if notice.state in WAITING or address is None:
            return None
        progress = announcements.progress(session, each.notice, rate=self._rate, now=self._now())
        last = announcements.is_over(session, each.notice, self._now())
        if NoticeState(notice.state).is_over:
            progress = announcements.with_effects(session, each.notice, progress)
        texts = notices.texts(session, each.notice)
        words = excerpt(texts.get(notice.language, ""), 80)
        recalled = notice.recalled is not None
        screen = screen_of(each.notice, notice.state, words, progress, recalled)
        reader = session.get_one(PersonRow, each.person)
        letter = letter_of(screen, self._words, reader.language, reader.zone)
        wanted = last and not each.summed_up and not recalled
        summary = outcome(each.notice, notice.state, progress) if wanted else None
        return Told(int(address), letter, last, reader.language, reader.zone, summary)

    async def _tell(self, each: Watched, told: Told) -> None:
        key = (each.notice, each.person)
        if self._shown.get(key) != told.letter:
            if each.message is None:
                upshot = await self._post.send(told.address, told.letter)
            else:
                upshot = await self._post.edit(told.address, each.message, told.letter)
            if isinstance(upshot, Delivered) and upshot.message is not None:
                self._shown[key] = told.letter
                message = upshot.message
                await self._database.write(lambda session: progress_messages.note(session, each, message))
            elif each.message is not None and not isinstance(upshot, Failed):
                return  # nobody knows what it says now: it is changed again in the next round
            elif isinstance(upshot, Failed):
                log.info("a live message could not be shown: %s", upshot.detail)
                told = replace(told, last=True, summary=None, given_up=True)
        if told.summary is not None:
            await self._sum_up(each, told, told.summary)
            told = replace(told, summary=None)
        if told.last and await self._database.write(lambda session: self._end(session, each, told)):
            self._shown.pop(key, None)

    def _end(self, session: Session, each: Watched, told: Told) -> bool:
        """Watch it no longer. False: while this was being told, an organizer set it going again."""
        if not self._holds(session, each, told):
            return False
        progress_messages.end(session, each)
        return True

    def _holds(self, session: Session, each: Watched, told: Told) -> bool:
        """Whether just this is still to be told, and stays so until the transaction ends: it has the notice's lock."""
        notices.get(session, each.notice, lock=True)
        now = progress_messages.find(session, each.notice, each.person)
        return now is not None and (told.given_up or self._told(session, now) == told)

    async def _sum_up(self, each: Watched, told: Told, summary: Screen) -> None:
        """Noted beforehand: of a summary one is better without than with two."""

        def noted(session: Session) -> bool:
            if not self._holds(session, each, told):
                return False
            progress_messages.summed_up(session, each)
            return True

        if not await self._database.write(noted):
            return
        letter = letter_of(summary, self._words, told.language, told.zone)
        upshot = await self._post.send(told.address, replace(letter, attachment=await self._drawn(summary, told)))
        if isinstance(upshot, Failed):
            log.info("a summary could not be shown: %s", upshot.detail)

    async def _drawn(self, summary: Screen, told: Told) -> Attachment | None:
        """Its chart; None where it cannot be drawn: the words below it say the same."""
        if summary.picture is None:
            return None
        try:
            png = await asyncio.to_thread(as_png, summary.picture.chart, self._words, told.language)
        except (ImportError, ValueError):
            log.exception("a chart could not be drawn")
            return None
        return Attachment(png, picture=True)
