"""The channel: an update becomes a turn, and its screens reach the person, once, in order.

Taking and showing are two queues per person. An update counts as received as soon as its turn is committed; its
screens follow, in the order of the turns, while the next update may already be taken.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from weakref import WeakValueDictionary

from aiogram import Bot
from aiogram.enums import ChatAction
from aiogram.methods import (
    AnswerCallbackQuery,
    AnswerInlineQuery,
    EditMessageReplyMarkup,
    SendChatAction,
    SendMessage,
    TelegramMethod,
)
from aiogram.types import Update

from bot.app import App
from bot.channels.telegram.api_client import ApiClient, Refused
from bot.channels.telegram.filled_templates import FilledTemplates
from bot.channels.telegram.inline_search import InlineSearch
from bot.channels.telegram.intake.flood_guard import Flood, Gate
from bot.channels.telegram.intake.parse_update import Asked, Joined, Left, ParsedUpdate, Reach, parse_update
from bot.channels.telegram.screens.renderer import RenderContext
from bot.channels.telegram.screens.screen_coalescing import TurnedUpdate
from bot.channels.telegram.screens.screen_sender import CHANNEL, ScreenSender
from bot.rate_limit import Budget
from bot.turns.outcome import Outcome
from dialogs.domain.messages import M
from locales.words import TELEGRAM
from storage.engine.database import DatabaseUnavailable
from storage.people import people
from storage.updates import processed_updates

__all__ = ["CHANNEL", "Reply", "TelegramChannel"]

log = logging.getLogger(__name__)

GROUPS = f"{CHANNEL}/groups"
"""Where it is marked in which groups the bot has spoken."""

SLOW = 1.0
"""Seconds after which somebody who waits sees `typing…`."""
TYPING_LASTS = 4.0
"""Telegram shows it for five seconds."""


@dataclass(slots=True)
class Reply:
    """A call that Telegram is told in the reply to its own one."""

    call: TelegramMethod[Any] | None = None


class TelegramChannel:
    """Takes updates for an app, and shows what comes of them."""

    def __init__(self, app: App, bot: Bot, budget: Budget) -> None:
        self.app = app
        self.bot = bot
        self.sender = ApiClient(bot, budget)
        self.look = RenderContext(app.words)
        self.delivering = ScreenSender(app, self.sender, self.look)
        self.searching = InlineSearch(app)
        self.templates = FilledTemplates(bot, self.sender)
        self.something_left = asyncio.Event()  # screens that nobody shows are to be looked for at once
        self._flood = Flood()
        self._taking: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[Any]] = set()

    async def take(self, update: Update, reply: Reply | None = None) -> None:
        """Take an update. When this returns, what it did is on disk; showing goes on by itself.

        `reply` is what may be said in the reply to the webhook, where there is one.
        """
        await self._take(parse_update(update, self.app.turns.now()), reply)

    async def let_go(self, update: Update) -> None:
        """Tell whose update this is that it cannot be taken, at their open question; if that fails too, in a line."""
        heard = parse_update(update, self.app.turns.now())
        if not isinstance(heard, ParsedUpdate):
            return
        try:
            outcome = await self.app.turns.let_go(
                CHANNEL, heard.address, heard.update, language=self._offered(heard), name=heard.name
            )
        except DatabaseUnavailable:
            raise
        except Exception:
            log.exception("update %s: its person cannot be told at their question", update.update_id)
            self._say(heard, "odd.not_taken")
        else:
            self.delivering.add(TurnedUpdate(heard.address, (heard.update,), outcome, heard.pressed))

    def answer_press(self, update: Update, after: float = 0.0) -> asyncio.Task[None] | None:
        """Stop the little clock on the button, if this is a press: once, however often the press is tried."""
        if update.callback_query is None:
            return None
        heard = parse_update(update, self.app.turns.now())
        query = heard.query if isinstance(heard, ParsedUpdate) else None
        return asyncio.create_task(self._answered_after(after, query)) if query is not None else None

    async def finish(self, seconds: float) -> None:
        """Wait for what is being shown, so long at most."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        await self.delivering.finish(seconds)

    async def show_unshown(self) -> None:
        """Show the screens of handled updates that did not go out before."""
        for address, update, outcome in await self.app.turns.stored.unshown(CHANNEL, self.delivering.under_way):
            self.delivering.add(TurnedUpdate(address, (update,), outcome))

    async def _take(
        self, heard: ParsedUpdate | Reach | Joined | Left | Asked | None, reply: Reply | None = None
    ) -> None:
        if isinstance(heard, ParsedUpdate):
            await self._gated(heard, reply)
        elif isinstance(heard, Reach):
            await self._reach(heard.address, heard.reachable)
        elif isinstance(heard, Joined):
            await self._joined(heard)
        elif isinstance(heard, Left):
            await self._left(heard.chat)
        elif isinstance(heard, Asked):
            self._spawn(self._found(heard))

    async def _gated(self, heard: ParsedUpdate, reply: Reply | None) -> None:
        gate = self._flood.gate(heard.address, heard.event.at.timestamp())
        if gate is Gate.OPEN:
            await self._turn(heard, reply)
        elif gate is Gate.FIRST:
            log.warning("somebody sends more than anybody can write; the rest of it is let go")
            self._say(heard, "telegram.flood")

    def _say(self, heard: ParsedUpdate, key: str) -> None:
        """A line outside the conversation, which nothing depends on."""
        text = self.app.words.say(M(key), self._language(heard), markup=TELEGRAM)
        self._spawn(self._quietly(SendMessage(chat_id=int(heard.address), text=text, parse_mode="HTML")))

    async def _turn(self, heard: ParsedUpdate, reply: Reply | None) -> None:
        lock = self._taking.setdefault(heard.address, asyncio.Lock())
        async with lock:
            with self._typing(heard.address):
                event = await self.templates.looked_into(heard.event)
                outcome = await self.app.turns.take(
                    CHANNEL, heard.address, heard.update, event, language=self._offered(heard), name=heard.name
                )
            if not outcome.again:
                retired = self._retired_in(reply, heard, outcome)
                self.delivering.add(TurnedUpdate(heard.address, (heard.update,), outcome, heard.pressed, retired))
            elif outcome.screens:  # whoever was to show them may have died: then it comes again because of that
                self.something_left.set()

    def _retired_in(self, reply: Reply | None, heard: ParsedUpdate, outcome: Outcome) -> int | None:
        """Have the reply take away the buttons of the question that was answered, which saves a call; of which message.

        Whether a reply arrives nobody hears. So it says only this: buttons that stay are old ones by their stamp, and
        a press on them is answered with the open question.
        """
        screens = outcome.screens
        old = self.delivering.posting.memory.buttons(heard.address, outcome.buttons)
        if reply is None or reply.call is not None or heard.query is not None or old is None or not screens:
            return None
        if any(screen.in_place or not screen.retires for screen in screens) or not self.sender.budget.spend():
            return None
        reply.call = EditMessageReplyMarkup(chat_id=int(heard.address), message_id=old)
        return old

    def _offered(self, heard: ParsedUpdate) -> str | None:
        return self.app.words.offered(heard.language) if heard.language else None

    def _language(self, heard: ParsedUpdate) -> str:
        return self._offered(heard) or "en"

    @contextmanager
    def _typing(self, address: str) -> Iterator[None]:
        """`typing…` for as long as something takes, if it takes long. For what does not no task is made."""
        tasks: list[asyncio.Task[None]] = []
        slow = asyncio.get_running_loop().call_later(
            SLOW, lambda: tasks.append(asyncio.create_task(self._type(int(address))))
        )
        try:
            yield
        finally:
            slow.cancel()
            for task in tasks:
                task.cancel()

    async def _type(self, chat: int) -> None:
        while True:
            await self._quietly(SendChatAction(chat_id=chat, action=ChatAction.TYPING))
            await asyncio.sleep(TYPING_LASTS)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answered_after(self, seconds: float, query: str) -> None:
        await asyncio.sleep(seconds)
        self._spawn(self._quietly(AnswerCallbackQuery(callback_query_id=query)))

    async def _found(self, asked: Asked) -> None:
        """Answer a search that somebody is typing: at once or not at all."""
        try:
            answer: AnswerInlineQuery = await self.searching.answer(asked)
        except Exception:
            log.exception("a search could not be answered")
            return
        await self._quietly(answer)

    async def _quietly(self, method: TelegramMethod[Any]) -> None:
        """Call what is worth nothing when it comes late."""
        try:
            await self.sender.call(method, again=False)
        except Refused as refusal:
            log.debug("a call was refused: %s", refusal)
        except Exception as error:  # noqa: BLE001  nothing depends on it
            log.info("a call of no consequence failed: %r", error)

    async def _reach(self, address: str, reachable: bool) -> None:
        await self.app.database.write(lambda session: people.reachable(session, CHANNEL, address, reachable))

    async def _joined(self, joined: Joined) -> None:
        """Say once in a group where the questionnaire is answered, and keep quiet from then on."""
        if joined.named is not None and joined.named.lower() != await self._own_name():
            return  # a command for another bot
        now: datetime = self.app.turns.now()
        chat = str(joined.chat)
        if await self.app.database.write(lambda session: processed_updates.first_time(session, GROUPS, chat, now)):
            self._spawn(self._point_here(joined))

    async def _left(self, chat: int) -> None:
        await self.app.database.write(lambda session: processed_updates.unmark(session, GROUPS, str(chat)))

    async def _own_name(self) -> str:
        """What the bot is called in Telegram, in small letters; empty while Telegram does not say."""
        with contextlib.suppress(Exception):
            self.look.me = self.look.me or await self.bot.me()
        return (self.look.me.username or "").lower() if self.look.me is not None else ""

    async def _point_here(self, joined: Joined) -> None:
        await self._own_name()  # the link has it
        language = self.app.words.offered(joined.language) if joined.language else "en"
        text = self.app.words.say(M("telegram.group"), language, markup=TELEGRAM)
        link = self.look.link("group")
        shown = f"{text}\n{link}" if link else text
        await self._quietly(
            SendMessage(chat_id=joined.chat, text=shown, parse_mode="HTML", message_thread_id=joined.topic)
        )
