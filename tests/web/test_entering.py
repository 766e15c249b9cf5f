"""From the first question to the receipt in a browser: tapped, with the keyboard alone, without scripts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.activities import ACTIVITIES, Walk
from tests.samples import ANSWERS
from tests.service import Service
from tests.web.browsing import PHONE, Visitor, serving, visiting

pytestmark = pytest.mark.browser


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    """One for each test: no entry of another test resembles this one's."""
    async with serving(tmp_path) as running:
        yield running


async def tap_or_type(anna: Visitor, question: str) -> None:
    """Tap wherever an option is offered; type only what no button can say."""
    wanted = [part.strip() for part in ANSWERS[question].split(",")]
    if wanted == ["skip"]:
        await anna.taps(".skip")
        return
    codes = [code for code in await anna.choices() if not code.startswith(".")]
    known = [code for code in wanted if code in codes]
    if not codes or (not known and question in ("countries", "org_country")):
        await anna.types(ANSWERS[question])
        return
    before = await anna.question()
    for code in known or codes[:1]:
        await anna.taps(code)
    if await anna.question() == before and ".done" in await anna.choices():
        await anna.taps(".done")


@pytest.mark.feature("Q4", "Q5")
async def test_an_entry_is_tapped_on_a_phone_wherever_a_button_is_offered(chromium: Browser, service: Service) -> None:
    async with visiting(chromium, service.url, viewport=PHONE, has_touch=True, is_mobile=True) as anna:
        await anna.begins()
        await anna.walks(lambda question: tap_or_type(anna, question))
        await anna.taps(".send")
        await anna.sees("Your entry has been received", "-000001")
        anna.is_content()


@pytest.mark.feature("C20", "N16")
async def test_an_entry_is_made_with_the_keyboard_alone(anna: Visitor) -> None:
    """Tab reaches every choice and field; Space presses, Enter sends; the short way keeps it short."""
    await anna.begins()

    async def pressed(question: str) -> None:
        offered = await anna.choices()
        wanted = ANSWERS[question]
        if ".short" in offered:
            await anna.presses(".short")
        elif wanted in offered:
            await anna.presses(wanted)
        else:
            await anna.keys(wanted)

    await anna.walks(pressed)
    await anna.presses(".send")
    await anna.sees("-000001")
    anna.is_content()


@pytest.mark.feature("H2")
async def test_an_entry_is_made_without_scripts(chromium: Browser, service: Service) -> None:
    async with visiting(chromium, service.url, java_script_enabled=False) as anna:
        walk = Walk(ACTIVITIES["aponjon"])
        await anna.begins()
        await anna.walks(lambda question: anna.types(walk.says(question)))
        await anna.taps(".send")
        await anna.sees("-000001", "Aponjon", "Mothers learn in time")
