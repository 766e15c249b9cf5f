"""Leaving a computer that others use too, and coming back: the session ends, the person's drafts stay.

The code to come back is shown before anything ends, so that an answer that is lost on its way costs nobody their draft.
It is followed by a button, never by looking, and opens one session, once.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from aiohttp import web
from sqlmodel import Session

from bot.channels.web import pages
from bot.channels.web.access.identity import Visitor, forget_cookie, keep_session, recognised
from bot.channels.web.access.limits import LIMITS
from bot.channels.web.access.origin import origin_of
from bot.channels.web.app_keys import APP, HUB
from bot.channels.web.first_page import qr
from bot.channels.web.forms import plain_form
from storage.mail import letter_tokens
from storage.people import people, sessions
from storage.people.sessions import Known

__all__ = ["COMMANDS", "come_back", "elsewhere", "leave", "offer"]


ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no letter in it is taken for another character."""
LENGTH = 16
"""Characters of a code: 80 random bits."""
GROUP = 4
LOOKALIKES = str.maketrans("OIL", "011")


async def offer(request: web.Request, who: Visitor) -> web.Response:
    """Say what leaving means, with a code to come back. Nothing has ended yet."""
    app = request.app[APP]
    if who.known is None:
        return _left(request, who)
    if who.known.draft is not None:  # a letter opened this browser: the letter leads back
        return await leave(request)
    shown, link, until, language = await _minted(request, who.known.person)
    return _html(pages.leaving(app, language, who.zone, shown, link, until))


async def elsewhere(request: web.Request, who: Visitor) -> web.Response:
    """A code to go on with on another device; this one goes on too."""
    app = request.app[APP]
    if who.known is None or who.known.draft is not None:
        raise web.HTTPSeeOther("/chat#now")  # there is nothing to go on with, or a letter that leads there
    shown, link, until, language = await _minted(request, who.known.person)
    return _html(pages.elsewhere(app, language, who.zone, shown, link, until, qr(link)))


async def _minted(request: web.Request, person: int) -> tuple[str, str, datetime, str]:
    """A fresh code as it is read, the address with it, until when it is good, and the language of its person."""
    app = request.app[APP]
    code, now = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH)), app.turns.now()
    until = await app.database.write(lambda session: sessions.mint_return(session, person, _hashed(code), now))
    language = await app.database.read(lambda session: people.language(session, person))
    shown = "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))
    return shown, f"{_own_address(request)}/?back={shown}", until, language


async def leave(request: web.Request) -> web.Response:
    """End the session: its cookie is good for nothing any more, and the browser keeps nothing."""
    app, who = request.app[APP], await recognised(request)
    if who.known is not None:
        await app.database.write(lambda session: _end(session, who.address, who.known))
        request.app[HUB].end(who.address)
    return _left(request, who)


def _end(session: Session, address: str, known: Known | None) -> None:
    """End a session. Links in letters that are out open nothing any more: somebody may have read them here."""
    if known is not None:
        letter_tokens.revoke(session, known.person)
    sessions.end(session, address)


async def come_back(request: web.Request) -> web.StreamResponse:
    """Open a session by a code; back to the first page, with a word, when it is no good."""
    app, who, form = request.app[APP], await recognised(request), await plain_form(request)
    request.app[LIMITS].people.take(origin_of(request, app.settings.trusted_proxies).address)
    if who.known is not None:
        raise web.HTTPSeeOther("/chat#now")  # they are in a conversation, which must not get lost behind another
    code, fresh, now = _hashed(form.get("back", "")), who.under_new_cookie(), app.turns.now()
    person = await app.database.write(lambda session: sessions.come_back(session, code, fresh.address, now))
    if person is None:
        raise web.HTTPGone
    response = web.HTTPSeeOther("/chat#now")
    await keep_session(request, response, fresh)
    return response


def _left(request: web.Request, who: Visitor) -> web.Response:
    response = _html(pages.left(request.app[APP], who.language))
    forget_cookie(request, response)
    return response


def _hashed(code: str) -> str:
    """What the store knows a code by, however it was typed."""
    plain = re.sub(r"[^0-9A-Z]", "", code[: pages.LONGEST_CODE].upper()).translate(LOOKALIKES)
    return hashlib.sha256(f"return {plain}".encode()).hexdigest()


def _own_address(request: web.Request) -> str:
    settings = request.app[APP].settings
    origin = origin_of(request, settings.trusted_proxies)
    return settings.public_url or f"{'https' if origin.secure else 'http'}://{origin.host}"


def _html(text: str) -> web.Response:
    return web.Response(text=text, content_type="text/html")


COMMANDS: Mapping[str, Callable[[web.Request, Visitor], Awaitable[web.Response]]] = {
    "leave": offer,
    "elsewhere": elsewhere,
}
"""Commands that are answered by a page of their own."""
