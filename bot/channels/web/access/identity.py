"""Who a browser is: a random cookie, of which the store knows only the hash."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace
from functools import cache
from zoneinfo import available_timezones

from aiohttp import web

from bot.channels.web.access.origin import origin_of
from bot.channels.web.app_keys import APP
from locales.negotiation import of_header, of_zone
from locales.words import SOURCE, Words
from storage.people import sessions
from storage.people.sessions import Known

__all__ = ["CHANNEL", "Visitor", "forget_cookie", "keep_session", "recognised", "visitor"]

CHANNEL = "web"
COOKIE = "stocktaking"
SECURE_COOKIE = "__Host-stocktaking"
"""Behind a public address: browsers take a cookie so named from this very host alone, and over TLS."""
ZONE_COOKIE = "zone"
YEAR = 365 * 24 * 3600
SECRET_CHARACTERS = 43
"""Length of a cookie: 256 random bits in base64."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser. `address` is what the store knows it by; `new` when it has no cookie yet. `known` is its session, when
    it was looked up and there is one; `old_name`: its cookie is from before there was a public address.
    """

    secret: str
    language: str
    zone: str | None
    new: bool
    known: Known | None = None
    old_name: bool = False

    def under_new_cookie(self) -> Visitor:
        """The same browser under a cookie of our own making: nobody brings one that we never gave."""
        return replace(self, secret=secrets.token_urlsafe(32), new=True, known=None, old_name=False)

    @property
    def only(self) -> str | None:
        """The one draft that this browser is good for, when a letter opened it."""
        return self.known.draft if self.known is not None else None

    @property
    def address(self) -> str:
        return hashlib.sha256(self.secret.encode()).hexdigest()


def visitor(request: web.Request) -> Visitor:
    """Who is asking, with the language and the clock that their browser tells."""
    name = _cookie_name(request)
    secret = request.cookies.get(name, "")
    old_name = not _is_secret(secret) and _is_secret(request.cookies.get(COOKIE, ""))
    if old_name:
        secret = request.cookies[COOKIE]
    known = _is_secret(secret)
    zone = request.cookies.get(ZONE_COOKIE)
    return Visitor(
        secret=secret if known else secrets.token_urlsafe(32),
        language=_language(request, request.app[APP].words),
        zone=zone if zone in _zones() else None,
        new=not known,
        old_name=old_name,
    )


async def recognised(request: web.Request) -> Visitor:
    """Who is asking, looked up. A cookie that we don't know is replaced: nobody can be given somebody else's."""
    app, who = request.app[APP], visitor(request)
    if who.new:
        return who
    known = await app.database.read(lambda session: sessions.known(session, who.address, app.turns.now()))
    return replace(who, known=known) if known is not None else who.under_new_cookie()


async def keep_session(
    request: web.Request, response: web.StreamResponse, who: Visitor, rights: tuple[int, str | None] | None = None
) -> Visitor:
    """Renew a session by its use, or have it go on under another cookie; who the browser is from now on.

    `rights`: whose rights the session has after this request. A cookie made for other ones is replaced, so that one
    that somebody may have seen before is worth nothing now.
    """
    app, known = request.app[APP], who.known
    now = app.turns.now()
    if known is None:
        await app.database.write(lambda session: sessions.renew(session, who.address, now))
        _set_cookie(request, response, who)
        return who
    gained = rights is not None and known.made_for is not None and known.made_for != rights
    if gained or known.replaced or who.old_name:
        other = replace(who.under_new_cookie(), known=known)
        await app.database.write(lambda session: sessions.replace(session, who.address, other.address, now))
        _set_cookie(request, response, other)
        return other
    if known.fresh:
        await app.database.write(lambda session: sessions.settle(session, who.address))
    if known.stale:
        await app.database.write(lambda session: sessions.renew(session, who.address, now))
        _set_cookie(request, response, who)
    return who


def forget_cookie(request: web.Request, response: web.StreamResponse) -> None:
    """Have the browser forget its session and all that our pages keep there."""
    for name in {COOKIE, ZONE_COOKIE, _cookie_name(request)}:
        response.set_cookie(name, "", max_age=0, path="/", secure=name == SECURE_COOKIE, httponly=True, samesite="Lax")
    response.headers["Clear-Site-Data"] = '"storage"'  # "cookies" would take those of all hosts of our domain


def _set_cookie(request: web.Request, response: web.StreamResponse, who: Visitor) -> None:
    name, app = _cookie_name(request), request.app[APP]
    secure = name == SECURE_COOKIE or origin_of(request, app.settings.trusted_proxies).secure
    response.set_cookie(name, who.secret, max_age=YEAR, httponly=True, samesite="Lax", secure=secure, path="/")
    if name != COOKIE and COOKIE in request.cookies:
        response.del_cookie(COOKIE, path="/")


def _cookie_name(request: web.Request) -> str:
    return SECURE_COOKIE if (request.app[APP].settings.public_url or "").startswith("https:") else COOKIE


def _is_secret(value: str) -> bool:
    return len(value) == SECRET_CHARACTERS and value.isascii()


@cache
def _zones() -> frozenset[str]:
    """The names of all zones, looked up on the disk once: that takes longer than the rest of a request."""
    return frozenset(available_timezones())


def _language(request: web.Request, words: Words) -> str:
    """The language asked for by `?language=`, else the browser's, else one of where its clock is; English at last."""
    asked = request.query.get("language")
    if asked in words.languages:
        return str(asked)
    header = request.headers.get("Accept-Language", "").strip()
    if header in ("", "*"):
        return of_zone(request.cookies.get(ZONE_COOKIE), words.languages) or SOURCE
    return of_header(header, words.languages) or SOURCE
