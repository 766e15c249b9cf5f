"""The first page: who asks and why, what to have ready, and two screens from there to the first question."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, expect

from tests.samples import ANSWERS
from tests.service import Service
from tests.web.browsing import PHONE, Visitor, visiting
from tests.web.plain import plain

pytestmark = pytest.mark.browser

SITE = {
    "site_owner": "ITU, Place des Nations, Geneva",
    "site_contact": "stocktaking@example.org",
    "site_privacy": "https://example.org/privacy",
    "site_accessibility": "https://example.org/accessibility",
    "telegram_bot": "@StocktakingExampleBot",
}


@pytest.fixture(scope="module")
async def service(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Service]:
    async with Service(tmp_path_factory.mktemp("service"), **SITE) as running:
        yield running
    assert "Traceback" not in running.log, running.log


@pytest.mark.feature("U17", "U19")
@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
async def test_the_first_page_says_who_asks_what_one_gets_and_what_to_have_ready(
    service: Service, language: str
) -> None:
    """Without scripts, in each language: nobody is asked for theirs afterwards."""
    async with plain(service.url, auto_decompress=True) as anna:
        assert await anna.asks("GET", f"/?language={language}") == 200
        for known in (*SITE.values(), f'lang="{language}"', "og:title", "og:image", "/questions", "/sample"):
            assert known.removeprefix("@") in anna.page, known
        assert int(anna.headers["Content-Length"]) < 20_000
        card, manifest = re.findall(r"(/static/[0-9a-f]+/(?:card\.png|site\.webmanifest))", anna.page)[:2][::-1]
        assert await anna.asks("GET", manifest) == 200
        assert json.loads(anna.page)["start_url"] == "/chat"
        assert await anna.asks("HEAD", card) == 200
        assert await anna.asks("GET", f"/questions?language={language}") == 200
        assert anna.page.count("<li><p><b>") > 45 and 'dir="' in anna.page
        assert await anna.asks("GET", f"/sample?language={language}") == 200
        assert anna.page.count("<dt>") > 15
        assert not anna.cookie, "looking leaves no trace"


@pytest.mark.feature("U16")
async def test_a_question_with_a_list_of_all_countries_is_light(service: Service) -> None:
    async with plain(service.url) as anna:
        await anna.posts(command="new")
        for text in ("yes", "Amina Otieno", "skip", "amina@lakenet.org", "Lake Community Networks", "CSO"):
            await anna.posts(text=text)
        assert anna.screen == "org_country" and anna.page.count("<option") > 190
        assert anna.headers["Content-Encoding"] in ("gzip", "deflate")
        assert int(anna.headers["Content-Length"]) < 15_000


@pytest.mark.feature("U8")
async def test_two_screens_lead_to_the_first_question_in_the_language_of_the_first_page(
    chromium: Browser, service: Service
) -> None:
    async with visiting(chromium, service.url, viewport=PHONE, locale="en-GB") as anna:
        await anna.opens("/?language=fr")
        await anna.page.locator("button[value=new]").click()
        await anna.shown()
        assert await anna.question() == "agree"
        assert "enregistrée au fur" not in await anna.text(), "nothing is said to be kept before they agree"
        await anna.taps("yes")
        assert await anna.question() == "contact_name"
        assert await anna.page.get_attribute("html", "lang") == "fr"
        await anna.page.reload()
        assert await anna.page.get_attribute("html", "lang") == "fr", (
            "what they chose goes before what their browser says"
        )
        anna.is_content()


@pytest.mark.feature("U6")
async def test_another_device_goes_on_by_a_link_and_this_one_too(chromium: Browser, service: Service) -> None:
    async with visiting(chromium, service.url) as anna, visiting(chromium, service.url, viewport=PHONE) as phone:
        await anna.begins()
        await anna.answers(ANSWERS, until="contact_role")
        await anna.page.locator(".menu summary").click()
        await anna.page.locator("button[value=elsewhere]").click()
        link = str(await anna.page.locator("#link").get_attribute("href"))
        await expect(anna.page.locator("img.qr")).to_be_visible()
        await phone.page.goto(link)
        await phone.page.locator("form[action='/return'] button").first.click()
        await phone.shown()
        assert await phone.question() == "contact_role"
        await phone.types("Project lead")
        await anna.opens("/chat")
        assert await anna.question() == "contact_email"
        await phone.taps(".back")
        await expect(phone.field).to_have_value("Project lead")
        await phone.context.clear_cookies()
        await phone.page.goto(link)
        await phone.page.locator("form[action='/return'] button").first.click()
        await expect(phone.page.locator("[data-what]")).to_contain_text("used already")


@pytest.mark.feature("U10")
async def test_keys_and_escape_work_and_the_focus_never_falls_to_nowhere(anna: Visitor) -> None:
    await anna.begins()
    await anna.answers(ANSWERS, until="org_type")
    await anna.page.locator("#asked").focus()
    await anna.after(lambda: anna.page.keyboard.press("1"))
    assert await anna.question() == "org_country"
    await anna.page.locator(".menu summary").click()
    await anna.page.keyboard.press("Escape")
    await expect(anna.page.locator(".menu form")).to_be_hidden()
    assert await anna.page.evaluate("document.activeElement.matches('summary')")
    await anna.answers(ANSWERS, until="lines")
    await anna.choice("C2").dblclick()
    await anna.page.wait_for_timeout(800)
    assert await anna.page.evaluate("document.activeElement !== document.body")
    anna.is_content()
