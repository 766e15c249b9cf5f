"""What people see of the bot before they write: its commands, name and descriptions, in their language."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable

from aiogram.methods import (
    SetChatMenuButton,
    SetMyCommands,
    SetMyDescription,
    SetMyName,
    SetMyShortDescription,
    TelegramMethod,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
    MenuButtonCommands,
)

from bot.channels.telegram.api_client import ApiClient, Refused
from dialogs.domain.messages import M, Message
from locales.words import Words

__all__ = ["COMMANDS", "fingerprint", "present", "presentation"]

log = logging.getLogger(__name__)

COMMANDS = (
    *("continue", "new", "update", "drafts", "myentries", "sections", "review", "submit", "back", "skip"),
    *(
        "template",
        "deadline",
        "search",
        "reminders",
        "language",
        "access",
        "help",
        "settings",
        "contact",
        "mydata",
        "forget",
    ),
    "cancel",
)
"""The commands in a private chat's menu, most wanted first."""

ELSEWHERE = ("start", "help")
"""In groups and wherever else: the two that Telegram expects everywhere."""


async def present(sender: ApiClient, words: Words) -> None:
    """Set all of it for every language, and English for all others. What is refused is said and passed over."""
    for method in presentation(words):
        await _try(sender, method)


def fingerprint(words: Words) -> str:
    """The same for the same presentation: Telegram wants names and descriptions set seldom, not at every start."""
    said = [
        [method.__api_method__, method.model_dump(mode="json", exclude_none=True)] for method in presentation(words)
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def presentation(words: Words) -> Iterable[TelegramMethod[bool]]:
    """Everything that is set, as calls."""
    for language in (None, *words.languages):
        yield from _in_language(words, language)
    yield SetChatMenuButton(menu_button=MenuButtonCommands())


async def _try(sender: ApiClient, method: TelegramMethod[bool]) -> None:
    try:
        await sender.call(method)
    except Refused as refusal:
        log.warning("Telegram refused %s: %s", method.__api_method__, refusal)


def _in_language(words: Words, language: str | None) -> Iterable[TelegramMethod[bool]]:
    said = language or "en"
    private, group = BotCommandScopeAllPrivateChats(), BotCommandScopeAllGroupChats()
    yield SetMyCommands(commands=_commands(words, COMMANDS, said), scope=private, language_code=language)
    yield SetMyCommands(commands=_commands(words, ELSEWHERE, said), scope=group, language_code=language)
    elsewhere = _commands(words, ELSEWHERE, said)
    yield SetMyCommands(commands=elsewhere, scope=BotCommandScopeDefault(), language_code=language)
    yield SetMyName(name=words.say(M("telegram.name"), said), language_code=language)
    yield SetMyDescription(description=words.say(M("telegram.description"), said), language_code=language)
    short = words.say(M("telegram.short_description"), said)
    yield SetMyShortDescription(short_description=short, language_code=language)


def _commands(words: Words, names: Iterable[str], language: str) -> list[BotCommand]:
    return [BotCommand(command=name, description=words.say(Message(f"command.{name}"), language)) for name in names]
