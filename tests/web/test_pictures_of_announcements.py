"""A picture that an organizer uploads for an announcement is there when the announcement is sent."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contract.browser import Browser
from tests.service import Service
from tests.web.browsing import serving

PNG = b"\x89PNG\r\n\x1a\n" + b"picture" * 1000


@pytest.fixture(scope="module")
async def service(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Service]:
    async with serving(tmp_path_factory.mktemp("service")) as running:
        yield running


@pytest.fixture
async def olga(service: Service) -> AsyncIterator[Browser]:
    """An organizer who has nothing but a browser."""
    code, line, errors = await service.command("organizers", "invite", "owner")
    assert code == 0, errors
    invitation = re.search(r"org-[\w-]+", line)
    assert invitation
    async with Browser(service.url) as browser:
        await browser.types("/start")
        await browser.taps("en")
        await browser.types(f"/start {invitation[0]}")
        yield browser


@pytest.mark.feature("S5")
async def test_a_picture_that_was_uploaded_for_an_announcement_is_kept(olga: Browser, service: Service) -> None:
    folder = Path(service.environment["STOCKTAKING_FILES"])
    await olga.types("/announcements")
    await olga.taps(".compose")
    await olga.taps("file")
    await olga.sends("poster.png", PNG, "image/png")
    assert any("poster.png" in line for line in olga.page.lines), olga.page.lines
    assert not any("gone" in line or "cannot be found" in line for line in olga.page.lines), olga.page.lines
    (kept,) = [name for name in os.listdir(folder) if not name.startswith(".")]
    assert (folder / kept).read_bytes() == PNG
