"""What a page does with an answer that is there already: it stands in its field, is changed in its row, and is kept."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Request, expect

from dialogs.answers.long_text import words
from tests.samples import ANSWERS
from tests.service import Service
from tests.web.browsing import PHONE, Visitor, serving, visiting

pytestmark = pytest.mark.browser

SHORT = "It is a wifi network for schools"
LONG = f"{SHORT}. " + "Farmers, teachers and nurses learn to use it for prices, lessons and health advice. " * 3

COUNTED = (
    "It's a wifi-network – for 12 schools.",
    "在学校里有 12 个 wifi 网络。",
    "Réseau d'écoles : 3 000 élèves",
    "شبكة واي فاي للمدارس",
    "Сеть для школ — и учителей",
)


@pytest.mark.feature("U1", "U2")
async def test_what_was_refused_stays_in_the_field_and_one_field_holds_all_of_a_long_text(anna: Visitor) -> None:
    await anna.begins()
    await anna.answers(ANSWERS, until="description")
    await anna.types(SHORT)
    assert await anna.question() == "description"
    await expect(anna.field).to_have_value(SHORT)
    await anna.sees("7 words so far", "Words: 7 · at least 30, at most 200")
    mistake, box = await anna.page.locator("#mistake").bounding_box(), await anna.field.bounding_box()
    assert mistake and box and 0 <= box["y"] - mistake["y"] - mistake["height"] < 40, "an error stands beside its field"
    assert not {".done", ".undo", ".restart"} & set(await anna.choices())
    await anna.types(LONG)
    assert await anna.question() == "activity_url"
    await anna.taps(".back")
    await expect(anna.field).to_have_value(LONG.strip())
    await anna.field.evaluate("field => { field.setSelectionRange(0, 0) }")
    await anna.types(LONG.replace("wifi", "solar"))
    await anna.taps(".back")
    await expect(anna.field).to_have_value(LONG.replace("wifi", "solar").strip())
    anna.is_content()


@pytest.mark.feature("U2")
async def test_the_count_while_one_types_is_the_judges(anna: Visitor) -> None:
    await anna.begins()
    await anna.answers(ANSWERS, until="description")
    for text in COUNTED:
        await anna.field.fill(text)
        assert await anna.page.locator("[data-words]").inner_text() == str(words(text, "en")), text


@pytest.fixture
async def own(tmp_path: Path) -> AsyncIterator[Service]:
    """A service of one test's own: no entry of another test resembles this one's."""
    async with serving(tmp_path) as running:
        yield running


@pytest.mark.feature("U4", "U5", "U18")
async def test_the_check_is_one_page_and_so_is_the_receipt(chromium: Browser, own: Service) -> None:
    async with visiting(chromium, own.url) as anna:
        await anna.begins()
        await anna.answers(ANSWERS)
        await anna.sees(ANSWERS["description"], ANSWERS["prize_text"], "Send my entry")
        changes = [code for code in await anna.choices() if code.startswith("change:")]
        rows = await anna.page.locator(".answers .pair").count()
        assert len(changes) == rows > 40, "each answer has its Change beside it"
        await anna.taps("change:title")
        await expect(anna.field).to_have_value(ANSWERS["title"])
        await anna.types("Solar networks for twelve lake villages")
        assert await anna.question() == "review"
        await anna.sees("Solar networks for twelve lake villages")
        sections = anna.page.locator(".parts button")
        await expect(sections.first).to_be_visible()
        assert await sections.count() == 10
        await anna.taps(".send")
        said = await anna.text()
        assert re.search(r"We received it on \d+ \w+ \d{4}, \d\d:\d\d", said), said
        await anna.sees("-000001", ANSWERS["description"], "Solar networks for twelve lake villages")
        await expect(anna.page.locator("[data-print]")).to_be_visible()
        await anna.page.emulate_media(media="print")
        await expect(anna.page.locator(".menu")).to_be_hidden()
        await expect(anna.page.locator(".answers dd").first).to_be_visible()
        anna.is_content()


@pytest.mark.feature("U10", "U15", "U16")
async def test_files_are_shown_and_taken_out_one_by_one_and_a_large_one_does_not_travel(
    chromium: Browser, service: Service, tmp_path: Path
) -> None:
    async with visiting(chromium, service.url, viewport=PHONE) as anna:
        await anna.begins()
        await anna.answers(ANSWERS, until="documents")
        pictures = [tmp_path / "one.png", tmp_path / "two.png"]
        for picture in pictures:
            picture.write_bytes(PIXEL)
        asked: list[str] = []

        def note(request: Request) -> None:
            asked.append(f"{request.method} {request.url.removeprefix(service.url)}")

        anna.page.on("request", note)
        await anna.page.locator("#file").set_input_files(pictures)
        await anna.page.locator(".file .send").click()
        await expect(anna.page.locator(".files li")).to_have_count(2)
        assert asked.count("POST /chat/file") == 2 and "GET /chat" not in asked, "the next page is the answer"
        await expect(anna.page.locator(".files img").first).to_have_js_property("naturalWidth", 1)
        await anna.after(anna.page.locator(".files button").first.click)
        await expect(anna.page.locator(".files li")).to_have_count(1)
        await anna.sees("Removed: one.png")
        too_large = tmp_path / "film.png"
        with too_large.open("wb") as film:
            film.truncate(26_000_000)
        before = len(asked)
        await anna.page.locator("#file").set_input_files(too_large)
        await anna.page.locator(".file .send").click()
        await expect(anna.page.locator("[data-problem]")).to_contain_text("20 MB")
        assert not [one for one in asked[before:] if one.startswith("POST")]
        anna.is_content()


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cf50"
    "0f00038401805a34c7260000000049454e44ae426082"
)
"""A picture of one point."""


@pytest.mark.feature("U10", "U11")
async def test_lists_say_what_they_offer_and_filter_while_one_types(anna: Visitor) -> None:
    await anna.begins()
    await anna.answers(ANSWERS, until="org_country")
    await anna.field.press_sequentially("ken")
    found = anna.page.locator("#found li")
    await expect(found).to_have_text(["Kenya"])
    await anna.page.keyboard.press("ArrowDown")
    await anna.page.keyboard.press("Enter")
    await expect(anna.field).to_have_value("Kenya")
    await anna.after(lambda: anna.page.keyboard.press("Enter"))
    await anna.answers(ANSWERS, until="start_date")
    await anna.page.locator("select[name=month]").select_option("03")
    await anna.page.locator("select[name=year]").select_option("2023")
    await anna.after(anna.page.locator(".month button").click)
    await anna.taps(".back")
    await expect(anna.field).to_have_value("March 2023")
    await anna.answers(ANSWERS, until="goals_suggested")
    first = anna.page.locator(".choices button:not(.quiet)").first
    assert re.search(r"\d+ .+often goes with C", await first.inner_text(), re.DOTALL), "a reason stands on its button"
    assert not await anna.page.locator(".now .item").count(), "a list is not printed twice"
    await anna.answers(ANSWERS, until="beneficiaries")
    assert not [code for code in await anna.choices() if code.startswith(".page")]
    assert await anna.page.locator(".now input:visible").count() == 1, "what filters is what sends"
    await anna.field.fill("farm")
    await expect(anna.page.locator(".choices .row:not([hidden]) button:not(.quiet)")).to_have_text(
        [re.compile("armers")]
    )
    anna.is_content()
