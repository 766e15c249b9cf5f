"""Where a site keeps the app that it serves, and who listens for news."""

from __future__ import annotations

from aiohttp import web

from bot.app import App
from bot.channels.web.stream import Hub

__all__ = ["APP", "HUB"]

APP = web.AppKey("app", App)
HUB = web.AppKey("hub", Hub)
