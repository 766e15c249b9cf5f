"""The console over a stage whose people chat beside it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import web
from playwright.async_api import Browser, BrowserContext, Page

from bot.app import App
from bot.channels.web import attach
from bot.pages.console import routes as console
from bot.settings import Settings
from tests.driver import Person, Stage
from tests.review.conftest import anna, olga, remi, rosa, server, stage
from tests.web.conftest import chromium

__all__ = ["anna", "chromium", "olga", "remi", "rosa", "server", "stage"]


@dataclass
class Console:
    """Where the console is, and the way in."""

    url: str
    stage: Stage
    files: Path

    async def lets_in(self, person: Person, context: BrowserContext) -> Page:
        """A browser without scripts follows the link that this person gets in their chat."""
        await person.does("console")
        path = next(word for word in person.text.split() if "/organize/enter/" in word)
        page = await context.new_page()
        await page.goto(self.url + path[path.index("/organize") :])
        await page.locator("button.primary").click()
        return page


@pytest.fixture
async def site(stage: Stage, tmp_path: Path) -> AsyncIterator[Console]:
    application = web.Application()
    attach(application, App(Settings(_env_file=None, files=tmp_path), stage.database, stage.words, stage.turns))
    console.attach(application)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    listening = web.TCPSite(runner, "127.0.0.1", 0)
    await listening.start()
    yield Console(f"http://127.0.0.1:{runner.addresses[0][1]}", stage, tmp_path)
    await runner.cleanup()


@pytest.fixture
async def context(chromium: Browser) -> AsyncIterator[BrowserContext]:
    context = await chromium.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    yield context
    await context.close()
