"""Screens on their way to people: per person one after the other, edited in place where that is kinder."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from aiogram.exceptions import TelegramNotFound
from aiogram.methods import (
    EditMessageReplyMarkup,
    EditMessageText,
    SendDocument,
    SendMessage,
    SendPhoto,
    SendRichMessage,
    TelegramMethod,
)
from aiogram.types import BufferedInputFile, InlineKeyboardMarkup, LinkPreviewOptions, Message

from bot.app import App
from bot.charts.drawing import as_png
from bot.telegram.merging import Turned, still_worth_showing, together
from bot.telegram.rich import rich
from bot.telegram.sending import Gone, NotModified, Refused, Sender, Unreachable
from bot.telegram.showing import Letter, Look, chosen_line, leads_elsewhere, letters, plainer, without_addresses
from bot.turn import Outcome
from dialogs.charts import Picture
from dialogs.messages import Code, M
from dialogs.screens import Screen
from storage import people

__all__ = ["CHANNEL", "Delivering"]

T = TypeVar("T")

log = logging.getLogger(__name__)

CHANNEL = "telegram"
LONGEST_OLD_TEXT = 3_800
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
REMEMBERED = 5_000


class Delivering:
    """Shows what turns came to. Each person has a queue of their own; nobody waits for anybody else."""

    def __init__(self, app: App, sender: Sender, look: Look) -> None:
        self.app = app
        self.sender = sender
        self.look = look
        self._waiting: dict[str, list[Turned]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.under_way: set[str] = set()  # updates whose screens wait here, or are being shown
        self._done: OrderedDict[str, None] = OrderedDict()
        self._status: OrderedDict[str, int] = OrderedDict()

    def add(self, turned: Turned) -> None:
        """Show this after what waits for the same person already. What is under way, or has just been shown while
        somebody looked for what had not been, is not shown again.
        """
        if all(update in self.under_way or update in self._done for update in turned.updates):
            return
        self.under_way.update(turned.updates)
        if turned.address in self._waiting:
            self._waiting[turned.address].append(turned)
            return
        self._waiting[turned.address] = [turned]
        task = asyncio.create_task(self._until_none_waits(turned.address))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self, seconds: float) -> None:
        """Wait for what is being shown; what is not by then is shown after the next start."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self._tasks:
                    await asyncio.gather(*self._tasks, return_exceptions=True)
        for task in self._tasks:
            task.cancel()

    async def _until_none_waits(self, address: str) -> None:
        while turns := self._waiting[address]:
            self._waiting[address] = []
            first, *rest = together(turns)
            # Only the first is shown now: what comes meanwhile may overtake the others.
            self._waiting[address] = rest
            await self._show(first)
        del self._waiting[address]

    async def _show(self, turned: Turned) -> None:
        """Show one; what fails stays unshown and is tried again later."""
        try:
            outcome = turned.outcome
            if not self.app.turns.alone:  # another process may have gone on with this person
                outcome = replace(outcome, stamp=await self.app.turns.stamp(outcome.person))
            for screen in still_worth_showing(outcome):
                await self._screen(int(turned.address), screen, turned)
            await self._shown(turned)
        except Unreachable:
            address = turned.address
            await self.app.database.write(lambda session: people.reachable(session, CHANNEL, address, False))
            await self._shown(turned)
        except Refused as refusal:
            log.error("Telegram refused a screen of update %s: %s", turned.updates[-1], refusal)
            await self._shown(turned)
        except Exception as error:  # noqa: BLE001  whatever it is, the screens wait in the store
            log.warning("the screens of update %s are not shown yet: %r", turned.updates[-1], error)
        finally:
            self.under_way.difference_update(turned.updates)

    async def _shown(self, turned: Turned) -> None:
        self._done.update(dict.fromkeys(turned.updates))
        while len(self._done) > REMEMBERED:
            self._done.popitem(last=False)
        await self.app.turns.shown(CHANNEL, *turned.updates)

    async def _screen(self, chat: int, screen: Screen, turned: Turned) -> None:
        outcome, pressed = turned.outcome, turned.pressed
        found = letters(screen, self.look, outcome)
        before = await self.app.database.read(lambda session: people.last_message(session, CHANNEL, str(chat)))
        old = pressed.message_id if pressed is not None else self._own_status(turned.address, before)
        editable = screen.in_place and len(found) == 1 and old is not None and not outcome.access
        if editable and old is not None and await self._edited(chat, old, found[0]):
            return
        if pressed is not None and pressed.message_id != before:
            await self._change(EditMessageReplyMarkup(chat_id=chat, message_id=pressed.message_id))
        await self._retire(chat, screen, outcome, pressed, before)
        sent = await self._sent_rich(chat, screen, outcome, found[-1])
        for letter in found if sent is None else ():
            sent = await self._sent(chat, letter)
        if sent is not None and isinstance(found[-1].keyboard, InlineKeyboardMarkup):
            await self._note(chat, sent.message_id)
            self._note_status(turned.address, sent.message_id if screen.in_place and pressed is None else None)

    def _own_status(self, address: str, before: int | None) -> int | None:
        """The message that tells how a long answer grows, if it is still the newest one with buttons."""
        return before if before is not None and self._status.get(address) == before else None

    def _note_status(self, address: str, message: int | None) -> None:
        if message is None:
            self._status.pop(address, None)
            return
        self._status[address] = message
        while len(self._status) > REMEMBERED:
            self._status.popitem(last=False)

    async def _edited(self, chat: int, message: int, letter: Letter) -> bool:
        markup = letter.keyboard if isinstance(letter.keyboard, InlineKeyboardMarkup) else None

        def method(letter: Letter, mode: str | None) -> EditMessageText:
            return EditMessageText(
                chat_id=chat,
                message_id=message,
                text=letter.html,
                parse_mode=mode,
                reply_markup=markup,
                link_preview_options=NO_PREVIEW,
            )

        try:
            await self._or_plainer(letter, method)
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
        chosen = screen.chosen_label
        if pressed is not None and pressed.message_id == before and chosen is not None and pressed.text:
            text = f"{pressed.html_text[:LONGEST_OLD_TEXT]}\n\n{chosen_line(chosen, self.app.words, outcome.language)}"
            method = EditMessageText(chat_id=chat, message_id=before, text=text, parse_mode="HTML")
            if await self._change(method):
                await self._note(chat, None)
                return
        await self._change(EditMessageReplyMarkup(chat_id=chat, message_id=before))
        await self._note(chat, None)

    async def _change(self, method: EditMessageText | EditMessageReplyMarkup) -> bool:
        """Change an old message; False when that cannot be done, which breaks nothing."""
        try:
            await self.sender.call(method)
        except (NotModified, Gone):
            return True
        except Unreachable:
            raise
        except Refused as refusal:
            log.warning("an old message could not be changed: %s", refusal)
            return False
        return True

    async def _note(self, chat: int, message: int | None) -> None:
        await self.app.database.write(lambda session: people.note_message(session, CHANNEL, str(chat), message))

    async def _sent(self, chat: int, letter: Letter) -> Message:
        if letter.picture is not None:
            photo = await self._drawn(letter.picture, letter.language)
            if photo is not None:
                caption = letter.html
                return await self.sender.call(SendPhoto(chat_id=chat, photo=photo, caption=caption, parse_mode="HTML"))
        if letter.file is not None:
            document = BufferedInputFile(letter.file.encode(), letter.name)
            return await self.sender.call(SendDocument(chat_id=chat, document=document))

        def method(letter: Letter, mode: str | None) -> SendMessage:
            return SendMessage(
                chat_id=chat,
                text=letter.html,
                parse_mode=mode,
                reply_markup=letter.keyboard,
                link_preview_options=NO_PREVIEW,
            )

        return await self._or_plainer(letter, method)

    async def _drawn(self, picture: Picture, language: str) -> BufferedInputFile | None:
        """The picture as a file; None where it cannot be drawn: then its words are sent, as the numbers are anyway."""
        try:
            return BufferedInputFile(
                await asyncio.to_thread(as_png, picture.chart, self.look.words, language), "chart.png"
            )
        except (ImportError, ValueError):
            log.exception("a chart could not be drawn")
            return None

    async def _sent_rich(self, chat: int, screen: Screen, outcome: Outcome, letter: Letter) -> Message | None:
        """The screen as a rich message, where that is better; None when it isn't, or the server knows none."""
        message = rich(screen, self.app.words, outcome)
        if message is None:
            return None
        try:
            method = SendRichMessage(chat_id=chat, rich_message=message, reply_markup=letter.keyboard)
            return await self.sender.call(method)
        except Unreachable:
            raise
        except (Refused, TelegramNotFound) as refusal:
            log.info("a rich message was refused, its plain letters are sent: %s", refusal)
            return None

    async def _or_plainer(self, letter: Letter, method: Callable[[Letter, str | None], TelegramMethod[T]]) -> T:
        """Call with all that the API has; a server that refuses it gets the same words without mark-up."""
        try:
            return await self.sender.call(method(letter, "HTML"))
        except (NotModified, Gone, Unreachable):
            raise
        except Refused as refusal:
            log.error("Telegram refused a screen, which is sent as plain text instead: %s", refusal)
        try:
            return await self.sender.call(method(plainer(letter), None))
        except (NotModified, Gone, Unreachable):
            raise
        except Refused as refusal:
            if not leads_elsewhere(letter):
                raise
            log.error("Telegram refused it again: it is sent without the addresses below it: %s", refusal)
            why = self.look.words.say(M("announcement.refused", reason=Code(str(refusal))), letter.language)
            return await self.sender.call(method(without_addresses(plainer(letter), why), None))
