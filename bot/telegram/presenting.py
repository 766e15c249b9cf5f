"""What people see of the bot before they write: its commands, name and descriptions, in their language."""

from __future__ import annotations

import logging

from aiogram.methods import SetMyCommands, SetMyDescription, SetMyShortDescription
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats

from bot.telegram.sending import Refused, Sender
from dialogs.messages import Message
from locales.words import Words

__all__ = ["present"]

log = logging.getLogger(__name__)

COMMANDS = ("continue", "new", "drafts", "sections", "review", "deadline", "language", "help", "contact", "mydata")
"""The commands in the menu, most wanted first; the others work as well."""


async def present(sender: Sender, words: Words) -> None:
    """Set commands and descriptions for every language, and English for all others."""
    for language in (None, *words.languages):
        said = language or "en"
        commands = [
            BotCommand(command=name, description=words.say(Message(f"command.{name}"), said)) for name in COMMANDS
        ]
        scope = BotCommandScopeAllPrivateChats()
        description = words.say(Message("telegram.description"), said)
        short = words.say(Message("telegram.short_description"), said)
        try:
            await sender.call(SetMyCommands(commands=commands, scope=scope, language_code=language))
            await sender.call(SetMyDescription(description=description, language_code=language))
            await sender.call(SetMyShortDescription(short_description=short, language_code=language))
        except Refused as refusal:
            log.warning("the bot's commands could not be set for %s: %s", said, refusal)
