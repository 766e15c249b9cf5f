"""A browser for all tests, the real service, and Anna at her desk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.service import Service
from tests.webchat import chromium as chromiums
from tests.webchat.browsing import Visitor, visiting


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    if chromiums.find() is None:
        pytest.skip(chromiums.MISSING)
    async with chromiums.open_chromium() as browser:
        yield browser


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    """The web chat, in a process of its own."""
    async with Service(tmp_path) as running:
        yield running
    assert "Traceback" not in running.log, running.log


@pytest.fixture
async def anna(chromium: Browser, service: Service) -> AsyncIterator[Visitor]:
    async with visiting(chromium, service.url) as visitor:
        yield visitor
