"""Calls, announcements, contacts and figures in the console: the chat's deeds, with the chat's rights."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Locator, Page

from bot.contact_import.importer import import_list
from storage.announcements import announcements
from storage.calls import calls
from storage.contacts import directory
from tests.announcements.posting import Post
from tests.console.conftest import Console
from tests.driver import MACHINE, ON_ONE_ENGINE, Person, Stage
from tests.organizing.inviting import joins
from tests.review.acting import to

pytestmark = [pytest.mark.browser, ON_ONE_ENGINE, pytest.mark.feature("K1")]

RIGHTS: Mapping[str, tuple[str, ...]] = {
    "reviewer": ("figures", "figures.csv"),
    "translator": ("announcements",),
}
PATHS = ("calls", "announcements", "contacts", "figures", "figures.csv")


async def text(page: Page) -> str:
    return await page.locator("main").inner_text()


async def opened(page: Page | Locator, summary: str) -> None:
    await page.locator("summary", has_text=summary).first.click()


@pytest.mark.parametrize("role", RIGHTS)
async def test_each_page_is_there_for_who_has_the_right_alone(
    role: str, olga: Person, stage: Stage, site: Console, context: BrowserContext
) -> None:
    page = await site.lets_in(await joins(olga, stage.person("305", channel="telegram", called="Tove"), role), context)
    for path in PATHS:
        found = await context.request.get(f"{site.url}/organize/{path}")
        assert found.status == (200 if path in RIGHTS[role] else 404), path
        assert (f'"/organize/{path}"' in await page.content()) == (path in RIGHTS[role] and "." not in path)
    made = await context.request.post(f"{site.url}/organize/calls", form={"code": "2030", "opens": "x", "closes": "y"})
    assert made.status == 404


async def test_a_call_is_made_moved_and_closed_and_nothing_by_a_slip(
    anna: Person, olga: Person, stage: Stage, site: Console, context: BrowserContext
) -> None:
    page = await site.lets_in(olga, context)
    await page.get_by_role("link", name="The calls", exact=True).click()
    assert "One entry" in await page.locator("tr", has_text="2027").inner_text()
    await opened(page, "New call")
    await page.fill("input[name=code]", "Winter-27")
    await page.fill("input[name=opens]", "2 Octember 2027")
    await page.fill("input[name=closes]", "2027-12-01 18:00")
    await page.get_by_role("button", name="New call").click()
    assert (
        await page.get_by_role("alert").count() == 1
        and await page.input_value("input[name=closes]") == "2027-12-01 18:00"
    )
    await page.fill("input[name=opens]", "2 October 2027")
    await page.get_by_role("button", name="New call").click()
    assert "Winter-27" in await text(page) and "2 October 2027, 09:00" in await text(page)

    await page.goto(f"{site.url}/organize/calls/2027")
    await opened(page, "Extend or change the close")
    await page.fill("details[open] input[name=text]", "1 November 2026")
    await page.locator("button[value=closes]").click()
    assert "has passed" in await page.get_by_role("alert").inner_text()
    await page.fill("details[open] input[name=text]", "15 March 2027")
    await page.locator("button[value=closes]").click()
    assert "15 March 2027, 23:59" in await text(page)
    refused = await context.request.post(f"{site.url}/organize/calls/2027", form={"do": "close_now"}, max_redirects=0)
    assert refused.status == 400, "no yes, no close"
    await opened(page, "Close it now")
    await page.locator("details[open] input[name=sure]").check()
    await page.locator("button[value=close_now]").click()
    stage.clock.passes(minutes=1)
    await page.reload()
    assert "closed" in await page.locator("h1").inner_text()
    await opened(page, "late code")
    await page.fill("details[open] input[name=text]", "20 March 2027")
    await page.fill("input[name=uses]", "lots")
    await page.locator("button[value=late]").click()
    assert await page.get_by_role("alert").count() == 1
    await page.fill("input[name=uses]", "3")
    await page.locator("button[value=late]").click()
    code = (await page.locator("code").inner_text()).removeprefix("/late ")
    assert len(code) > 4 and code not in page.url, "a code stands in no address"

    await page.goto(f"{site.url}/organize/calls/Winter-27")
    await opened(page, "Delete")
    await page.locator("details[open] input[name=sure]").check()
    await page.locator("button[value=delete]").click()
    assert "Winter-27" not in await text(page)
    assert (await page.goto(f"{site.url}/organize/calls/Winter-27")).status == 404  # type: ignore[union-attr]
    now = stage.clock.now()
    kept = await stage.database.read(lambda session: calls.find(session, "2027"))
    assert kept is not None and kept.closes <= now


async def test_an_announcement_is_written_tested_sent_and_stopped(
    anna: Person, olga: Person, stage: Stage, site: Console, context: BrowserContext
) -> None:
    page = await site.lets_in(olga, context)
    await page.get_by_role("link", name="Announcements", exact=True).click()
    await page.get_by_role("button", name="New announcement").click()
    await opened(page.locator("#text-en"), "Write the text")
    await page.fill("#text-en textarea", "The **call** is open <until> 1 March & now.")
    await page.locator("#text-en button[value=text]").click()
    assert "The call is open <until> 1 March & now." in await page.locator("#text-en blockquote").inner_text()
    await opened(page.locator("#text-en"), "Write the text")
    assert "**call**" in await page.input_value("#text-en textarea"), "what is bold stays bold when it is saved again"
    address = page.url.partition("?")[0].partition("#")[0]
    forms: tuple[dict[str, str | float | bool], ...] = (
        {"do": "send", "size": "1"},
        {"do": "begin"},
        {"do": "finish", "sure": "1"},
        {"do": "discard"},
        {"do": "text", "language": "xx", "text": "?"},
    )
    for form in forms:
        assert (await context.request.post(address, form=form, max_redirects=0)).status == 400, form
    other = await context.request.post(address, form={"do": "send", "size": "77", "sure": "1"})
    assert "another" in (await other.text()).lower() or "now" in await other.text()
    await page.goto(address)
    await opened(page, "Send")
    await page.fill("input[name=when]", "soonish")
    await page.locator("input[name=sure]").first.check()
    await page.locator("button[value=send]").click()
    assert await page.get_by_role("alert").count() == 1
    await page.fill("input[name=when]", "")
    await page.locator("details[open] input[name=sure]").check()
    await page.locator("button[value=send]").click()
    assert "running" in await text(page) or "being sent" in await text(page)
    letters = await Post(stage).goes_out()
    assert "The call is open &lt;until&gt; 1 March &amp; now." in to(letters, "200")[0].text
    number = int(address.rsplit("/", 1)[1])
    await page.goto(address)
    assert str(len(letters)) in await text(page)
    state = await stage.database.read(lambda session: announcements.get(session, number).state)
    assert state in ("done", "running")


async def test_a_contact_is_found_and_corrected_and_a_wrong_country_is_said(
    olga: Person, stage: Stage, site: Console, context: BrowserContext, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name,Organisation,E-mail\nAmina Otieno,Lake Networks,amina@lakenet.org\n", "utf-8")
    await import_list(stage.database, MACHINE.world.vocabulary, path, stage.clock.now())
    [card] = await stage.database.read(lambda session: directory.find(session, "otieno"))
    page = await site.lets_in(olga, context)
    await page.locator("a[href='/organize/contacts']").click()
    await page.fill("input[type=search]", "otieno LAKE")
    await page.get_by_role("button", name="Find").click()
    await page.get_by_role("link", name="Amina Otieno").click()
    assert page.url.endswith(f"/organize/contacts/{card.id}")
    country = page.locator("dl > div", has_text="Country")
    await country.locator("summary").click()
    await country.locator("input[name=text]").fill("Narnia")
    await country.locator("button").click()
    assert "Narnia" in await page.get_by_role("alert").inner_text()
    await country.locator("input[name=text]").fill("Ouganda")
    await country.locator("button").click()
    assert "Uganda" in await country.inner_text()
    await opened(page, "Remove")
    await page.locator("details[open] input[name=sure]").check()
    await page.locator("button[value=remove]").click()
    assert (await context.request.get(f"{site.url}/organize/contacts/{card.id}")).status == 404


async def test_figures_are_shown_with_their_numbers_and_had_as_a_table(
    anna: Person, olga: Person, site: Console, context: BrowserContext
) -> None:
    page = await site.lets_in(olga, context)
    await page.get_by_role("link", name="Figures", exact=True).click()
    assert "2027" in await page.locator("h1").inner_text()
    assert await page.locator(".chart img").count() >= 3
    drawn = await page.locator(".chart img").first.evaluate("image => image.naturalWidth")
    assert drawn > 100, "the picture is let in by the page's own policy"
    table = await context.request.get(f"{site.url}/organize/figures.csv?call=2027")
    assert '"entries","","","1",""' in await table.text()
    assert (await context.request.get(f"{site.url}/organize/figures?call=<script>")).status == 200
