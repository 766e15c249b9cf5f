"""What search engines read: every page of the register, in each language, with its other languages beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

from aiohttp import web
from sqlmodel import Session

from bot.channels.web.app_keys import APP
from bot.pages.register.addresses import Addresses
from bot.pages.register.feed import site_of
from dialogs.questionnaire.register import EntryQuery, values_of
from storage.search import public
from storage.search.query import search

__all__ = ["index", "part"]

ENTRIES = 1_000
"""Entries in a part: with six languages each, far below the 50,000 addresses and 50 MB that sitemaps.org allows."""
TOPICS = ("line", "goal", "region", "country")

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"


async def index(request: web.Request) -> web.Response:
    """The parts: first that of topics, then those of entries."""
    app, site = request.app[APP], site_of(request)
    number = await app.database.read(lambda session: len(search(session, EntryQuery())))
    parts = range(1 + -(-number // ENTRIES))
    listed = "".join(f"<sitemap><loc>{escape(site)}/register/sitemap-{each}.xml</loc></sitemap>\n" for each in parts)
    return _xml(f'{HEAD}<sitemapindex xmlns="{SITEMAPS}">\n{listed}</sitemapindex>\n')


async def part(request: web.Request) -> web.Response:
    """A part: number 0 has the topics, the others entries in the order of their numbers."""
    app, site, number = request.app[APP], site_of(request), int(request.match_info["part"])
    languages = [Addresses(language, site) for language in app.words.languages]
    if number == 0:
        same = [[to.search() for to in languages], [to.matrix() for to in languages], [to.data() for to in languages]]
        same += [[to.topic(facet, value) for to in languages] for facet in TOPICS for value in values_of(facet)]
        return _addresses((each, None) for each in _named(same, app.words.languages))

    def read(session: Session) -> tuple[public.PublicEntry, ...]:
        numbers = search(session, EntryQuery()).entries
        return public.some(session, numbers[(number - 1) * ENTRIES : number * ENTRIES])

    entries = await app.database.look(read)
    if not entries:
        raise web.HTTPNotFound
    each_entry = ([to.entry(entry.reference) for to in languages] for entry in entries)
    changed = (f"{entry.changed:%Y-%m-%d}" for entry in entries)
    return _addresses(zip(_named(each_entry, app.words.languages), changed, strict=True))


def _named(same: Iterable[list[str]], languages: tuple[str, ...]) -> Iterable[dict[str, str]]:
    return (dict(zip(languages, each, strict=True)) for each in same)


def _addresses(pages: Iterable[tuple[Mapping[str, str], str | None]]) -> web.Response:
    lines = [f'{HEAD}<urlset xmlns="{SITEMAPS}" xmlns:xhtml="{XHTML}">\n']
    for languages, changed in pages:
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{language}" href="{escape(address)}"/>'
            for language, address in languages.items()
        )
        when = f"<lastmod>{changed}</lastmod>" if changed else ""
        lines += [f"<url><loc>{escape(address)}</loc>{when}{others}</url>\n" for address in languages.values()]
    return _xml("".join([*lines, "</urlset>\n"]))


def _xml(text: str) -> web.Response:
    return web.Response(text=text, content_type="application/xml", headers={"Cache-Control": "no-cache"})
