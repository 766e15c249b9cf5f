"""`make pictures`: the main screens of the real service, photographed in a real browser, into docs/pictures.

Each language has five screens (welcome, a question with choices, a long text, the check, the receipt) as the web chat
shows them, and the same five as Telegram's messages and buttons, which our own Bot API server received.
`conversation.png` is the README's: a phone in English and one in Arabic. `page-*` are the ten main screens of the page,
on a phone and at a desk, in English and Arabic; `python -m tests.pictures page` takes these alone, `letters` the
reminders by mail.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

import yaml
from playwright.async_api import Browser, Page

from dialogs.domain.messages import Code, Message
from dialogs.questionnaire.source import loader
from locales.words import Words
from tests.botapi import BotApi
from tests.botapi.people import Person
from tests.charts.main_screens import LANGUAGES, main_screens
from tests.charts.phones import chat_page, side_by_side
from tests.charts.png import packed
from tests.mail import pictures as mail
from tests.samples import ANSWERS, REQUIRED
from tests.service import Service
from tests.web import chromium as chromiums
from tests.web.browsing import DESK, PHONE, Visitor, visiting

PLACE = Path(__file__).parents[1] / "docs" / "pictures"

STOPS = {"org_type": "02-choices", "description": "03-long-text", "review": "04-check"}
"""Screens on the way, by the question that is open; `01-welcome` and `05-receipt` stand at its ends."""

CHOSEN = ("lines", "coverage", "goals_suggested")
"""Answers of the whole walk, where the shortest way has others."""

FOR_README = ("en", "ar")

Shoot = Callable[[str], Awaitable[None]]


def answers(language: str) -> dict[str, str]:
    """What the person in the pictures writes."""
    own = yaml.safe_load((Path(__file__).parent / "pictures.yaml").read_text("utf-8"))
    return {**REQUIRED, **own.get(language, own["en"])}


def clean(text: str) -> str:
    """A text without marks of direction."""
    return re.sub("[\u200e\u200f\u2066-\u2069]", "", text)


async def photograph(page: Page) -> bytes:
    """The page as it stands on the screen."""
    return packed(await page.screenshot(animations="disabled", caret="hide"))


def keep(name: str, png: bytes) -> None:
    (PLACE / f"{name}.png").write_bytes(png)
    print(f"{name}.png  {len(png) // 1024} KB", flush=True)


async def in_the_web_chat(browser: Browser, service: Service, language: str) -> None:
    async with visiting(browser, service.url, viewport=PHONE, locale=language) as anna:

        async def shoot(name: str) -> None:
            await top(anna)
            keep(f"{name}-{language}", await photograph(anna.page))

        await anna.arrives(language)
        await shoot("01-welcome")
        await anna.taps(".new")
        await walked(anna, language, shoot)
        await anna.taps(".send")
        await shoot("05-receipt")


async def top(anna: Visitor) -> None:
    """Bring the open question to the top, as the page does when it changes."""
    await anna.page.evaluate("document.getElementById('now').scrollIntoView({block: 'start'})")


async def walked(anna: Visitor, language: str, shoot: Shoot) -> None:
    """Answer by taps where a button says it, else by typing; photograph at the stops."""
    said = answers(language)

    async def answered(question: str) -> None:
        if question in STOPS:
            await shoot(STOPS[question])
        await answer(anna, said[question])

    await anna.walks(answered, most=40)
    await shoot(STOPS["review"])


async def answer(anna: Visitor, said: str) -> None:
    """One answer: the short way when it is offered, a button that says it, else typed. Toggles are typed."""
    offered = await anna.choices()
    if ".short" in offered:
        await anna.taps(".short")
    elif said in offered and await anna.choice(said).get_attribute("aria-pressed") is None:
        await anna.taps(said)
    else:
        await anna.types(said)


async def in_telegram(browser: Browser, server: BotApi, language: str, words: Words) -> None:
    """The same walk in Telegram; its messages rendered as a chat."""
    anna, said = server.person("Amina", language), answers(language)
    async with visiting(browser, server.url, viewport=PHONE) as viewer:

        async def shoot(name: str, wrote: str | None = None) -> None:
            page = chat_page(anna.shown[-1:], wrote, language, words.direction(language))
            await viewer.page.set_content(page)
            keep(f"telegram-{name}-{language}", await photograph(viewer.page))

        await anna.gets(anna.starts())
        await anna.gets(anna.taps(f"{language}"))
        await shoot("01-welcome")
        await anna.gets(anna.taps(".new"))
        for _ in range(40):
            question = open_question(anna, words)
            if question in STOPS:
                await shoot(STOPS[question], said["org_name"] if question == "org_type" else None)
            if question == "review":
                break
            await anna.gets(anna.taps(".short") if _offers(anna, ".short") else anna.says(said[question]))
        await anna.gets(anna.taps(".send"))
        await shoot("05-receipt")


def open_question(person: Person, words: Words) -> str:
    """The id of the question whose text stands in the newest message; the one asked for each goal has a goal in it."""
    if _offers(person, ".send"):
        return "review"
    shown = clean(person.shown[-1].get("text") or "")
    for section in loader.version("2027").sections:
        for question in section.questions:
            ask = Message(question.ask.key, {"year": Code(loader.version("2027").version), "goal": Code("")})
            if clean(words.say(ask, person.language)) in shown:
                return question.id
    return "link_example"


def _offers(person: Person, code: str) -> bool:
    rows = person.shown[-1].get("reply_markup", {}).get("inline_keyboard", [])
    return any(button.get("callback_data", "").endswith(f"|{code}") for row in rows for button in row)


async def for_the_readme(browser: Browser, service: Service) -> None:
    """Two phones: what was said, and the question that is open."""
    pictures = []
    for language in FOR_README:
        said = answers(language)
        async with visiting(browser, service.url, viewport=PHONE, locale=language, device_scale_factor=2) as anna:
            await anna.begins(language)
            await anna.walks(lambda question, anna=anna, said=said: answer(anna, said[question]), until="org_type")
            await anna.page.evaluate("document.getElementById('now').scrollIntoView({block: 'end'})")
            pictures.append(await anna.page.screenshot(animations="disabled", caret="hide"))
    size = {"width": 780, "height": 780}
    async with visiting(browser, service.url, viewport=size, device_scale_factor=2) as viewer:
        await viewer.page.set_content(side_by_side(pictures))
        keep("conversation", await photograph(viewer.page))


async def photographed(browser: Browser, folder: Path, language: str, words: Words) -> None:
    """One language in both channels, each over a register of its own: the second entry would look like the first."""
    async with Service(folder / f"web-{language}") as service:
        await in_the_web_chat(browser, service, language)
    async with BotApi() as server:
        settings = {"telegram_token": server.token, "telegram_api_url": server.url}
        async with Service(folder / f"telegram-{language}", **settings):
            await in_telegram(browser, server, language, words)


async def of_the_page(browser: Browser, folder: Path) -> None:
    for language in LANGUAGES:
        said = {**ANSWERS, **answers(language), **{key: ANSWERS[key] for key in CHOSEN}}
        sizes = {"phone": PHONE, "desk": DESK}
        await main_screens(browser, folder, language, sizes, said, lambda name, png: keep(name, packed(png)))


async def of_letters(browser: Browser, folder: Path, words: Words) -> None:
    """Reminders by mail."""
    titles = {language: answers(language)["title"] for language in mail.LANGUAGES}
    for language, html in (await mail.reminders(folder, words, titles)).items():
        async with visiting(browser, "http://127.0.0.1", viewport=PHONE) as viewer:
            await viewer.page.set_content(html)
            keep(f"letter-{language}", await photograph(viewer.page))


OF_ALL = ("page", "letters")
"""Pictures that are not of one language."""


async def main(languages: tuple[str, ...]) -> None:
    """All languages, the README's picture, the page's main screens, letters; or only what is named of these."""
    PLACE.mkdir(parents=True, exist_ok=True)
    words = Words.ours()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        async with chromiums.open_chromium() as browser:
            if not languages or "page" in languages:
                await of_the_page(browser, folder / "page")
            if not languages or "letters" in languages:
                await of_letters(browser, folder, words)
            for language in [one for one in languages or words.languages if one not in OF_ALL]:
                await photographed(browser, folder, language, words)
            if not languages:
                async with Service(folder / "readme") as service:
                    await for_the_readme(browser, service)


if __name__ == "__main__":
    if chromiums.find() is None:
        sys.exit(f"pictures: {chromiums.MISSING}")
    asyncio.run(main(tuple(sys.argv[1:])))
