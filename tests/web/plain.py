"""A browser without scripts that shows what it was answered: status, headers and cookies, not only the page."""

from __future__ import annotations

import re
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from html import unescape

import aiohttp
from yarl import URL

__all__ = ["Plain", "plain"]


class Plain:
    """`status`, `headers`, `page` are of the last answer; `headers` bear what redirects set too, newest last."""

    def __init__(self, client: aiohttp.ClientSession) -> None:
        self.client = client
        self.status, self.page = 0, ""
        self.headers: Mapping[str, str] = {}
        self.set_cookies: list[str] = []

    async def asks(self, method: str, path: str, **how: object) -> int:
        """Ask for something, and follow redirects; the status."""
        async with self.client.request(method, path, **how) as answer:  # type: ignore[arg-type]
            self.status, self.headers = answer.status, answer.headers
            self.page = unescape(await answer.text(errors="replace"))
            every = [*answer.history, answer]
            self.set_cookies = [line for each in every for line in each.headers.getall("Set-Cookie", [])]
        return self.status

    async def posts(self, path: str = "/chat", headers: Mapping[str, str] | None = None, **form: str) -> int:
        """Send a form from the page that is shown."""
        known = {"update": secrets.token_hex(12), **({"place": self.place} if self.place else {}), **form}
        return await self.asks("POST", path, data=known, headers=headers)

    @property
    def screen(self) -> str:
        return self._found('data-screen="(?:filling/)?([^"]*)"')

    @property
    def place(self) -> str:
        return self._found('data-place="([^"]*)"')

    @property
    def cookie(self) -> str:
        """The session that this browser keeps; empty: none."""
        return next((c.value for c in self.client.cookie_jar if c.key.endswith("stocktaking")), "")

    def _found(self, what: str) -> str:
        found = re.search(what, self.page)
        return found[1] if found else ""


@asynccontextmanager
async def plain(url: str, cookie: str = "", **how: object) -> AsyncIterator[Plain]:
    """Somebody with such a browser; `cookie` is a session that they bring."""
    jar = aiohttp.CookieJar(unsafe=True)
    if cookie:
        jar.update_cookies({"stocktaking": cookie}, URL(url))
    async with aiohttp.ClientSession(url, cookie_jar=jar, **how) as client:  # type: ignore[arg-type]
        yield Plain(client)
