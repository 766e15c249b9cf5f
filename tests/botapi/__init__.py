"""A Bot API server of our own, as strict as Telegram, with scripted people: for tests and demos."""

import bot.channels.telegram  # noqa: F401  first of all: it imports aiogram in its quick way
from tests.botapi.server import BotApi

__all__ = ["BotApi"]
