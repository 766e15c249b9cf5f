"""For every eye, ear and hand: names for all controls, one heading, right to left, small screens, large targets."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.samples import ANSWERS
from tests.service import Service
from tests.web.browsing import PHONE, Visitor, serving, visiting

pytestmark = pytest.mark.browser


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    """One for each test: no entry of another test resembles this one's."""
    async with serving(tmp_path) as running:
        yield running


STOPS = ("agree", "contact_email", "org_country", "description", "documents", "lines", "goals_suggested", "review")
"""Screens of every kind: yes or no, a field, a search, a long text, a file, several choices, suggestions, the check."""

CONTROLS = {"button", "link", "textbox", "searchbox", "combobox", "checkbox", "DisclosureTriangle"}


async def tree(page: Page) -> list[tuple[str, str]]:
    """(role, name) of everything that a screen reader meets."""
    session = await page.context.new_cdp_session(page)
    found = await session.send("Accessibility.getFullAXTree")
    await session.detach()
    return [
        (str(node["role"]["value"]), str(node.get("name", {}).get("value", "")).strip())
        for node in found["nodes"]
        if not node.get("ignored") and "role" in node
    ]


async def screens(anna: Visitor) -> AsyncIterator[str]:
    """The landing, the language, home and each of `STOPS` in turn."""
    await anna.opens()
    yield "landing"
    await anna.page.locator("button[value=start]").click()
    await anna.shown()
    yield "language"
    await anna.taps("en")
    yield "home"
    await anna.taps(".new")
    for stop in STOPS:
        await anna.answers(ANSWERS, until=stop)
        yield stop
    await anna.taps(".send")
    yield "receipt"


@pytest.mark.feature("C20")
async def test_every_control_has_a_name_and_every_screen_one_heading(anna: Visitor) -> None:
    async for screen in screens(anna):
        met = await tree(anna.page)
        nameless = [role for role, name in met if role in CONTROLS and not name]
        assert not nameless, f"{screen}: {nameless}"
        assert await anna.page.locator("h1").count() == 1, screen
        assert [name for role, name in met if role == "heading"], screen
        assert await anna.page.locator("main").count() == 1, screen
        assert await anna.page.get_attribute("html", "lang") == "en", screen
        assert await anna.page.title(), screen
    anna.is_content()


@pytest.mark.feature("C20")
async def test_a_field_is_called_by_its_question_and_told_its_mistake(anna: Visitor) -> None:
    await anna.begins()
    await anna.answers(ANSWERS, until="contact_role")
    await anna.types(ANSWERS["contact_role"])
    asked = await anna.page.locator("h1").inner_text()
    await expect(anna.page.get_by_role("textbox", name=asked)).to_be_focused()
    await anna.types("amina at lakenet")
    field = anna.page.get_by_role("textbox", name=asked)
    await expect(field).to_have_attribute("aria-invalid", "true")
    described = await field.get_attribute("aria-describedby")
    mistake = await anna.page.locator(f"#{described}").inner_text()
    assert mistake in await anna.text()
    await expect(anna.page.get_by_role("status").filter(has_text=mistake)).to_have_count(1)


async def test_what_was_refused_stands_in_the_field_to_be_mended(anna: Visitor) -> None:
    await anna.begins()
    await anna.answers(ANSWERS, until="contact_name")
    long = '"><script>document.title = 1</script> <b>' + "Amina " * 30
    await anna.types(long)
    await expect(anna.field).to_have_value(long)
    await anna.taps(".help")
    await expect(anna.field).to_have_value("")
    await anna.answers(ANSWERS, until="contact_email")
    await anna.types("amina@lakenet")
    await expect(anna.field).to_be_focused()
    await anna.after(lambda: anna.page.keyboard.type(".org\n"))
    assert await anna.question() == "org_name"
    await expect(anna.field).to_have_value("")
    await anna.commands("contact")
    letter = "May a ministry send two entries? " * 100
    await anna.types(letter)
    await anna.sees("3,000")
    await expect(anna.page.locator("textarea#text")).to_have_value(letter)
    anna.is_content()


@pytest.mark.feature("N16", "C20")
async def test_nothing_is_said_by_colour_alone(anna: Visitor) -> None:
    """What is chosen bears a tick and says so to screen readers; progress is said in numbers."""
    await anna.begins()
    await anna.answers(ANSWERS, until="lines")
    await anna.taps("C2")
    assert "✓" in await anna.choice("C2").inner_text()
    pressed: Any = anna.page.get_by_role("button", pressed=True)
    await expect(pressed).to_have_count(1)
    await anna.sees("Action lines 1/", "section 5/10")


async def test_a_phone_has_no_sideways_scroll_and_large_targets(chromium: Browser, service: Service) -> None:
    async with visiting(chromium, service.url, viewport=PHONE, is_mobile=True, has_touch=True) as anna:
        async for screen in screens(anna):
            wide = await anna.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{screen} is {wide} pixels too wide"
            small = await anna.page.evaluate(
                """() => [...document.querySelectorAll("a, button, summary, input:not([type=hidden]), textarea")]
                    .filter((each) => each.checkVisibility() && !each.matches(".jump"))
                    .map((each) => [each.textContent || each.id, each.getBoundingClientRect()])
                    .filter(([, box]) => box.height < 44 || box.width < 44)
                    .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""
            )
            assert not small, f"{screen}: {small}"


@pytest.mark.feature("I5")
async def test_arabic_reads_from_right_to_left_with_mirrored_choices(chromium: Browser, service: Service) -> None:
    async with visiting(chromium, service.url, viewport=PHONE, locale="ar") as anna:
        await anna.opens()
        assert await anna.page.get_attribute("html", "dir") == "rtl"
        await anna.begins("ar")
        assert await anna.page.get_attribute("html", "lang") == "ar"
        await anna.answers(ANSWERS, until="contact_role")
        skip, back = await anna.choice(".skip").bounding_box(), await anna.choice(".back").bounding_box()
        yes_no = ANSWERS["has_partners"]
        assert yes_no == "yes" and skip and back
        shown = await anna.page.locator(".now").bounding_box()
        assert shown is not None
        assert skip["x"] + skip["width"] > shown["x"] + shown["width"] * 0.8
        help_ = await anna.choice(".help").bounding_box()
        assert help_ is not None and (help_["x"] < back["x"] or help_["y"] > back["y"])
        wide = await anna.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0
        await anna.taps(".back")
        assert "Amina Otieno" in await anna.text()
        anna.is_content()
