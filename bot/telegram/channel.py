"""The channel: an update becomes a turn, and its screens reach the person, once, in order.

Taking and showing are two queues per person. An update counts as received as soon as its turn is committed; its
screens follow, in the order of the turns, while the next update may already be taken.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Coroutine
from typing import Any
from weakref import WeakValueDictionary

from aiogram import Bot
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageReplyMarkup,
    EditMessageText,
    SendDocument,
    SendMessage,
)
from aiogram.types import BufferedInputFile, LinkPreviewOptions, Message, Update

from bot.app import App
from bot.courier.pace import Budget
from bot.telegram.sending import Gone, NotModified, Refused, Sender, Unreachable
from bot.telegram.showing import Letter, chosen_line, letters
from bot.telegram.understanding import Heard, Joined, Reach, understand
from bot.turn import Outcome
from dialogs.messages import M
from dialogs.screens import Screen
from locales.words import TELEGRAM
from storage import people

__all__ = ["CHANNEL", "TelegramChannel"]

log = logging.getLogger(__name__)

CHANNEL = "telegram"
LONGEST_OLD_TEXT = 3_800


class TelegramChannel:
    """Takes updates for an app, and shows what comes of them."""

    def __init__(self, app: App, bot: Bot, budget: Budget) -> None:
        self.app = app
        self.bot = bot
        self.sender = Sender(bot, budget)
        self._taking: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._showing: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._under_way: set[str] = set()

    async def take(self, update: Update) -> None:
        """Take an update. When this returns, what it did is on disk; showing goes on by itself."""
        heard = understand(update, self.app.turns.now())
        if isinstance(heard, Heard):
            await self._turn(heard)
        elif isinstance(heard, Reach):
            await self._reach(heard.address, heard.reachable)
        elif isinstance(heard, Joined):
            self._spawn(self._point_here(heard.chat))

    async def finish(self) -> None:
        """Wait for what is being shown."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def show_unshown(self) -> None:
        """Show the screens of handled updates that did not go out before."""
        for address, update, outcome in await self.app.turns.unshown(CHANNEL):
            if update not in self._under_way:
                self._under_way.add(update)
                self._spawn(self._show(address, update, outcome, None))

    async def _turn(self, heard: Heard) -> None:
        if heard.query is not None:
            self._spawn(self._answer(heard.query))
        lock = self._taking.setdefault(heard.address, asyncio.Lock())
        async with lock:
            self._under_way.add(heard.update)
            language = self.app.words.offered(heard.language) if heard.language else None
            outcome = await self.app.turns.take(
                CHANNEL, heard.address, heard.update, heard.event, language=language, name=heard.name
            )
            self._spawn(self._show(heard.address, heard.update, outcome, heard.pressed))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, query: str) -> None:
        """Stop the little clock on the button."""
        try:
            await self.sender.call(AnswerCallbackQuery(callback_query_id=query))
        except Refused as refusal:
            log.debug("a press could not be answered: %s", refusal)
        except Exception:
            log.exception("a press could not be answered")

    async def _show(self, address: str, update: str, outcome: Outcome, pressed: Message | None) -> None:
        """Show the screens of a turn; what fails stays unshown and is tried again later."""
        lock = self._showing.setdefault(address, asyncio.Lock())
        try:
            async with lock:
                for screen in outcome.screens:
                    await self._screen(int(address), screen, outcome, pressed)
                await self.app.turns.shown(CHANNEL, update)
        except Unreachable:
            await self._reach(address, False)
            await self.app.turns.shown(CHANNEL, update)
        except Refused as refusal:
            log.error("Telegram refused a screen of update %s: %s", update, refusal)
            await self.app.turns.shown(CHANNEL, update)
        except Exception:
            log.exception("the screens of update %s are not shown yet", update)
        finally:
            self._under_way.discard(update)

    async def _screen(self, chat: int, screen: Screen, outcome: Outcome, pressed: Message | None) -> None:
        found = letters(screen, self.app.words, outcome.language, outcome.zone, outcome.access)
        before = await self.app.database.read(lambda session: people.last_message(session, CHANNEL, str(chat)))
        old = pressed.message_id if pressed is not None else before
        editable = screen.in_place and len(found) == 1 and old is not None and not outcome.access
        if editable and old is not None and await self._edited(chat, old, found[0]):
            return
        await self._retire(chat, screen, outcome, pressed, before)
        for letter in found:
            sent = await self._sent(chat, letter)
        if found[-1].keyboard is not None:
            id = sent.message_id
            await self.app.database.write(lambda session: people.note_message(session, CHANNEL, str(chat), id))

    async def _edited(self, chat: int, message: int, letter: Letter) -> bool:
        method = EditMessageText(
            chat_id=chat,
            message_id=message,
            text=letter.html,
            parse_mode="HTML",
            reply_markup=letter.keyboard,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
        try:
            await self.sender.call(method)
        except NotModified:
            return True
        except Gone:
            return False
        return True

    async def _retire(
        self, chat: int, screen: Screen, outcome: Outcome, pressed: Message | None, before: int | None
    ) -> None:
        """Take the old keyboard away; what was chosen stays in the old message."""
        if not screen.retires or before is None:
            return
        method: EditMessageText | EditMessageReplyMarkup
        chosen = screen.chosen_label
        if pressed is not None and pressed.message_id == before and chosen is not None and pressed.text:
            text = f"{pressed.html_text[:LONGEST_OLD_TEXT]}\n\n{chosen_line(chosen, self.app.words, outcome.language)}"
            method = EditMessageText(chat_id=chat, message_id=before, text=text, parse_mode="HTML")
        else:
            method = EditMessageReplyMarkup(chat_id=chat, message_id=before)
        with contextlib.suppress(NotModified, Gone):
            await self.sender.call(method)
        await self.app.database.write(lambda session: people.note_message(session, CHANNEL, str(chat), None))

    async def _sent(self, chat: int, letter: Letter) -> Message:
        if letter.file is not None:
            document = BufferedInputFile(letter.file.encode(), "stocktaking.json")
            return await self.sender.call(SendDocument(chat_id=chat, document=document))
        method = SendMessage(
            chat_id=chat,
            text=letter.html,
            parse_mode="HTML",
            reply_markup=letter.keyboard,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
        return await self.sender.call(method)

    async def _reach(self, address: str, reachable: bool) -> None:
        await self.app.database.write(lambda session: people.reachable(session, CHANNEL, address, reachable))

    async def _point_here(self, chat: int) -> None:
        """Say once in a group where the questionnaire is answered."""
        me = await self.bot.me()
        text = self.app.words.say(M("telegram.group"), "en", markup=TELEGRAM)
        try:
            await self.sender.call(SendMessage(chat_id=chat, text=f"{text}\nhttps://t.me/{me.username}?start=group"))
        except Refused as refusal:
            log.info("a group could not be greeted: %s", refusal)
