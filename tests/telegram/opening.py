"""How a service is opened in Telegram: its settings, by polling and by webhook."""

from __future__ import annotations

from tests.botapi import BotApi
from tests.service import free_port

__all__ = ["SECRET", "telegram"]

SECRET = "a-secret-word"


def telegram(server: BotApi, how: str) -> dict[str, str]:
    """The settings that open Telegram, by "polling" or by "webhook"."""
    settings = {"telegram_token": server.token, "telegram_api_url": server.url}
    if how == "webhook":
        port = free_port()
        settings["http_port"] = str(port)
        settings["telegram_webhook_url"] = f"http://127.0.0.1:{port}/telegram"
        settings["telegram_webhook_secret"] = SECRET
    return settings
