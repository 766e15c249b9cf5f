"""What came from Telegram, as what a person did. Total: every update of any kind has an answer here."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from aiogram.types import CallbackQuery, Chat, ChatMemberUpdated, Message, Update, User

from dialogs.domain.events import Chose, Commanded, Edited, Event, FileRef, Located, Odd, Said, Sent

__all__ = ["ALLOWED", "Asked", "Joined", "Left", "ParsedUpdate", "Reach", "parse_update"]

ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member", "inline_query"]
"""Kinds of update that are asked for. Whatever else comes is let go."""

COMMAND = re.compile(r"/(\w{1,32})(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)

ODD = ("sticker", "contact", "poll")
"""Contents that have a kind word of their own."""

KINDS = {
    "photo": "image/jpeg",
    "video": "video/mp4",
    "audio": "audio/mpeg",
    "voice": "audio/ogg",
    "animation": "video/mp4",
}


@dataclass(frozen=True, slots=True)
class ParsedUpdate:
    """Something that a person did in their chat with the bot.

    `query` is the press to be answered; `pressed` the message that bore the button, when it was a screen of ours.
    """

    address: str
    update: str
    event: Event
    language: str | None
    name: str
    query: str | None = None
    pressed: Message | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """A person blocked the bot, or came back."""

    address: str
    reachable: bool


@dataclass(frozen=True, slots=True)
class Joined:
    """The bot was put into a group, or spoken to there: it says once where it can be talked to, and keeps quiet.

    `topic`: the forum topic that it was spoken to in; `language`: of whoever did; `named`: the bot that a command was
    meant for, when it names one.
    """

    chat: int
    topic: int | None = None
    language: str | None = None
    named: str | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """The bot was taken out of a group: when it comes back, it may speak once more."""

    chat: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody is typing a search; `query` is the inline query to be answered."""

    address: str
    query: str
    text: str


def parse_update(update: Update, now: datetime) -> ParsedUpdate | Reach | Joined | Left | Asked | None:
    """What the update means; None when nobody needs an answer. `now` stands for when a press came."""
    if update.inline_query is not None and update.inline_query.id:
        return Asked(str(update.inline_query.from_user.id), update.inline_query.id, update.inline_query.query)
    if update.callback_query is not None:
        return _press(update.update_id, update.callback_query, now)
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member)
    if update.edited_message is not None:
        return _heard(update.update_id, update.edited_message, _edit(update.edited_message, now))
    if update.message is not None:
        return _in_group(update.message) or _heard(update.update_id, update.message, _message(update.message, now))
    return None


def _in_group(message: Message) -> Joined | None:
    """A command in a group is answered with where the bot can be talked to, whoever hides behind the group's name."""
    command = COMMAND.fullmatch(message.text or "")
    if message.chat.type not in ("group", "supergroup") or command is None:
        return None
    user, is_anonymous = (
        message.from_user,
        message.sender_chat is not None and message.sender_chat.id == message.chat.id,
    )
    if (user is None or user.is_bot) and not is_anonymous:
        return None
    topic = message.message_thread_id if message.is_topic_message else None
    return Joined(message.chat.id, topic, user.language_code if user is not None else None, command[2])


def _heard(update: int, message: Message, event: Event | None) -> ParsedUpdate | None:
    user = message.from_user
    if event is None or user is None or user.is_bot or message.chat.type != "private":
        return None
    return ParsedUpdate(str(message.chat.id), str(update), event, user.language_code, _name(user))


def _name(user: User) -> str:
    return user.full_name[:120]


def _press(update: int, query: CallbackQuery, now: datetime) -> ParsedUpdate | None:
    place, _, code = (query.data or "").partition("|")
    ours = place.isdigit() and isinstance(query.message, Message)
    pressed = query.message if ours and isinstance(query.message, Message) else None
    chat: Chat | None = query.message.chat if query.message is not None else None
    if chat is not None and chat.type != "private":
        return None
    event = Chose(code, place, now)
    user = query.from_user
    return ParsedUpdate(str(user.id), str(update), event, user.language_code, _name(user), query.id or None, pressed)


def _membership(change: ChatMemberUpdated) -> Reach | Joined | Left | None:
    status = change.new_chat_member.status
    if change.chat.type == "private":
        return Reach(str(change.chat.id), status not in ("kicked", "left"))
    if change.chat.type == "channel":
        return None
    if status in AWAY:
        return Left(change.chat.id)
    came = change.old_chat_member.status in AWAY and status in ("member", "administrator")
    return Joined(change.chat.id, language=change.from_user.language_code) if came else None


AWAY = ("left", "kicked")


def _edit(message: Message, now: datetime) -> Event | None:
    text = message.text or message.caption
    if text is None:
        return None
    return Edited(text, str(message.message_id), _edited_at(message, now))


def _edited_at(message: Message, now: datetime) -> datetime:
    try:
        return min(datetime.fromtimestamp(message.edit_date or 0, UTC) if message.edit_date else message.date, now)
    except (ValueError, OverflowError, OSError):
        return now


def _message(message: Message, now: datetime) -> Event | None:
    at, ref = min(message.date, now), str(message.message_id)
    if message.text is not None:
        return _text(message, at, ref)
    file = _file(message)
    if file is not None:
        return Sent(file, at, ref, message.caption or "", message.media_group_id, _formatted(message))
    if message.location is not None:
        name = message.venue.title if message.venue is not None else ""
        return Located(message.location.latitude, message.location.longitude, at, name[:200], ref)
    return _odd(message, at)


def _text(message: Message, at: datetime, ref: str) -> Event:
    text = message.text or ""
    command = COMMAND.fullmatch(text)
    if command is not None:
        return Commanded(command[1], at, command[3] or "", ref)
    if not text.strip():
        return Odd("empty", at)
    forwarded, picked = message.forward_origin is not None, message.via_bot is not None
    reply = _reply(message)
    shown = _says(message.reply_to_message) if reply and message.reply_to_message is not None else ""
    return Said(text, at, ref, forwarded, picked, reply, _formatted(message), shown, _links(message))


def _says(message: Message) -> str:
    """The words of a message of ours, which may be made of blocks."""
    rich = message.rich_message
    return message.text or message.caption or (" ".join(_texts(rich.model_dump())) if rich is not None else "")


def _texts(part: Any) -> Iterator[str]:
    """Every text in nested blocks, in their order."""
    if isinstance(part, dict):
        for name, inner in part.items():
            if name == "text" and isinstance(inner, str):
                yield inner
            else:
                yield from _texts(inner)
    elif isinstance(part, (list, tuple)):
        for inner in part:
            yield from _texts(inner)


def _links(message: Message) -> tuple[str, ...]:
    """The addresses behind words, each once."""
    urls = (entity.url for entity in message.entities or () if entity.type == "text_link")
    return tuple(dict.fromkeys(url for url in urls if url))


def _reply(message: Message) -> str | None:
    """The message of the bot that this one replies to."""
    replied = message.reply_to_message
    ours = replied is not None and replied.from_user is not None and replied.from_user.is_bot
    return str(replied.message_id) if replied is not None and ours else None


def _formatted(message: Message) -> str | None:
    """The text or caption as Telegram's HTML; None when it has no formatting."""
    return message.html_text if message.entities or message.caption_entities else None


def _file(message: Message) -> FileRef | None:
    """The file of a message; of a photo its largest size, of an animation not the copy sent as a document."""
    for kind in ("photo", "video", "audio", "voice", "document"):
        content = getattr(message, kind)
        if not content or (kind == "document" and message.animation is not None):
            continue
        found = content[-1] if isinstance(content, list) else content
        mime = getattr(found, "mime_type", None) or KINDS.get(kind, "application/octet-stream")
        name = getattr(found, "file_name", None) or _named(kind, found.file_unique_id, mime)
        id = secrets.token_hex(16)
        return FileRef(id, f"telegram:{found.file_id}", name[:200], mime, found.file_size or 0, kind)
    return None


def _named(kind: str, id: str, mime: str) -> str:
    """A name for what came without one: `photo-AQAD.jpeg`."""
    return f"{kind}-{id}.{mime.partition('/')[2].removeprefix('x-')}"


def _odd(message: Message, at: datetime) -> Event | None:
    """What cannot be an answer. Messages of the service itself (a pinned message, a new title) need none."""
    for kind in ODD:
        if getattr(message, kind) is not None:
            return Odd(kind, at)
    content = message.content_type
    spoken = ("animation", "video_note", "dice", "game", "story", "checklist", "paid_media", "unknown")
    return Odd("other", at) if content in spoken else None
