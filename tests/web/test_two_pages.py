"""Two pages of one person, on two services of one database: neither answers a question that the other one asked."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import aiohttp
import pytest

from tests import postgres
from tests.samples import ANSWERS
from tests.service import Service

pytestmark = [postgres.NEEDED, pytest.mark.feature("S17")]

SCREEN = re.compile('data-screen="(?:filling/)?([^"]+)"')
PLACE = re.compile('data-place="([^"]+)"')
PATIENCE = 30.0


class Page:
    """A page without scripts: the screen that it shows, and its stamp."""

    def __init__(self, session: aiohttp.ClientSession, service: Service) -> None:
        self.session, self.service = session, service
        self.html = ""

    async def opens(self) -> Page:
        async with self.session.get(f"{self.service.url}/chat") as answer:
            self.html = await answer.text()
        return self

    async def posts(self, **form: str) -> Page:
        place = PLACE.search(self.html)
        assert place is not None
        async with self.session.post(f"{self.service.url}/chat", data={"place": place[1], **form}) as answer:
            self.html = await answer.text()
        return self

    async def answers(self, answers: Mapping[str, str], until: str) -> Page:
        while self.asks != until:
            await self.posts(text=answers[self.asks])
        return self

    @property
    def asks(self) -> str:
        found = SCREEN.search(self.html)
        assert found is not None, self.html
        return found[1]


@pytest.fixture
async def pages(tmp_path: Path) -> AsyncIterator[tuple[Page, Page]]:
    """Somebody's two pages at the same question, each on a service of its own."""
    url = postgres.new_database()
    async with (
        Service(tmp_path / "one", database_url=url) as one,
        Service(tmp_path / "two", database_url=url) as two,
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session,
    ):
        first = await (await Page(session, one).opens()).posts(choice="en")
        await first.posts(command="new")
        await first.answers(ANSWERS, until="contact_name")
        yield first, await Page(session, two).opens()


async def test_of_two_texts_that_are_posted_at_the_same_moment_one_is_taken(pages: tuple[Page, Page]) -> None:
    """What is typed under the older question answers no other one, and the page says so."""
    first, second = pages
    for question, following in (("contact_name", "contact_role"), ("contact_role", "contact_email")):
        assert first.asks == second.asks == question
        await asyncio.gather(first.posts(text="Anna"), second.posts(text="Ben"))
        assert first.asks == second.asks == following
        assert any("sent under an earlier message" in page.html for page in pages)


async def test_an_open_page_follows_when_its_person_goes_on_elsewhere(pages: tuple[Page, Page]) -> None:
    first, second = pages
    async with second.session.get(f"{second.service.url}/chat/stream") as stream:
        assert await stream.content.readuntil(b"\n\n") == b": open\n\n"
        await asyncio.sleep(2.5)  # so that it knows where they are
        await first.posts(text="Amina Otieno")
        async with asyncio.timeout(PATIENCE):
            assert b"event: news" in await stream.content.readuntil(b"\n\n")
    assert (await second.opens()).asks == "contact_role"
