"""The public register on pages: whole without scripts, in six languages, from the same index as the chat's search."""

from bot.pages.register.routes import attach

__all__ = ["attach"]
