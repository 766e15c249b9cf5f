"""Scripted people: they write, tap, edit, send files and look at what the bot shows them."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.botapi.actions import rich_text
from tests.botapi.refusals import Refusal, bad, forbidden

if TYPE_CHECKING:
    from tests.botapi.server import BotApi

__all__ = ["Group", "Person"]

PATIENCE = 40.0
"""Seconds a person waits for the bot before giving up."""


class Person:
    """Somebody with a phone. `shown` are the bot's messages in their chat, oldest first, as they look now."""

    def __init__(self, server: BotApi, id: int, name: str, language: str) -> None:
        self.server = server
        self.id = id
        self.name = name
        self.language = language
        self.started = False
        self.blocked = False
        self.deactivated = False
        self.slow = 0.0  # seconds until the bot hears that what it sent them has arrived
        self.moved_to: Person | None = None
        self.shown: list[dict[str, Any]] = []
        self.alerts: list[str] = []
        self.seen = 0

    @property
    def user(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": self.language}

    @property
    def chat(self) -> dict[str, Any]:
        return {"id": self.id, "type": "private", "first_name": self.name}

    @property
    def refusal(self) -> Refusal | None:
        """Why the bot may not write here; None: it may."""
        if self.moved_to is not None:
            return bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=self.moved_to.id)
        if self.deactivated:
            return forbidden("user is deactivated")
        if self.blocked:
            return forbidden("bot was blocked by the user")
        return None if self.started else forbidden("bot can't initiate conversation with a user")

    @property
    def bot(self) -> dict[str, Any] | None:
        """Who stands as the sender of the bot's messages here."""
        return self.server.me

    @property
    def lets_delete(self) -> bool:
        """Whether the bot may delete here what others wrote."""
        return True

    def check_markup(self, markup: Any) -> None:
        """Refuse keyboards that cannot be here."""

    async def says(self, text: str, **more: Any) -> dict[str, Any]:
        """Write a message. Commands are marked as such, as apps do."""
        if text.startswith("/"):
            length = len(text.split()[0])
            more["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return await self.sends(text=text, **more)

    async def starts(self, payload: str = "") -> dict[str, Any]:
        return await self.says(f"/start {payload}".strip())

    async def forwards(self, text: str) -> dict[str, Any]:
        origin = {"type": "hidden_user", "sender_user_name": "Somebody", "date": int(time.time())}
        return await self.sends(text=text, forward_origin=origin)

    async def edits(self, message: dict[str, Any], text: str) -> None:
        """Change a message that was sent before."""
        edited = {**message, "text": text, "edit_date": int(time.time())}
        await self.server.push({"edited_message": edited}, ("chat", self.id))

    async def taps(self, wanted: str, message: dict[str, Any] | None = None) -> str:
        """Press the button with this text or code, on the newest message that has it; the query's id."""
        messages = [message] if message else list(reversed(self.shown))
        for shown in messages:
            button = _button(shown, wanted)
            if button is not None:
                return await self.server.press(self, shown, button["callback_data"])
        raise AssertionError(f"{self.name} looked for a button {wanted!r} on:\n{self.text}")

    async def searches(self, text: str) -> list[str]:
        """Type a search behind the bot's name; what is offered, as it would be sent."""
        id = await self.server.ask(self, text)
        await self.server.until(lambda: self.server.queries[id]["results"] is not None, PATIENCE)
        return [_clean(found["input_message_content"]["message_text"]) for found in self.server.queries[id]["results"]]

    async def picks(self, text: str) -> dict[str, Any]:
        """Send what a search offered."""
        return await self.sends(text=text, via_bot=self.server.me)

    async def gets_answer(self, press: Any) -> str:
        """Press, and wait until the press is answered; the query's id."""
        id: str = await press
        await self.server.until(lambda: self.server.queries[id]["answered"] is not None, PATIENCE)
        await self.server.quiet(self.id)
        return id

    async def forges(self, data: str) -> str:
        """Press a button that was never there."""
        return await self.server.press(self, self.shown[-1], data)

    async def sends_document(
        self, name: str, content: bytes, kind: str, caption: str = "", **more: Any
    ) -> dict[str, Any]:
        file = {**self.server.keep_file(content), "file_name": name, "mime_type": kind}
        return await self.sends(document=file, **({"caption": caption} if caption else {}), **more)

    async def sends_photo(
        self, content: bytes = b"\xff\xd8\xff photo", caption: str = "", **more: Any
    ) -> dict[str, Any]:
        large = {**self.server.keep_file(content), "width": 1280, "height": 960}
        small = {**self.server.keep_file(content[:100]), "width": 90, "height": 67}
        return await self.sends(photo=[small, large], **({"caption": caption} if caption else {}), **more)

    async def sends_album(self, count: int) -> None:
        for number in range(count):
            await self.sends_photo(b"\xff\xd8\xff" + bytes([number]) * 100, media_group_id=f"album{self.id}")

    async def sends_odd(self, what: str) -> dict[str, Any]:
        """Send a sticker, voice, contact, location, poll, dice ..."""
        file = self.server.keep_file(b"odd")
        odd: dict[str, Any] = {
            "sticker": {**file, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False},
            "voice": {**file, "duration": 3},
            "contact": {"phone_number": "123", "first_name": "Ben"},
            "location": {"latitude": 1.0, "longitude": 2.0},
            "dice": {"emoji": "🎲", "value": 3},
            "video_note": {**file, "length": 1, "duration": 1},
        }
        return await self.sends(**{what: odd[what]})

    async def sends(self, **content: Any) -> dict[str, Any]:
        """Send a message with any content."""
        self.started = True
        message = self.server.make_message(self.chat, self.user, **content)
        await self.server.push({"message": message}, ("chat", self.id))
        return message

    async def blocks(self) -> None:
        self.blocked = True
        await self.membership("member", "kicked")

    async def unblocks(self) -> None:
        self.blocked = False
        await self.membership("kicked", "member")

    async def membership(self, before: str, after: str) -> None:
        bot = self.server.me
        states = {
            "member": {"user": bot, "status": "member"},
            "kicked": {"user": bot, "status": "kicked", "until_date": 0},
            "left": {"user": bot, "status": "left"},
        }
        change = {
            "chat": self.chat,
            "from": self.user,
            "date": int(time.time()),
            "old_chat_member": states[before],
            "new_chat_member": states[after],
        }
        await self.server.push({"my_chat_member": change}, ("chat", self.id))

    @property
    def text(self) -> str:
        """What stands in the chat from the bot, newest last, with the buttons in brackets."""
        return "\n---\n".join(_as_text(message) for message in self.shown[-4:])

    @property
    def last(self) -> str:
        """The bot's newest message."""
        return _as_text(self.shown[-1]) if self.shown else ""

    async def waits(self, wanted: str | Callable[[Person], bool], patience: float = PATIENCE) -> str:
        """Wait until the newest message has this text (or this holds); then all that is shown."""

        def there() -> bool:
            return wanted(self) if callable(wanted) else wanted in self.last

        try:
            await self.server.until(there, patience)
        except TimeoutError:
            raise AssertionError(f"{self.name} waited in vain for {wanted!r}; shown:\n{self.text}") from None
        return self.last

    async def gets(self, act: Any, patience: float = PATIENCE) -> str:
        """Do something and wait for the bot's next answer: a new message, or the newest one with a changed keyboard.

        That the old keyboard goes is no answer yet.
        """
        before = self._looks
        await act
        await self.waits(lambda person: person._looks != before and person._is_offered_something, patience)
        await self.server.quiet(self.id)
        return self.last

    @property
    def _looks(self) -> tuple[int, str]:
        """Which message is the newest, and how it looks."""
        return (self.shown[-1]["message_id"], self.last) if self.shown else (0, "")

    @property
    def _is_offered_something(self) -> bool:
        return bool(self.shown) and "reply_markup" in self.shown[-1]


class Group(Person):
    """A group of people, one of whom writes."""

    def __init__(self, server: BotApi, id: int, name: str, member: Person) -> None:
        super().__init__(server, id, name, "en")
        self.member = member

    @property
    def user(self) -> dict[str, Any]:
        return self.member.user

    @property
    def chat(self) -> dict[str, Any]:
        return {"id": self.id, "type": "supergroup", "title": self.name}

    async def adds_bot(self) -> None:
        self.started = True
        await self.membership("left", "member")


def _button(message: dict[str, Any], wanted: str) -> dict[str, Any] | None:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = [button for row in rows for button in row if "callback_data" in button]
    for button in buttons:
        if button["callback_data"].partition("|")[2] == wanted:
            return dict(button)
    for button in buttons:
        if wanted in _clean(button["text"]):
            return dict(button)
    return None


def _as_text(message: dict[str, Any]) -> str:
    lines = [_clean(message.get("text") or message.get("caption") or rich_text(message))]
    for row in message.get("reply_markup", {}).get("inline_keyboard", []):
        lines.append(" ".join(f"[{_clean(button['text'])}]" for button in row))
    return "\n".join(lines)


def _clean(text: str) -> str:
    return re.sub("[\u200e\u200f\u2066-\u2069]", "", text)
