"""What the bot is called in Telegram: its personal links begin with it."""

from __future__ import annotations

from bot.settings import Settings

__all__ = ["NamelessError", "bot_name"]

PATIENCE = 10
"""Seconds that Telegram gets to answer."""


class NamelessError(Exception):
    """Why it is not known what the bot is called, in one line that says what to do."""


async def bot_name(settings: Settings) -> str:
    """Ask Telegram; NamelessError, with what to do, when it cannot say."""
    if settings.telegram_token is None:
        raise NamelessError("no bot to link to: say --bot NAME, or set STOCKTAKING_TELEGRAM_TOKEN")
    import aiohttp

    address = f"{settings.telegram_api_url}/bot{settings.telegram_token.get_secret_value()}/getMe"
    try:
        timeout = aiohttp.ClientTimeout(total=PATIENCE)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(address) as answer:
            said = await answer.json(content_type=None)
        return str(said["result"]["username"])
    except (TimeoutError, aiohttp.ClientError, ValueError, KeyError, TypeError):
        # The error itself may show the address, and the token in it.
        raise NamelessError("Telegram does not say what the bot is called: say --bot NAME") from None
