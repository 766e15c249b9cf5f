"""What was not taken is sent again: not without end while the service cannot save, ever rarer without a line."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Route, expect

from tests.samples import ANSWERS
from tests.web.browsing import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.feature("S10")]


class Line:
    """The way of what Anna posts: each is counted; until it `works` it is answered with 503, or not at all."""

    def __init__(self, *, is_down: bool) -> None:
        self.is_down, self.works, self.tries = is_down, False, 0

    async def takes(self, route: Route) -> None:
        if route.request.method != "POST" or self.works:
            await route.continue_()
            return
        self.tries += 1
        if self.is_down:
            await route.abort()
        else:
            said = "<p data-what>Nothing can be saved now.</p>"
            await route.fulfill(status=503, headers={"Retry-After": "2"}, content_type="text/html", body=said)


async def sends(anna: Visitor, line: Line) -> None:
    await anna.begins()
    await anna.answers(ANSWERS, until="contact_name")
    await anna.page.clock.install()
    await anna.page.route("**/chat", line.takes)
    await anna.field.fill("Amina Otieno")
    await anna.page.locator(".say .send").click()


async def minutes_pass(anna: Visitor, minutes: int) -> None:
    for _ in range(minutes * 20):
        await anna.page.clock.run_for(3_000)
        await asyncio.sleep(0.01)


async def is_sent_again(anna: Visitor, line: Line) -> None:
    """By hand, and nothing was lost."""
    line.works = True
    await anna.page.clock.resume()
    await anna.types("Amina Otieno")
    assert await anna.question() == "contact_role"


async def test_while_nothing_can_be_saved_it_is_tried_for_minutes_and_then_left_to_the_person(anna: Visitor) -> None:
    line = Line(is_down=False)
    await sends(anna, line)
    await minutes_pass(anna, 6)
    assert line.tries == 61
    await minutes_pass(anna, 1)
    assert line.tries == 61, "it has ended"
    await expect(anna.field).to_have_value("Amina Otieno")
    await expect(anna.page.get_by_role("alert")).to_contain_text("Nothing can be saved now")
    await is_sent_again(anna, line)


async def test_without_a_line_it_is_tried_once_a_minute_in_the_end_and_at_once_when_it_is_back(anna: Visitor) -> None:
    line = Line(is_down=True)
    await sends(anna, line)
    await minutes_pass(anna, 5)
    before = line.tries
    await minutes_pass(anna, 5)
    assert 4 <= line.tries - before <= 6
    await expect(anna.page.locator("[data-offline]")).to_be_visible()
    line.works = True
    await anna.page.evaluate("dispatchEvent(new Event('online'))")
    await expect(anna.chat).to_have_attribute("data-screen", "filling/contact_role")
