"""Who has nothing but a browser is told too: of a close that moved, what the organizers answered, and organizers what
they are asked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from playwright.async_api import Browser, expect
from sqlmodel import Session

from dialogs.domain.roles import Role
from storage.engine.database import Database
from storage.organizers import invitations
from tests.service import Service
from tests.web.browsing import PATIENCE, Visitor, visiting

QUESTION = "Can a ministry send two entries?"
ANSWER = "Yes: one entry for each activity."


@pytest.fixture
async def otto(chromium: Browser, service: Service) -> AsyncIterator[Visitor]:
    """An organizer at another browser."""
    database = await Database.open(service.environment["STOCKTAKING_DATABASE_URL"])

    def invited(session: Session) -> str:
        return invitations.invite(session, None, Role.ORGANIZER, datetime.now(UTC), lambda: "t0k").token

    token = await database.write(invited)
    await database.close()
    async with visiting(chromium, service.url) as otto:
        await otto.arrives()
        await otto.types(f"/start org-{token}")
        yield otto


@pytest.mark.feature("E2", "C19")
async def test_an_open_page_shows_an_answer_and_an_extension_and_the_half_typed_text_stays(
    anna: Visitor, otto: Visitor, service: Service
) -> None:
    await anna.begins()
    await anna.types("yes")
    asked = await anna.question()
    await anna.types("/contact")
    await anna.types(QUESTION)
    assert await anna.question() == asked
    await anna.field.fill("Amina Ot")

    # It comes into Otto's open page, and he answers it from there; the answer comes into hers.
    letter = otto.page.locator(".now .news")
    await expect(letter).to_contain_text(QUESTION, timeout=PATIENCE)
    await expect(letter).not_to_contain_text("Reply to this message")
    await otto.after(letter.get_by_role("button", name="Answer").click)
    await otto.types(ANSWER)
    news = anna.page.locator(".now .news")
    await expect(news).to_contain_text(ANSWER, timeout=PATIENCE)
    await expect(news).to_contain_text(QUESTION)
    await expect(anna.page.locator("#news")).to_contain_text(ANSWER)  # and is said aloud
    await expect(anna.field).to_have_value("Amina Ot")

    # The close moves: she is told where she is, and her answer is still taken.
    code, _, errors = await service.command("calls", "extend", "2027", "--closes", "2099-03-08")
    assert code == 0, errors
    await expect(news.last).to_contain_text("8 March 2099", timeout=PATIENCE)
    await expect(anna.field).to_have_value("Amina Ot")
    await anna.types("Amina Otieno")
    await expect(news).to_have_count(0)
    await expect(anna.page.locator(".said")).to_contain_text(ANSWER)
    await expect(anna.page.locator(".said")).to_contain_text("8 March 2099")
    await anna.page.reload()
    await expect(news).to_have_count(0)
    assert anna.complaints == []

    # Otto has begun nothing, so it is none of his business.
    await otto.page.reload()
    await expect(otto.chat).not_to_contain_text("8 March 2099")


@pytest.mark.feature("E2")
async def test_who_was_away_is_told_at_the_next_visit_once(anna: Visitor, chromium: Browser, service: Service) -> None:
    await anna.begins()
    await anna.types("yes")
    asked = await anna.question()
    await anna.page.close()
    # A day of its own: the service is that of the test above, and a close that stays where it is is no news.
    code, _, errors = await service.command("calls", "extend", "2027", "--closes", "2099-03-15")
    assert code == 0, errors
    page = await anna.context.new_page()
    await page.goto(f"{service.url}/chat")
    await expect(page.locator(".now .news")).to_contain_text("15 March 2099", timeout=PATIENCE)
    await expect(page.locator("#chat")).to_have_attribute("data-screen", f"filling/{asked}")
    await page.reload()
    await expect(page.locator(".now .news")).to_have_count(1)
    async with visiting(chromium, service.url) as late:
        await late.begins()
        await expect(late.page.locator(".news")).to_have_count(0)
