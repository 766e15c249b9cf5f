"""A Bot API server of our own, as strict as Telegram, with scripted people: for tests and demos."""

from tests.botapi.server import BotApi

__all__ = ["BotApi"]
