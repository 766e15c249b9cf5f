"""Pages kept in the process for as long as the index stays at the same version, and the tags by which browsers ask.

Whatever is published, changed or withdrawn changes the version, so nothing is served that is not public any more; and
nobody outside may keep a page without asking again (`no-cache`).
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date

from aiohttp import web

from bot.app import App
from bot.pages.register.render import fingerprint
from storage.search.query import version

__all__ = ["CACHE", "HEADERS", "Cache", "Content", "answer"]

KEPT = 400
"""Pages in memory: 30 kB each at most."""

POLICY = "; ".join(
    [
        *("default-src 'none'", "style-src 'self'", "img-src 'self' data:", "form-action 'self'"),
        *("base-uri 'none'", "frame-ancestors 'none'"),
    ]
)
HEADERS = {"Content-Security-Policy": POLICY, "Cache-Control": "public, no-cache"}


@dataclass(frozen=True, slots=True)
class Content:
    """A page and how it is served. `status` other than 200 for what is gone."""

    text: str
    kind: str = "text/html"
    status: int = 200


class Cache:
    """The pages that were rendered last."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, Content] = OrderedDict()
        self._version = ""

    def get(self, key: str, tag: str) -> Content | None:
        if tag != self._version:
            self._pages.clear()
            self._version = tag
        found = self._pages.get(key)
        if found is not None:
            self._pages.move_to_end(key)
        return found

    def put(self, key: str, tag: str, content: Content) -> None:
        if tag == self._version:
            self._pages[key] = content
            while len(self._pages) > KEPT:
                self._pages.popitem(last=False)


CACHE = web.AppKey("register_cache", Cache)


async def answer(
    request: web.Request, app: App, make: Callable[[], Awaitable[Content]], site: str = ""
) -> web.Response:
    """The page, from memory when it was made since the register last changed; 304 when the browser has it.

    `site`: the address of this site when the page names it. Where none is set, whoever asks decides what it is called,
    and must not decide it for others.
    """
    now, today = await app.database.read(version), app.turns.now().date()
    key = f"{site} {request.path_qs}"
    tag = _tag(key, now, today)
    headers = {**HEADERS, "ETag": f'"{tag}"'}
    if request.headers.get("If-None-Match", "").removeprefix("W/").strip('"') == tag:
        return web.Response(status=304, headers=headers)
    cache, state = request.app[CACHE], f"{now} {today}"
    content = cache.get(key, state)
    if content is None:
        content = await make()
        cache.put(key, state, content)
    if content.status != 200:
        headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
    return web.Response(text=content.text, content_type=content.kind, status=content.status, headers=headers)


def _tag(key: str, now: int, today: date) -> str:
    """Names what stands at an address: at this version of the register, of this program, today."""
    named = f"{key} {now} {today} {fingerprint()}"
    return hashlib.sha256(named.encode()).hexdigest()[:20]
