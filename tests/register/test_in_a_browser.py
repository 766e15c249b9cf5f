"""A reader explores the register in a real browser without scripts, in English and Arabic; an outside judge finds
nothing that keeps anybody out."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser

from tests.register.conftest import Site

WALKS = {"en": ("Kenya", "Action Lines and goals"), "ar": ("كينيا", "خطوط العمل والأهداف")}
PAGES = ("", "?line=C7&q=school", "/WSIS-2027-000004", "/matrix", "/goal/4", "/by/country", "/data", "/embed?goal=4")


@pytest.mark.browser
@pytest.mark.feature("G17", "G14", "G3")
@pytest.mark.parametrize("language", sorted(WALKS))
async def test_a_reader_explores_without_scripts(chromium: Browser, site: Site, language: str) -> None:
    country, matrix = WALKS[language]
    context = await chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = await context.new_page()
    await page.goto(f"{site.service.url}/register/{language}")
    await page.get_by_role("link", name=country).first.click()
    assert "country=KE" in page.url
    await page.locator("ol.entries a").first.click()
    assert "WSIS-2027-0000" in page.url
    async with page.expect_download() as taken:
        await page.get_by_role("link", name="BibTeX").click()
    assert (await taken.value).suggested_filename.endswith(".bib")
    await page.get_by_role("link", name=matrix).first.click()
    await page.locator("table.heat td a").first.click()
    assert "line=" in page.url and "goal=" in page.url
    async with page.expect_download() as taken:
        await page.get_by_role("link", name="CSV").click()
    assert (await taken.value).suggested_filename == "stocktaking.csv"
    await context.close()


@pytest.mark.browser
@pytest.mark.feature("G17")
async def test_nothing_on_eight_kinds_of_page_keeps_anybody_out(chromium: Browser, site: Site) -> None:
    assert await barriers(chromium, site, "en", "ar") == []


@pytest.mark.faults
async def test_nothing_keeps_anybody_out_in_the_other_languages_either(chromium: Browser, site: Site) -> None:
    assert await barriers(chromium, site, "es", "fr", "ru", "zh") == []


@pytest.mark.browser
@pytest.mark.feature("G17")
async def test_no_page_is_wider_than_the_smallest_phone(chromium: Browser, site: Site) -> None:
    context = await chromium.new_context(viewport={"width": 320, "height": 640})
    page = await context.new_page()
    for kind in PAGES:
        await page.goto(f"{site.service.url}/register/ar{kind}")
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert await page.evaluate(wide) == 0, kind
    await context.close()


async def barriers(chromium: Browser, site: Site, *languages: str) -> list[str]:
    """What axe-core finds wrong, by page."""
    found: list[str] = []
    context = await chromium.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    page = await context.new_page()
    for language in languages:
        for kind in PAGES:
            await page.goto(f"{site.service.url}/register/{language}{kind}")
            results: Any = await Axe().run(page)
            found += [f"{language}{kind}: {each['id']}" for each in results.response["violations"]]
    await context.close()
    return found
