"""A browser for all tests, the real service, and Anna at her desk."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser

from tests.service import Service
from tests.web import chromium as chromiums
from tests.web.browsing import Visitor, serving, visiting


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    if chromiums.find() is None:
        pytest.skip(chromiums.MISSING)
    async with chromiums.open_chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
async def service(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Service]:
    """One for all tests of a file: each test has people of its own."""
    async with serving(tmp_path_factory.mktemp("service")) as running:
        yield running


@pytest.fixture
async def anna(chromium: Browser, service: Service) -> AsyncIterator[Visitor]:
    async with visiting(chromium, service.url) as visitor:
        yield visitor
