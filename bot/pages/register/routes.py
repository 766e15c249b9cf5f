"""The addresses of the register's pages, and what stands at each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib import resources

from aiohttp import web

from bot.app import App
from bot.channels.web.app_keys import APP
from bot.pages.register import citations, downloads, entry_page, feed, search_page, sitemap
from bot.pages.register.addresses import Addresses, query_of
from bot.pages.register.cache import CACHE, Cache, answer
from bot.pages.register.render import STATIC
from dialogs.questionnaire.register import FACETS, is_value

__all__ = ["attach"]

FOREVER = "public, max-age=31536000, immutable"

TOPICS = ("line", "goal", "country", "region")
"""Facets whose values have a page of their own."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def attach(site: web.Application) -> None:
    """Add the register's pages to a site that has the web chat."""
    site[CACHE] = Cache()
    within = "/register/{language:[a-z]{2}}"
    site.add_routes(
        [
            web.get("/register", choose_language),
            web.get("/register/", choose_language),
            web.get("/register/sitemap.xml", sitemap.index),
            web.get("/register/sitemap-{part:[0-9]{1,4}}.xml", sitemap.part),
            web.get("/register/static/{hash}/{name}", static),
            web.get("/register/{reference:WSIS-[0-9]{4}-[0-9]{6,9}}", choose_language),
            web.get(within, search),
            web.get(within + "/by/{facet}", values),
            web.get(within + "/matrix", matrix),
            web.get(within + "/data", data),
            web.get(within + "/embed", embedded),
            web.get(within + "/feed.atom", feed.serve),
            web.get(within + "/entries.{form:csv|xlsx|json}", downloads.serve),
            web.get(within + "/{reference:WSIS-[0-9]{4}-[0-9]{6,9}}", entry),
            web.get(within + "/{reference:WSIS-[0-9]{4}-[0-9]{6,9}}.{form:ris|bib|json}", citations.serve),
            web.get(within + "/{facet:line|goal|country|region}/{value}", topic),
        ]
    )


async def choose_language(request: web.Request) -> web.Response:
    """To the same in the reader's language."""
    words = request.app[APP].words
    wanted = request.headers.get("Accept-Language", "").split(",")[0].split(";")[0].strip()
    to = Addresses(words.offered(wanted or None))
    reference = request.match_info.get("reference")
    where = to.entry(reference) if reference else to.search(query_of(request)[0])
    return web.Response(status=302, headers={"Location": where, "Vary": "Accept-Language"})


async def search(request: web.Request) -> web.Response:
    app, to = _place(request)
    query, number = query_of(request)
    return await answer(request, app, lambda: search_page.results(app, to, query, number))


async def values(request: web.Request) -> web.Response:
    app, to = _place(request)
    facet, (query, _) = request.match_info["facet"], query_of(request)
    if facet not in FACETS:
        raise web.HTTPNotFound
    return await answer(request, app, lambda: search_page.values(app, to, query, facet))


async def matrix(request: web.Request) -> web.Response:
    app, to = _place(request)
    query, _ = query_of(request)
    return await answer(request, app, lambda: search_page.matrix(app, to, query))


async def topic(request: web.Request) -> web.Response:
    app, to = _place(request)
    facet, value = request.match_info["facet"], request.match_info["value"]
    if not is_value(facet, value):
        raise web.HTTPNotFound
    return await answer(request, app, lambda: search_page.topic(app, to, facet, value))


async def embedded(request: web.Request) -> web.Response:
    """A list for another site's page, in a frame: the one page of ours that others may show within theirs."""
    app, to = _place(request)
    query, _ = query_of(request)
    response = await answer(request, app, lambda: search_page.embedded(app, to, query))
    policy = response.headers["Content-Security-Policy"].replace("frame-ancestors 'none'", "frame-ancestors *")
    response.headers["Content-Security-Policy"] = policy
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


async def data(request: web.Request) -> web.Response:
    app, to = _place(request)
    return await answer(request, app, lambda: search_page.data(app, to))


async def entry(request: web.Request) -> web.Response:
    app, to = _place(request)
    reference = request.match_info["reference"]
    shown = await entry_page.find(app, reference)
    if shown is None:
        raise web.HTTPNotFound
    if isinstance(shown, str):  # merged into another; that can be taken back, so nobody may keep it unasked
        return web.Response(status=301, headers={"Location": to.entry(shown), "Cache-Control": "no-cache"})
    return await answer(request, app, lambda: entry_page.content(app, to, shown))


async def static(request: web.Request) -> web.Response:
    """A file of ours, under an address that changes with its content."""
    kind = STATIC.get(request.match_info["name"])
    if kind is None:
        raise web.HTTPNotFound
    source = resources.files("bot.pages.register") / "static" / request.match_info["name"]
    return web.Response(body=source.read_bytes(), headers={"Content-Type": kind, "Cache-Control": FOREVER})


def _place(request: web.Request) -> tuple[App, Addresses]:
    """The app, and addresses in the language of this one; 404 when it is none of ours."""
    app, language = request.app[APP], request.match_info["language"]
    if language not in app.words.languages:
        raise web.HTTPNotFound
    return app, Addresses(language)
