"""An outside judge of accessibility (axe-core) at every kind of screen; and a walk by the keyboard alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser

from tests.samples import ANSWERS
from tests.service import Service
from tests.web.browsing import DESK, PHONE, Visitor, visiting

pytestmark = pytest.mark.browser

STOPS = (
    *("agree", "kind", "contact_email", "org_type", "org_country", "description", "start_date", "documents"),
    *("lines", "goals_suggested", "people_reached", "review"),
)
"""Screens of every kind: yes or no, one of two, a field, one of many, a country, a long text, a month, a file, several
choices, suggestions, a number, the check.
"""
COMMANDS = ("sections", "settings", "help", "mydata", "entries", "drafts", "contact", "deadline", "template")
PAGES = ("/questions", "/sample", "/verify")

LOOKS: dict[str, dict[str, Any]] = {
    "desk": {"viewport": DESK},
    "dark phone": {"viewport": PHONE, "color_scheme": "dark", "is_mobile": True, "has_touch": True},
    "forced colours": {"viewport": DESK, "forced_colors": "active"},
    "200 %": {"viewport": {"width": DESK["width"] // 2, "height": DESK["height"] // 2}, "device_scale_factor": 2},
}


async def screens(anna: Visitor, language: str) -> AsyncIterator[str]:
    """Every kind of page, from the first one to the receipt."""
    await anna.opens()
    yield "landing"
    await anna.page.locator("button[value=start]").click()
    await anna.shown()
    yield "language"
    await anna.taps(language)
    yield "home"
    await anna.taps(".new")
    for stop in STOPS:
        if stop in ANSWERS or stop == "review":
            await anna.answers(ANSWERS, until=stop)
            yield stop
    await anna.taps(".send")
    yield "receipt"
    for command in COMMANDS:
        await anna.commands(command)
        yield command
    for path in PAGES:
        await anna.opens(path)
        yield path


async def barriers(chromium: Browser, service: Service, language: str, look: str) -> list[str]:
    """What the judge finds wrong, by screen."""
    found: list[str] = []
    async with visiting(chromium, service.url, locale=language, bypass_csp=True, **LOOKS[look]) as anna:
        async for screen in screens(anna, language):
            results: Any = await Axe().run(anna.page)
            found += [
                f"{screen}: {each['id']}: {node['html'][:160]}"
                for each in results.response["violations"]
                for node in each["nodes"][:2]
            ]
    return found


@pytest.mark.feature("C20")
@pytest.mark.parametrize(("language", "look"), [("en", "desk"), ("ar", "dark phone")])
async def test_a_judge_finds_no_barrier_on_any_kind_of_screen(
    chromium: Browser, service: Service, language: str, look: str
) -> None:
    assert await barriers(chromium, service, language, look) == []


@pytest.mark.faults
@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
@pytest.mark.parametrize("look", list(LOOKS))
async def test_nor_in_any_language_at_any_look(chromium: Browser, service: Service, language: str, look: str) -> None:
    assert await barriers(chromium, service, language, look) == []
