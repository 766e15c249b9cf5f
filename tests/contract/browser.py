"""The script in the web chat, by plain HTTP: what a browser without scripts posts, and the page that it gets."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

import aiohttp

from tests.contract.script import Shown
from tests.service import Service

__all__ = ["Browser", "plays"]

TEXTS = ("p", "h1", "h2", "pre", "dt")
VOID = ("input", "img", "br", "meta", "link", "option")


class Page(HTMLParser):
    """The open screen of a page: the section `now`, its name, its texts, its buttons and its place.

    `files` are those that its links hand over themselves, by name.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.place, self.screen, self.lines, self.choices = "", "", list[str](), list[str]()
        self.files: dict[str, bytes] = {}
        self._depth, self._into, self._skipped = 0, list[str](), ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        kinds = (known.get("class") or "").split()
        self.place = known.get("data-place") or self.place
        self.screen = known.get("data-screen") or self.screen
        if known.get("id") == "now" or self._depth:
            self._depth += tag not in VOID
        if tag == "a" and known.get("download") and (known.get("href") or "").startswith("data:"):
            self.files[known["download"] or ""] = base64.b64decode((known["href"] or "").partition("base64,")[2])
        if not self._depth or "hidden" in kinds:
            self._into = []
        elif tag in TEXTS:
            self.lines.append("")
            self._into = self.lines
        elif tag == "button" and known.get("name") == "choice":
            self.choices.append("")
            self._into = self.choices
        elif tag == "button":
            self._into = []
        elif tag == "dd" and "change" not in kinds:
            self.lines[-1] += ": "
            self._into = self.lines
        elif tag == "small" and self._into:
            self._into[-1] += " · "
        elif "number" in kinds or tag == "em":
            self._skipped = tag
        if "tick" in kinds:
            self.choices[-1] += "✓ "
            self._skipped = tag

    def handle_endtag(self, tag: str) -> None:
        if self._depth and tag not in VOID:
            self._depth -= 1
        if tag in (*TEXTS, "dd", "button"):
            self._into = []
        if tag == self._skipped:
            self._skipped = ""

    def handle_data(self, data: str) -> None:
        if self._into and not self._skipped:
            self._into[-1] += data


class Browser:
    """Somebody's browser: it keeps its cookie, and posts what its forms hold. `page` is what it shows."""

    def __init__(self, url: str) -> None:
        self.client = aiohttp.ClientSession(url, cookie_jar=aiohttp.CookieJar(unsafe=True))
        self.page = Page("")

    async def __aenter__(self) -> Browser:
        self.page = Page(await (await self.client.get("/chat")).text())
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.close()

    async def types(self, text: str) -> Page:
        """Type into the field, and send it."""
        return await self._posts("/chat", text=text)

    async def taps(self, code: str, place: str | None = None) -> Page:
        """Press the button with this code; on an old page when its place is given."""
        return await self._posts("/chat", choice=code, place=self.page.place if place is None else place)

    async def sends(self, name: str, content: bytes, kind: str) -> Page:
        """Choose a file, and send it."""
        form = aiohttp.FormData({"update": secrets.token_hex(12), "place": self.page.place})
        form.add_field("file", content, filename=name, content_type=kind)
        self.page = Page(await (await self.client.post("/chat/file", data=form)).text())
        return self.page

    async def _posts(self, path: str, **what: str) -> Page:
        form = {"update": secrets.token_hex(12), "place": self.page.place, **what}
        self.page = Page(await (await self.client.post(path, data=form)).text())
        return self.page


async def plays(said: Sequence[str], folder: Path) -> list[Shown]:
    """What the page shows after each line."""
    shown: list[Shown] = []
    async with Service(folder) as service:
        async with Browser(service.url) as anna:
            for text in said:
                page = await anna.types(text)
                shown.append(Shown.of(page.lines, page.choices))
        assert "Traceback" not in service.log, service.log
    return shown
