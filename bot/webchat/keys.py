"""Where a site keeps the app that it serves."""

from __future__ import annotations

from aiohttp import web

from bot.app import App

__all__ = ["APP"]

APP = web.AppKey("app", App)
