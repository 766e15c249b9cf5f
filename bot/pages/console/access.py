"""Who is in the console: a cookie of its own, given for a one-time link, good for a day's work."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from aiohttp import web
from sqlmodel import Session

from bot.app import App
from bot.channels.web.access.origin import origin_of
from bot.channels.web.app_keys import APP
from dialogs.domain.roles import Right, Role, may
from storage.organizers import console
from storage.people import people
from storage.tables import PersonRow

__all__ = ["Organizer", "let_in", "let_out", "organizer", "signed_in"]

COOKIE = "stocktaking-console"
SECURE_COOKIE = "__Secure-stocktaking-console"
PATH = "/organize"


@dataclass(frozen=True, slots=True)
class Organizer:
    """Who asks for a page, and how they read it."""

    person: int
    role: Role
    language: str
    zone: str | None

    def may(self, right: Right | None) -> bool:
        return may(self.role, right)


async def organizer(request: web.Request) -> Organizer:
    """Who is asking. Without a session: the page that says how to come in."""
    app, secret = request.app[APP], request.cookies.get(_name(request), "")

    def look(session: Session) -> Organizer | None:
        found = console.who(session, secret, app.turns.now()) if secret else None
        if found is None:
            return None
        row = session.get_one(PersonRow, found[0])
        return Organizer(found[0], found[1], people.language(session, found[0]), row.zone)

    found = await app.database.read(look)
    if found is None:
        raise web.HTTPSeeOther(f"{PATH}/out")
    return found


async def signed_in(request: web.Request, right: Right | None = None) -> tuple[App, Organizer]:
    """The app, and who asks. What they may not see is not there for them."""
    who = await organizer(request)
    if not who.may(right):
        raise web.HTTPNotFound
    return request.app[APP], who


async def let_in(request: web.Request, token: str) -> web.Response | None:
    """Use a link; None when it is no good."""
    app, secret = request.app[APP], secrets.token_urlsafe(32)
    who = await app.database.write(lambda session: console.enter(session, token, secret, app.turns.now()))
    if who is None:
        return None
    response = web.HTTPSeeOther(PATH)
    secure = _name(request) == SECURE_COOKIE or origin_of(request, app.settings.trusted_proxies).secure
    response.set_cookie(_name(request), secret, httponly=True, samesite="Lax", secure=secure, path=PATH)
    return response


async def let_out(request: web.Request, *, everywhere: bool) -> web.Response:
    """End this session, or all of this person."""
    app, secret = request.app[APP], request.cookies.get(_name(request), "")

    def work(session: Session) -> None:
        found = console.who(session, secret, app.turns.now())
        if everywhere and found is not None:
            console.sign_out_everywhere(session, found[0])
        console.sign_out(session, secret)

    await app.database.write(work)
    response = web.HTTPSeeOther(f"{PATH}/out")
    response.set_cookie(_name(request), "", max_age=0, path=PATH, secure=_name(request) == SECURE_COOKIE)
    return response


def _name(request: web.Request) -> str:
    return SECURE_COOKIE if (request.app[APP].settings.public_url or "").startswith("https:") else COOKIE
