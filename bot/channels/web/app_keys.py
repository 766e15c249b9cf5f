"""What a site keeps: the app that it serves, who listens for news, and how parts of it tell of problems."""

from __future__ import annotations

from collections.abc import Callable

from aiohttp import web

from bot.app import App
from bot.channels.web.stream import Hub

__all__ = ["APP", "HUB", "PROBLEMS"]

APP = web.AppKey("app", App)
HUB = web.AppKey("hub", Hub)
PROBLEMS = web.AppKey("problems", dict[str, Callable[[web.HTTPException], web.Response]])
"""By the beginning of addresses whose readers are programs: how a refusal is told there, instead of on a page."""
