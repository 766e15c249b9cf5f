"""`/verify`: anybody can check a receipt; `/.well-known/jwks.json`: the keys to do so elsewhere."""

from __future__ import annotations

from aiohttp import web

from bot.channels.web import pages
from bot.channels.web.access.identity import visitor
from bot.channels.web.app_keys import APP
from bot.channels.web.forms import plain_form
from bot.file_hashes import sha256_of
from dialogs.account.receipts import outcome
from dialogs.domain.entries.receipt import Verification
from storage.receipts import check, keys

__all__ = ["ROUTES"]

CHECKED = "public, max-age=300"


async def ask(request: web.Request) -> web.Response:
    """The form. Nothing is checked by looking."""
    return _page(request, None)


async def answer(request: web.Request) -> web.Response:
    """What the receipt turns out to be. The bytes of its entry's files are read now."""
    app, form = request.app[APP], await plain_form(request)
    folder = app.settings.files
    found = await app.database.look(
        lambda session: check.verify(session, form.get("text", ""), lambda id: sha256_of(folder / id))
    )
    return _page(request, found)


def _page(request: web.Request, found: Verification | None) -> web.Response:
    said = outcome(found) if found is not None else []
    text = pages.verify(request.app[APP], visitor(request), said, good=found is not None and found.verdict.good)
    return web.Response(text=text, content_type="text/html")


async def jwks(request: web.Request) -> web.Response:
    """Every key that receipts were ever signed with."""
    public = await request.app[APP].database.read(keys.public_keys)
    return web.json_response(keys.jwks(public), headers={"Cache-Control": CHECKED})


ROUTES = [web.get("/verify", ask), web.post("/verify", answer), web.get("/.well-known/jwks.json", jwks)]
