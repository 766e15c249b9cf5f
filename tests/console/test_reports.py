"""The report from the console: asked for by a form, made beside the service, and downloaded by who may."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Page

from bot.report.orders import make_next
from tests.console.conftest import Console
from tests.driver import ON_ONE_ENGINE, Person
from tests.report.test_orders import serving

pytestmark = [pytest.mark.browser, ON_ONE_ENGINE]


async def text(page: Page) -> str:
    return await page.locator("body").inner_text()


@pytest.mark.feature("Y7")
async def test_a_report_is_asked_for_and_downloaded_by_an_organizer_only(
    olga: Person, remi: Person, site: Console, database_url: str, context: BrowserContext, tmp_path: Path
) -> None:
    reviewers = await site.lets_in(remi, context)
    assert "/organize/reports" not in await reviewers.content()
    assert (await reviewers.goto(f"{site.url}/organize/reports")).status == 404  # type: ignore[union-attr]
    await context.clear_cookies()
    page = await site.lets_in(olga, context)
    await page.get_by_role("link", name="The report", exact=True).click()
    await page.select_option("select[name=language]", "fr")
    await page.select_option("select[name=form]", "html")
    await page.get_by_role("button", name="Make the report").click()
    assert "It waits for its turn." in await text(page)
    assert await make_next(serving(site.stage, database_url, site.files))
    await page.get_by_role("link", name="Look again").click()
    async with page.expect_download() as coming:
        await page.get_by_role("link", name="Report of the call 2027, in French, HTML").click()
    download = await coming.value
    assert download.suggested_filename == "report-2027-fr.html"
    await download.save_as(tmp_path / "had.html")
    assert 'lang="fr"' in (tmp_path / "had.html").read_text("utf-8")
    address = f"{site.url}/organize/reports/1"
    await context.clear_cookies()
    await site.lets_in(remi, context)
    assert (await context.request.get(address)).status == 404, "a reviewer has no right to it"
