"""One screen into one chat: sent, or edited in place where that is kinder; old buttons go."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

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
from sqlalchemy import Row
from sqlmodel import Session

from bot.app import App
from bot.channels.telegram.api_client import ApiClient, Gone, NotModified, Refused, Unreachable, Worth
from bot.channels.telegram.screens.chat_memory import ChatMemory
from bot.channels.telegram.screens.renderer import (
    RenderContext,
    RenderedMessage,
    chosen_line,
    leads_elsewhere,
    plainer,
    rendered_messages,
    without_addresses,
)
from bot.channels.telegram.screens.rtl_tables import rich
from bot.channels.telegram.screens.screen_coalescing import TurnedUpdate
from bot.charts.drawing import as_png
from bot.services.offline_template import template_of_draft
from bot.turns.outcome import Outcome, Standing
from dialogs.charts import Picture
from dialogs.domain.messages import Code, M
from dialogs.domain.offline import Document
from dialogs.screens import Screen
from storage.people import shown_messages
from storage.updates import processed_updates

__all__ = ["CHANNEL", "ScreenPost"]

T = TypeVar("T")

log = logging.getLogger(__name__)

CHANNEL = "telegram"
LONGEST_OLD_TEXT = 3_800
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
REMEMBERED = 5_000
CHANGES = 3
"""How often a message is changed again because the person went on while it was being changed."""


class ScreenPost:
    """Posts screens, and notes which message shows what. `more` says whether newer screens wait for an address."""

    def __init__(self, app: App, sender: ApiClient, look: RenderContext, more: Callable[[str], bool]) -> None:
        self.app = app
        self.sender = sender
        self.look = look
        self.more = more
        self.memory = ChatMemory()
        self._status: OrderedDict[str, int] = OrderedDict()

    async def post(
        self, turned: TurnedUpdate, screen: Screen, standing: Standing, worth: Worth | None, last: bool
    ) -> bool:
        """Post a screen; whether an older screen stands below the newest one now. When all is well, and it is the
        `last` one of its updates, they are marked as shown in the same transaction that notes the message.

        Overtaken: nothing was sent, as `worth` said so when it could have gone. None: it goes whatever happens, below
        what is newer, and takes no buttons from it.
        """
        chat, outcome, fresh = int(turned.address), turned.outcome, worth is not None
        account, stood = standing.account, self.memory.chat(turned.address, standing.account)
        found = rendered_messages(screen, self.look, outcome)
        old = self._to_edit(turned, screen, account) if fresh and len(found) == 1 and not outcome.access else None
        if old is not None and await self._edited(chat, old, found[0], worth):
            await self._retire_pressed(chat, turned, keep=old)
            await self._as_it_stands(turned, old, screen)
            return await self._note_edit(turned, last)
        before = stood.last_message if stood is not None else None
        await self._retire_pressed(chat, turned, keep=before)
        retired = await self._retire(turned, screen, before) if fresh else None
        sent = await self._sent_rich(chat, screen, outcome, found[-1], worth)
        for letter in found if sent is None else ():
            if letter.document is not None:
                worth = await self._sent_template(chat, letter.document, outcome.person, worth)
                continue
            sent = await self._sent(chat, letter, worth)
            worth = None  # what was begun is finished
        assert sent is not None
        buttons = isinstance(found[-1].keyboard, InlineKeyboardMarkup) if fresh else None
        self._note_status(turned.address, sent.message_id if screen.in_place and turned.pressed is None else None)
        noted = shown_messages.Sent(sent.message_id, _stamp(screen), standing.since, buttons, retired)
        self.memory.was_sent(turned.address, noted)
        return await self._note(turned, noted, last, stood)

    def _to_edit(self, turned: TurnedUpdate, screen: Screen, account: Row[Any] | None) -> int | None:
        """The message that this screen changes, if it may: the pressed one; below that, where the same screen was shown
        once more, its newest copy; without a press the message that tells how a long answer grows.
        """
        if not screen.in_place:
            return None
        newest = account.last_message if account is not None else None
        if turned.pressed is None:
            return newest if newest is not None and self._status.get(turned.address) == newest else None
        again = account is not None and account.asked_stamp == _stamp(screen)
        return max(turned.pressed.message_id, newest or 0) if again else turned.pressed.message_id

    def _note_status(self, address: str, message: int | None) -> None:
        if message is None:
            self._status.pop(address, None)
            return
        self._status[address] = message
        while len(self._status) > REMEMBERED:
            self._status.popitem(last=False)

    async def _as_it_stands(self, turned: TurnedUpdate, message: int, screen: Screen) -> None:
        """Two processes may change a message at the same moment, and the older change come last. So whoever changed it
        looks whether it was the newest change, and mends it where it was not.
        """
        chat, turn = int(turned.address), turned.outcome.turn
        for _ in range(CHANGES):
            standing = await self.app.turns.stored.standing(turned.outcome.person)
            if standing.turn == turn or self.more(turned.address):
                return
            if standing.stamp != _stamp(screen):
                await self._change(EditMessageReplyMarkup(chat_id=chat, message_id=message))
                return
            outcome = await self.app.turns.open_screen(turned.outcome.person)
            turn, found = outcome.turn, rendered_messages(outcome.screens[-1], self.look, outcome)
            if outcome.stamp != screen.stamp or len(found) != 1 or not await self._edited(chat, message, found[0]):
                return

    async def _retire_pressed(self, chat: int, turned: TurnedUpdate, keep: int | None) -> None:
        """Take away the buttons of the message whose button was pressed, unless it is the newest one."""
        if turned.pressed is not None and turned.pressed.message_id != keep:
            await self._change(EditMessageReplyMarkup(chat_id=chat, message_id=turned.pressed.message_id))

    async def _note_edit(self, turned: TurnedUpdate, last: bool) -> bool:
        if last:
            await self.app.turns.stored.shown(CHANNEL, *turned.updates)
        return False

    async def _note(
        self, turned: TurnedUpdate, sent: shown_messages.Sent, last: bool, stood: shown_messages.Chat | None
    ) -> bool:
        """Note a message, and take the buttons of what it came across. `stood`: what stood in the chat before it, as
        far as is known.
        """
        after, expected = stood.with_sent(sent) if stood is not None else (None, shown_messages.Found())
        rises = stood is not None and (stood.asked_stamp is None or stood.asked_stamp < sent.stamp)
        usual = stood if rises and not expected.wrong_order else None

        def work(session: Session) -> tuple[shown_messages.Found, bool]:
            if usual is not None and after is not None:
                shown = turned.updates if last else ()
                as_seen = shown_messages.note_if_as_seen(session, CHANNEL, turned.address, usual, after, shown)
                if as_seen:
                    return expected, True
            found = shown_messages.note(session, CHANNEL, turned.address, sent)
            if last and not found.wrong_order:
                processed_updates.shown(session, CHANNEL, *turned.updates)
            return found, False

        found, as_seen = await self.app.database.write(work)
        self.memory.was_noted(turned.address, after if as_seen else None)
        if found.old_buttons is not None:
            await self._change(EditMessageReplyMarkup(chat_id=int(turned.address), message_id=found.old_buttons))
        return found.wrong_order

    async def _edited(self, chat: int, message: int, letter: RenderedMessage, worth: Worth | None = None) -> bool:
        markup = letter.keyboard if isinstance(letter.keyboard, InlineKeyboardMarkup) else None

        def method(letter: RenderedMessage, mode: str | None) -> EditMessageText:
            return EditMessageText(
                chat_id=chat,
                message_id=message,
                text=letter.html,
                parse_mode=mode,
                reply_markup=markup,
                link_preview_options=NO_PREVIEW,
            )

        try:
            await self._or_plainer(letter, method, worth)
        except NotModified:
            return True
        except Gone:
            return False
        return True

    async def _retire(self, turned: TurnedUpdate, screen: Screen, before: int | None) -> int | None:
        """Take the old keyboard away; what was chosen stays in the old message. Which message that was."""
        if not screen.retires or before is None or before == turned.retired:
            return before if screen.retires else None
        chat, pressed, chosen = int(turned.address), turned.pressed, screen.chosen_label
        if pressed is not None and pressed.message_id == before and chosen is not None and pressed.text:
            line = chosen_line(chosen, self.app.words, turned.outcome.language)
            text = f"{pressed.html_text[:LONGEST_OLD_TEXT]}\n\n{line}"
            method = EditMessageText(chat_id=chat, message_id=before, text=text, parse_mode="HTML")
            if await self._change(method):
                return before
        await self._change(EditMessageReplyMarkup(chat_id=chat, message_id=before))
        return before

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

    async def _sent(self, chat: int, letter: RenderedMessage, worth: Worth | None) -> Message:
        if letter.picture is not None:
            photo = await self._drawn(letter.picture, letter.language)
            if photo is not None:
                method = SendPhoto(chat_id=chat, photo=photo, caption=letter.html, parse_mode="HTML")
                return await self.sender.call(method, worth=worth)
        if letter.file is not None:
            document = BufferedInputFile(letter.file.encode(), letter.name)
            return await self.sender.call(SendDocument(chat_id=chat, document=document), worth=worth)

        def message(letter: RenderedMessage, mode: str | None) -> SendMessage:
            return SendMessage(
                chat_id=chat,
                text=letter.html,
                parse_mode=mode,
                reply_markup=letter.keyboard,
                link_preview_options=NO_PREVIEW,
            )

        return await self._or_plainer(letter, message, worth)

    async def _sent_template(self, chat: int, document: Document, person: int, worth: Worth | None) -> Worth | None:
        """Send a template as its draft stands now; what is known from then on of whether the rest is worth sending.
        Where the draft is gone meanwhile there is nothing to send.
        """
        made = await template_of_draft(self.app, person, document.draft, document.format, document.language)
        if made is None:
            return worth
        file = BufferedInputFile(made.data, made.name)
        await self.sender.call(SendDocument(chat_id=chat, document=file), worth=worth)
        return None

    async def _drawn(self, picture: Picture, language: str) -> BufferedInputFile | None:
        """The picture as a file; None where it cannot be drawn: then its words are sent, as the numbers are anyway."""
        try:
            return BufferedInputFile(
                await asyncio.to_thread(as_png, picture.chart, self.look.words, language), "chart.png"
            )
        except (ImportError, ValueError):
            log.exception("a chart could not be drawn")
            return None

    async def _sent_rich(
        self, chat: int, screen: Screen, outcome: Outcome, letter: RenderedMessage, worth: Worth | None
    ) -> Message | None:
        """The screen as a rich message, where that is better; None when it isn't, or the server knows none."""
        message = rich(screen, self.app.words, outcome)
        if message is None:
            return None
        try:
            method = SendRichMessage(chat_id=chat, rich_message=message, reply_markup=letter.keyboard)
            return await self.sender.call(method, worth=worth)
        except Unreachable:
            raise
        except (Refused, TelegramNotFound) as refusal:
            log.info("a rich message was refused, its plain letters are sent: %s", refusal)
            return None

    async def _or_plainer(
        self,
        letter: RenderedMessage,
        method: Callable[[RenderedMessage, str | None], TelegramMethod[T]],
        worth: Worth | None = None,
    ) -> T:
        """Call with all that the API has; a server that refuses it gets the same words without mark-up."""
        try:
            return await self.sender.call(method(letter, "HTML"), worth=worth)
        except (NotModified, Gone, Unreachable):
            raise
        except Refused as refusal:
            log.error("Telegram refused a screen, which is sent as plain text instead: %s", refusal)
        try:
            return await self.sender.call(method(plainer(letter), None), worth=worth)
        except (NotModified, Gone, Unreachable):
            raise
        except Refused as refusal:
            if not leads_elsewhere(letter):
                raise
            log.error("Telegram refused it again: it is sent without the addresses below it: %s", refusal)
            why = self.look.words.say(M("announcement.refused", reason=Code(str(refusal))), letter.language)
            return await self.sender.call(method(without_addresses(plainer(letter), why), None), worth=worth)


def _stamp(screen: Screen) -> int:
    return int(screen.stamp) if screen.stamp.isdecimal() else 0
