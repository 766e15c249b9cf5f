"""Who a browser is: a random cookie, of which the store knows only the hash."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace
from functools import cache
from zoneinfo import available_timezones

from aiohttp import web

from locales.words import Words

__all__ = ["CHANNEL", "Visitor", "remember", "visitor"]

CHANNEL = "web"
COOKIE = "stocktaking"
ZONE_COOKIE = "zone"
YEAR = 365 * 24 * 3600
SECRET_CHARACTERS = 43
"""Length of a cookie: 256 random bits in base64."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser. `address` is what the store knows it by; `new` when the cookie is to be set."""

    secret: str
    language: str
    zone: str | None
    new: bool

    def as_stranger(self) -> Visitor:
        """The same browser under a cookie of our own making: nobody brings one that we never gave."""
        return replace(self, secret=secrets.token_urlsafe(32), new=True)

    @property
    def address(self) -> str:
        return hashlib.sha256(self.secret.encode()).hexdigest()


def visitor(request: web.Request, words: Words) -> Visitor:
    """Who is asking, with the language and the clock that their browser tells."""
    secret = request.cookies.get(COOKIE, "")
    known = len(secret) == SECRET_CHARACTERS and secret.isascii()
    zone = request.cookies.get(ZONE_COOKIE)
    return Visitor(
        secret=secret if known else secrets.token_urlsafe(32),
        language=_language(request, words),
        zone=zone if zone in _zones() else None,
        new=not known,
    )


@cache
def _zones() -> frozenset[str]:
    """The names of all zones, looked up on the disk once: that takes longer than the rest of a request."""
    return frozenset(available_timezones())


def remember(request: web.Request, response: web.StreamResponse, who: Visitor) -> None:
    """Set the cookie of a new visitor."""
    if who.new:
        secure = request.headers.get("X-Forwarded-Proto", request.scheme) == "https"
        response.set_cookie(COOKIE, who.secret, max_age=YEAR, httponly=True, samesite="Lax", secure=secure, path="/")


def _language(request: web.Request, words: Words) -> str:
    """The language asked for by `?language=`, else the nearest to the browser's first choice."""
    asked = request.query.get("language")
    if asked in words.languages:
        return str(asked)
    header = request.headers.get("Accept-Language", "")
    first = header.split(",")[0].split(";")[0].strip()
    return words.offered(first or None)
