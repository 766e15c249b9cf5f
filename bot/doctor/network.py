"""What the doctor says of Telegram."""

from __future__ import annotations

from bot.doctor.finding import Finding
from bot.settings import Settings

__all__ = ["look"]


async def look(settings: Settings) -> list[Finding]:
    """Findings about Telegram."""
    if settings.telegram_token is None:
        return [
            Finding(False, "Telegram is off", "Set STOCKTAKING_TELEGRAM_TOKEN to the token that BotFather gave you")
        ]
    import aiohttp

    address = f"{settings.telegram_api_url}/bot{settings.telegram_token.get_secret_value()}/getMe"
    try:
        timeout = aiohttp.ClientTimeout(total=10)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(address) as answer:
            said = await answer.json(content_type=None)
    except (TimeoutError, aiohttp.ClientError, ValueError):
        return [Finding(True, f"Telegram cannot be reached at {settings.telegram_api_url}", "Check the network")]
    if not said.get("ok"):
        return [Finding(True, "Telegram does not know this token", "Copy it again from BotFather")]
    how = "webhook" if settings.telegram_webhook_url else "polling"
    return [Finding(False, f"Telegram answers as @{said['result'].get('username')} (by {how})")]
