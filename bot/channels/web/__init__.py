"""The web chat: the same conversation in a browser, complete without scripts, nicer with them."""

from bot.channels.web.routes import attach

__all__ = ["attach"]
