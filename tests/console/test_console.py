"""The organizers' console in a real browser without scripts: the chat's deeds, the chat's rights, nothing else."""

from __future__ import annotations

import itertools
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, BrowserContext, Page

from dialogs.domain.entries.entry import EntryState
from dialogs.domain.scores import Criterion, Rubric
from storage.announcements import announcements
from storage.calls import calls
from storage.people import people
from storage.review import scores
from tests.announcements.posting import Post
from tests.console.conftest import Console
from tests.driver import ON_ONE_ENGINE, Person, Stage
from tests.review.acting import REFERENCE, state, to
from tests.samples import ANSWERS

SIZES: Mapping[str, tuple[int, int]] = {"phone": (390, 844), "desk": (1280, 900)}

CAMPAIGN = ("/calls", "/calls/2027", "/announcements", "/contacts", "/figures", "/reports")

pytestmark = [pytest.mark.browser, ON_ONE_ENGINE]


async def text(page: Page) -> str:
    return await page.locator("body").inner_text()


@pytest.mark.feature("K1", "K2", "B11")
async def test_an_entry_is_reviewed_from_the_queue_to_its_announcement(
    anna: Person, remi: Person, olga: Person, stage: Stage, site: Console, context: BrowserContext, chromium: Browser
) -> None:
    page = await site.lets_in(remi, context)
    assert "1 entry waits for a reviewer." in await text(page)
    await page.get_by_role("link", name="Review", exact=True).click()
    await page.locator(f"input[value={REFERENCE}]").check()
    await page.locator("button[value=accept]").click()
    assert "Done with 1 entry." in await text(page)
    assert await state(stage) is EntryState.ACCEPTED
    await page.get_by_role("button", name="Undo").click()
    assert await state(stage) is EntryState.IN_REVIEW

    await page.goto(f"{site.url}/organize/entry/{REFERENCE}")
    answer = page.locator("dl > div", has=page.locator("dt", has_text="Description")).first
    await answer.locator("summary").click()
    await answer.locator("textarea").fill("Qui dirige le réseau ? <b>Dites-le.</b>")
    await answer.locator("button[value=mark]").click()
    assert "Comment: Qui dirige le réseau ? <b>Dites-le.</b>" in await text(page)
    await page.locator("button[value=ask]").click()
    assert await state(stage) is EntryState.CHANGES_ASKED
    [letter] = to(await Post(stage).goes_out(), "200")
    await anna.taps_unasked(letter.code("Fix: Description"))
    await anna.says(ANSWERS["description"] + " The village councils run it.")
    if anna.question == "description":
        await anna.taps(".done")
    await anna.taps(".sent")
    await page.goto(f"{site.url}/organize/entry/{REFERENCE}")
    assert (await page.locator("ins").first.inner_text()).strip() == "The village councils run it."
    await _pictured(page, "console-entry-changed-en-desk")
    await page.get_by_text("Accept", exact=True).first.click()
    await page.locator("details[open] textarea").fill("A fine project.")
    await page.locator("details[open] button[value=accept]").click()
    assert await state(stage) is EntryState.ACCEPTED

    assert (await page.goto(f"{site.url}/organize/decisions")).status == 404  # type: ignore[union-attr]
    other = await chromium.new_context(java_script_enabled=False)
    owners = await site.lets_in(olga, other)
    await owners.get_by_role("link", name="Decisions").click()
    assert "Your entry is accepted" in await text(owners) and "A fine project." in await text(owners)
    await owners.get_by_role("button", name="Announce decisions").click()
    assert await state(stage) is EntryState.PUBLISHED
    await owners.get_by_role("link", name="Log").click()
    assert f"{REFERENCE} is now “published”" in await text(owners)
    await other.close()


@pytest.mark.feature("K1")
async def test_a_link_is_good_once_for_ten_minutes_and_signing_out_everywhere_ends_every_session(
    remi: Person, olga: Person, stage: Stage, site: Console, context: BrowserContext, chromium: Browser
) -> None:
    page = await site.lets_in(remi, context)
    link = next(word for word in remi.text.split() if "/organize/enter/" in word)
    again = await chromium.new_context(java_script_enabled=False)
    second = await again.new_page()
    await second.goto(site.url + link[link.index("/organize") :])
    await second.locator("button.primary").click()
    assert "You are not signed in here" in await text(second)
    await again.close()

    await remi.does("console")
    late = next(word for word in remi.text.split() if "/organize/enter/" in word)
    stage.clock.passes(minutes=11)
    await page.goto(site.url + late[late.index("/organize") :])
    await page.locator("button.primary").click()
    assert "You are not signed in here" in await text(page)

    await page.goto(f"{site.url}/organize")
    assert "Overview" in await text(page), "the session itself goes on"
    await page.locator("button[value=everywhere]").click()
    await page.goto(f"{site.url}/organize/review")
    assert "You are not signed in here" in await text(page)

    page = await site.lets_in(remi, context)
    await olga.does("organizers")
    await olga.taps("Change: Rémi")
    await olga.taps("Take the role away")
    await olga.taps("Yes, remove it")
    await page.goto(f"{site.url}/organize/review")
    assert "You are not signed in here" in await text(page)


@pytest.mark.feature("K1")
async def test_nothing_on_its_pages_keeps_anybody_out_in_english_and_arabic(
    anna: Person, olga: Person, stage: Stage, site: Console, chromium: Browser
) -> None:
    rubric, now = Rubric((Criterion("relevance", 3), Criterion("impact", 1))), stage.clock.now()
    await stage.database.write(lambda session: calls.set_rubric(session, None, "2027", rubric, now))
    await anna.does("contact")
    await anna.says("Can a ministry send two entries?")
    await olga.does("announcements")
    await olga.taps(".compose")
    [notice, *_] = await stage.database.read(announcements.listed)
    found: list[str] = []
    for language, size in itertools.product(("ar", "en"), SIZES):
        await olga.does("language")
        await olga.taps(language)
        viewport: Any = {"width": SIZES[size][0], "height": SIZES[size][1]}
        context = await chromium.new_context(viewport=viewport, bypass_csp=True)
        page = await site.lets_in(olga, context)
        for kind in (
            "",
            "/review",
            f"/entry/{REFERENCE}",
            "/decisions",
            "/desk",
            "/log",
            *CAMPAIGN,
            f"/announcements/{notice.id}",
        ):
            await page.goto(f"{site.url}/organize{kind}")
            assert await page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
            wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert await page.evaluate(wide) == 0, kind
            results: Any = await Axe().run(page)
            found += [f"{language}{kind}: {each['id']}" for each in results.response["violations"]]
            for opened in await page.locator("#scores details, .letter details, .deed").all():
                await opened.evaluate("each => each.open = true")
            await _pictured(
                page, f"console{kind.split('/WSIS')[0].rstrip('0123456789').replace('/', '-')}-{language}-{size}"
            )
        await context.close()
    assert found == []


async def _pictured(page: Page, name: str) -> None:
    """Keep a picture where the developer asked for pictures."""
    folder = os.environ.get("STOCKTAKING_TEST_PICTURES")
    if folder:
        await page.screenshot(path=Path(folder) / f"{name}.png")


@pytest.mark.feature("V13", "K1")
async def test_an_entry_is_scored_beside_its_criteria_and_others_scores_show_only_then(
    anna: Person, remi: Person, rosa: Person, stage: Stage, site: Console, context: BrowserContext
) -> None:
    rubric = Rubric((Criterion("relevance", 3), Criterion("Local words & “ways”", 1)))
    now, who = stage.clock.now(), await stage.database.read(lambda s: people.person_at(s, "telegram", "301"))
    given = {"relevance": 2, "Local words & “ways”": 2}

    def prepare(session: Any) -> None:
        assert calls.set_rubric(session, None, "2027", rubric, now) is None
        assert scores.give(session, who or 0, REFERENCE, 1, given, "Too short.", now, by=who) is None

    await stage.database.write(prepare)
    page = await site.lets_in(remi, context)
    await page.goto(f"{site.url}/organize/review?unscored=1")
    await page.get_by_role("link", name="Solar networks").click()
    assert "Too short." not in await text(page)
    await page.locator("#scores summary").click()
    await page.locator("button[value=score]").click()
    assert "Every criterion that counts needs a score" in await page.locator("[role=alert]").inner_text()
    await page.locator("#scores summary").click()
    for number in range(2):
        await page.locator("fieldset.scale").nth(number).get_by_label("5", exact=True).check()
    await page.locator("#scores textarea").fill("Clear & <b>useful</b>.")
    await page.locator("button[value=score]").click()
    shown = await text(page)
    assert "Your score: 5.0" in shown and "Clear & <b>useful</b>." in shown
    assert "Rosa: 2.0" in shown and "Too short." in shown and "Score of the entry: 3.5 of 5 (Median)" in shown
    await page.goto(f"{site.url}/organize/review")
    assert "3.5" in await page.locator("tbody").inner_text()


@pytest.mark.feature("K1", "K2")
async def test_what_people_write_is_taken_closed_and_answered_where_it_stands(
    anna: Person, olga: Person, remi: Person, stage: Stage, site: Console, context: BrowserContext, chromium: Browser
) -> None:
    await anna.does("contact")
    await anna.says("Can a <b>ministry</b> send two entries?")
    page = await site.lets_in(olga, context)
    await page.get_by_role("link", name="Messages from people").click()
    assert "Can a <b>ministry</b> send two entries?" in await text(page)
    await page.locator("button[value=take]").click()
    await page.get_by_role("link", name="Those I take care of: 1").click()
    assert "Olga takes care of it." in await text(page)
    await page.locator("button[value=close]").click()
    assert "There is no message here." in await text(page)
    await page.get_by_role("link", name="Answered or closed").click()
    await page.locator("button[value=reopen]").click()
    await page.get_by_role("link", name="Waiting for an answer: 1").click()
    await page.locator(".letter summary").first.click()
    await page.locator(".letter textarea").fill("Yes: one for each activity.")
    await page.locator("button[value=answer]").click()
    assert "Your answer is on its way to Anna." in await text(page)
    [answer] = [letter for letter in to(await Post(stage).goes_out(), "200") if "activity" in letter.text]
    assert "Yes: one for each activity." in answer.text
    other = await chromium.new_context(java_script_enabled=False)
    reviewers = await site.lets_in(remi, other)
    assert (await reviewers.goto(f"{site.url}/organize/desk")).status == 404  # type: ignore[union-attr]
    await other.close()
