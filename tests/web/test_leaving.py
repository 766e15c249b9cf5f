"""On a computer that others use too: nothing that somebody typed stands there for the next one."""

from __future__ import annotations

from contextlib import suppress

import pytest
from playwright.async_api import Browser, Error, Page, expect

from tests.samples import ANSWERS
from tests.service import Service
from tests.web.browsing import Visitor, visiting

pytestmark = [pytest.mark.browser, pytest.mark.feature("S11")]

SECRET = "ALICE SECRET NAME"


async def types_without_sending(anna: Visitor) -> None:
    await anna.begins()
    await anna.answers(ANSWERS, until="contact_name")
    await anna.field.press_sequentially(SECRET)


async def everything_kept(anna: Visitor) -> str:
    """What the browser has of us."""
    stored = await anna.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    return f"{stored} {await anna.context.cookies()}"


async def leaves(anna: Visitor) -> None:
    await anna.page.locator(".menu summary").click()
    await anna.page.locator('.menu button[value="leave"]').click()
    await anna.page.locator("main form button").click()
    await expect(anna.page.locator("h1")).to_contain_text("You have left this computer")


async def settled(page: Page) -> str:
    """What stands on a page that may be about to lead to another one."""
    while True:
        with suppress(Error):  # it is on its way
            await page.wait_for_load_state()
            return await page.content()


async def test_after_leaving_the_browser_has_nothing_and_every_tab_is_a_strangers(anna: Visitor) -> None:
    await types_without_sending(anna)
    assert SECRET in await everything_kept(anna)
    other = await anna.context.new_page()
    await other.goto(f"{anna.url}/chat")
    await expect(other.locator("#chat")).to_have_attribute("data-screen", "filling/contact_name")
    await leaves(anna)
    kept = await everything_kept(anna)
    assert SECRET not in kept and "stocktaking" not in kept
    await expect(other.locator("#chat")).to_have_attribute("data-owner", "", timeout=15_000)
    with suppress(Error):  # a page that is kept nowhere cannot be gone back to
        await anna.page.go_back()
    assert SECRET not in await settled(anna.page)
    await next_person_sees_nothing(anna)


async def test_after_forget_nothing_typed_stands_in_the_field_for_the_next_one(anna: Visitor) -> None:
    await types_without_sending(anna)
    await anna.posts(text="/forget")
    await anna.opens("/chat")
    await anna.taps("forget")
    await anna.sees("Everything is erased")
    assert SECRET not in await everything_kept(anna)
    await next_person_sees_nothing(anna)


async def next_person_sees_nothing(anna: Visitor) -> None:
    await anna.opens("/")
    await anna.begins()
    await anna.answers(ANSWERS, until="contact_name")
    await expect(anna.field).to_have_value("")


async def test_what_a_stranger_typed_is_gone_with_the_tab(anna: Visitor) -> None:
    await anna.opens("/chat")
    await anna.field.press_sequentially(SECRET)
    await anna.page.reload()
    await expect(anna.field).to_have_value(SECRET)
    second = await anna.context.new_page()
    await second.goto(f"{anna.url}/chat")
    await expect(second.locator("#text")).to_have_value("")


async def test_without_scripts_one_leaves_and_comes_back_by_the_code(chromium: Browser, service: Service) -> None:
    async with visiting(chromium, service.url, java_script_enabled=False) as anna:
        await anna.begins()
        await anna.answers(ANSWERS, until="org_name")
        await anna.field.fill("/leave")
        await anna.page.locator(".say .send").click()
        code = await anna.page.locator("#code").inner_text()
        await anna.page.locator("main form button").click()
        await expect(anna.page.locator("h1")).to_contain_text("You have left this computer")
        await anna.opens("/chat")
        await expect(anna.chat).to_have_attribute("data-owner", "")
        await anna.opens("/")
        await anna.page.locator(".return summary").click()
        await anna.page.locator("#back").fill(code)
        await anna.page.locator(".return button").click()
        await expect(anna.chat).to_have_attribute("data-screen", "filling/org_name")
        await anna.taps(".back")
        await anna.sees("amina@lakenet.org")
