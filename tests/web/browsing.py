"""Somebody at a browser: they open the chat, type, tap, use only the keyboard, and look at the page.

anna = await visit(chromium, service)
await anna.begins()
await anna.types("Lake Community Networks")
await anna.sees("Every answer is saved")
"""

from __future__ import annotations

import re
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, Locator, Page, expect

from tests.service import Service

__all__ = ["DESK", "PHONE", "Visitor", "serving", "visiting"]

SCREEN = re.compile('data-screen="(?:filling/)?([^"]+)"')
PLACE = re.compile('data-place="([^"]+)"')

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}

PATIENCE = 45_000
"""Milliseconds that somebody waits for the page."""

WATCH = """
addEventListener("securitypolicyviolation", (event) => console.error("policy: " + event.violatedDirective));
"""


def _found(what: re.Pattern[str], html: str) -> str:
    found = what.search(html)
    assert found, html
    return found[1]


class Visitor:
    """A browser of somebody's own. `complaints` is what its console said, `abroad` what was asked of other sites."""

    def __init__(self, context: BrowserContext, page: Page, url: str) -> None:
        self.context = context
        self.page = page
        self.url = url
        self.complaints: list[str] = []
        self.abroad: list[str] = []
        self.listen(page)

    def listen(self, page: Page) -> None:
        """Write down what a page complains of and what it asks of others."""
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith(self.url) else self.abroad.append(asked.url))

    @property
    def chat(self) -> Locator:
        return self.page.locator("#chat")

    @property
    def field(self) -> Locator:
        return self.page.locator("#text")

    async def opens(self, path: str = "/") -> None:
        await self.page.goto(self.url + path)

    async def arrives(self, language: str = "en") -> None:
        """From the first page to the home screen in this language."""
        await self.opens()
        await self.page.locator("button[name=command][value=start]").click()
        await self.shown()
        await self.taps(language)

    async def begins(self, language: str = "en") -> None:
        """From the first page to the first question of a new entry."""
        await self.arrives(language)
        await self.taps(".new")

    async def shown(self) -> None:
        """Wait for the chat."""
        await expect(self.chat).to_be_visible(timeout=PATIENCE)

    async def question(self) -> str:
        """The id of the open question; the screen's name elsewhere."""
        return str(await self.chat.get_attribute("data-screen")).removeprefix("filling/")

    async def after(self, act: Callable[[], Awaitable[Any]]) -> None:
        """Do something, and wait until the page has changed by it: each rendering bears a fresh id in its forms."""
        before = await self._rendering()
        await act()
        fresh = self.page.locator(f"#chat .say input[name=update]:not([value='{before}'])")
        await fresh.wait_for(state="attached", timeout=PATIENCE)

    async def _rendering(self) -> str:
        return str(await self.chat.locator(".say input[name=update]").get_attribute("value"))

    async def types(self, text: str) -> None:
        """Type an answer and send it, with the Send button."""
        await self.field.fill(text)
        await self.after(self.page.locator(".say .send").click)

    async def keys(self, text: str) -> None:
        """Type into the field that has the focus or is reached by Tab, and send by Enter (long texts: Ctrl+Enter)."""
        await self.tabs_to("#text")
        await self.page.keyboard.insert_text(text)
        enter = "Control+Enter" if await self.field.evaluate("field => field.tagName") == "TEXTAREA" else "Enter"
        await self.after(lambda: self.page.keyboard.press(enter))

    async def tabs_to(self, selector: str) -> None:
        """Press Tab until this has the focus."""
        for _ in range(80):
            if await self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
            await self.page.keyboard.press("Tab")
        raise AssertionError(f"{selector} cannot be reached by Tab on:\n{await self.text()}")

    async def presses(self, code: str) -> None:
        """Reach a choice by Tab and press it with Space."""
        await self.tabs_to(f'button[name="choice"][value="{code}"]')
        await self.after(lambda: self.page.keyboard.press("Space"))

    async def taps(self, code: str) -> None:
        """Tap the choice with this code."""
        await self.after(self.choice(code).click)

    def choice(self, code: str) -> Locator:
        return self.page.locator(f'.now button[name="choice"][value="{code}"]')

    async def choices(self) -> list[str]:
        """The codes that the open screen offers."""
        buttons = self.page.locator(".now button[name=choice]")
        return [str(code) for code in await buttons.evaluate_all("all => all.map(b => b.value)")]

    async def commands(self, name: str) -> None:
        await self.types(f"/{name}")

    async def walks(
        self, answer: Callable[[str], Awaitable[None]], *, until: str = "review", most: int = 110
    ) -> list[str]:
        """Answer question after question until a screen is reached; the questions met."""
        met: list[str] = []
        for _ in range(most):
            question = await self.question()
            if question == until:
                return met
            met.append(question)
            await answer(question)
        raise AssertionError(f"{until} was not reached within {most} answers, but:\n{await self.text()}")

    async def answers(self, answers: Mapping[str, str], *, until: str = "review", most: int = 110) -> None:
        """Send answers until a screen is reached, as a page without scripts would, and draw only that one."""
        html = await self.page.content()
        await self.page.goto("about:blank")  # an open page would follow
        for _ in range(most):
            screen, place = _found(SCREEN, html), _found(PLACE, html)
            if screen == until:
                await self.opens("/chat")
                return
            _, html = await self.posts(update=secrets.token_hex(12), place=place, text=answers[screen])
        raise AssertionError(f"{until} was not reached within {most} answers, but:\n{html}")

    async def text(self) -> str:
        """All that the open screen says, with what stands in its field, without marks of direction."""
        said = await self.page.locator(".now").inner_text()
        fields = await self.page.locator(".now #text").evaluate_all("all => all.map(field => field.value)")
        return re.sub("[\u200e\u200f\u2066-\u2069]", "", "\n".join([said, *fields]))

    async def sees(self, *texts: str) -> None:
        said = await self.text()
        for text in texts:
            assert text in said, f"{text!r} is not on:\n{said}"

    async def posts(self, **form: str) -> tuple[int, str]:
        """Send a form past the page, with this browser's cookie: status and body."""
        answer = await self.context.request.post(f"{self.url}/chat", form=dict(form))
        return answer.status, await answer.text()

    def is_content(self) -> None:
        """Nothing was blocked, failed, or asked of another site."""
        assert not self.complaints
        assert not self.abroad


@asynccontextmanager
async def visiting(browser: Browser, url: str, **how: Any) -> AsyncIterator[Visitor]:
    """Somebody with a fresh browser profile; `how` are Playwright's context options."""
    how.setdefault("viewport", DESK)
    how.setdefault("locale", "en-GB")
    context = await browser.new_context(**how)
    context.set_default_timeout(PATIENCE)
    await context.add_init_script(WATCH)
    yield Visitor(context, await context.new_page(), url)
    await context.close()


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[Service]:
    """The web chat, in a process of its own. Nothing may break down in it."""
    async with Service(folder) as running:
        yield running
    assert "Traceback" not in running.log, running.log
