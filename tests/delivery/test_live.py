"""Live messages: an organizer does something in the very moment in which the last word is being said."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, col, select

from bot.delivery.progress_messages import Live
from bot.delivery.telegram_post import Post
from bot.rate_limit import Budget
from dialogs.domain.announcements.announcement import AnnouncementAction
from dialogs.domain.notice import DeliveryState, NoticeState
from dialogs.domain.organizers.announcements import ActionResult
from locales.words import Words
from storage.announcements import announcement_actions, announcements, progress_messages
from storage.engine.database import Database
from storage.messaging import notices
from storage.messaging.deliveries import Delivery
from storage.people import people
from tests.delivery.telegram import TOKEN, Answer, Telegram

OLGA = 100
"""Her Telegram id, and the number of her chat."""


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    async with Telegram() as server:
        yield server


@pytest.fixture
async def shows(database: Database, telegram: Telegram) -> AsyncIterator[Live]:
    words = Words.ours()
    async with Post(TOKEN, telegram.url, Budget(30)) as post:
        yield Live(database, words, post, 30, now)


def over(session: Session) -> tuple[int, int]:
    """An announcement that reached all but one, who had blocked the bot and is back; Olga watches it."""
    olga = people.arrive(session, "telegram", str(OLGA), language="en", now=now())
    anna = people.arrive(session, "telegram", "200", language="en", now=now())
    id = announcements.compose(session, author=olga, texts={"en": "The call is open"}, audience={}, now=now())
    notice = notices.get(session, id)
    notice.planned, notice.started = True, now()
    notice.state, notice.finished = NoticeState.DONE.value, now()
    session.add(notice)
    for person, state, cause in ((olga, DeliveryState.SENT, None), (anna, DeliveryState.FAILED, "blocked")):
        session.add(Delivery(notice_id=id, person_id=person, due=now(), state=state.value, cause=cause, settled=now()))
    progress_messages.watch(session, id, olga)
    return id, olga


def everyone_has_it(session: Session) -> None:
    for row in session.exec(select(Delivery).where(col(Delivery.state) == DeliveryState.PLANNED.value)):
        row.state, row.settled = DeliveryState.SENT.value, now()
        notices.move(session, row.notice_id, NoticeState.DONE, now())


@pytest.mark.feature("A12")
@pytest.mark.parametrize("last_word", ["sendMessage", "sendPhoto"])
async def test_what_is_tried_again_while_the_last_word_is_said_is_shown_to_its_end(
    database: Database, telegram: Telegram, shows: Live, last_word: str
) -> None:
    id, olga = await database.write(over)
    said = asyncio.Event()

    def being_said(method: str, chat: int, fields: dict[str, str]) -> Answer | str | None:
        if method == last_word and not said.is_set():
            telegram.answers.clear()
            said.set()
        return None

    telegram.script = being_said
    showing = asyncio.create_task(shows.round())
    await said.wait()
    again = await database.write(
        lambda session: announcement_actions.drive(session, olga, id, AnnouncementAction.RETRY, now())
    )
    assert again is ActionResult.RETRIED
    telegram.answers.set()
    await showing

    await shows.round()
    assert "Left: 1" in telegram.received[-1].text
    await database.write(everyone_has_it)
    await shows.round()
    changed, summary = telegram.received[-2:]
    assert changed.method == "editMessageText" and "Sent: 2" in changed.text
    assert summary.method == "sendPhoto" and "Sent: 2" in summary.text
    assert await database.read(progress_messages.watched) == []
