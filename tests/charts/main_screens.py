"""The page's ten main screens, on a phone and at a desk: from the first page to the record of an entry."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path

from playwright.async_api import Browser

from tests.service import Service
from tests.web.browsing import Visitor, visiting

__all__ = ["LANGUAGES", "main_screens"]

LANGUAGES = ("en", "ar")

STOPS = {
    "agree": "02-consent",
    "org_type": "03-choices",
    "org_country": "04-country",
    "description": "05-long-text",
    "documents": "06-files",
    "goals_suggested": "07-goals",
}
"""Screens on the way, by the question that is open."""

SHORT = "A network for schools."
"""Too short to be taken: the picture shows how a text is refused."""

BEGINNINGS = {"en": "ke", "ar": "كي"}
"""What is typed to find a country."""

PICTURE = Path(__file__).parents[2] / "docs" / "pictures" / "conversation.png"

Keep = Callable[[str, bytes], None]
Shoot = Callable[[str], Awaitable[None]]


async def main_screens(
    browser: Browser,
    folder: Path,
    language: str,
    sizes: Mapping[str, Mapping[str, int]],
    said: Mapping[str, str],
    keep: Keep,
) -> None:
    """Walk once for each size, over a register of its own, and keep what is seen on the way."""
    for size, viewport in sizes.items():
        settings = {"site_owner": "Example secretariat", "site_contact": "stocktaking@example.org"}
        async with (
            Service(folder / f"{language}-{size}", **settings) as service,
            visiting(browser, service.url, viewport=viewport, locale=language) as anna,
        ):
            await _walk(anna, language, said, partial(_shoot, anna, keep, f"{language}-{size}"))


async def _shoot(anna: Visitor, keep: Keep, which: str, name: str) -> None:
    keep(f"page-{name}-{which}", await anna.page.screenshot(animations="disabled", caret="hide"))


async def _walk(anna: Visitor, language: str, said: Mapping[str, str], shoot: Shoot) -> None:
    await anna.opens(f"/?language={language}")
    await shoot("01-start")
    await anna.page.locator("button[value=new]").click()
    await anna.shown()

    async def answered(question: str) -> None:
        if question == "description":
            await anna.types(SHORT)
        if question == "documents":
            await anna.page.locator("#file").set_input_files(PICTURE)
            await anna.after(anna.page.locator(".file .send").click)
        if question == "org_country":
            await anna.field.press_sequentially(BEGINNINGS[language])
        if question in STOPS:
            await shoot(STOPS[question])
        await (anna.taps(".done") if question == "documents" else anna.types(said[question]))

    await anna.walks(answered)
    await shoot("08-check")
    await anna.taps(".send")
    await shoot("09-receipt")
    await anna.commands("myentries")
    await shoot("10-my-entries")
