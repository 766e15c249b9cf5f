"""An Atom feed (RFC 4287) of any search: its newest entries, with the filters that it had."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

from aiohttp import web
from sqlmodel import Session

from bot.app import App
from bot.channels.web.access.origin import origin_of
from bot.channels.web.app_keys import APP
from bot.pages.register import labels
from bot.pages.register.addresses import Addresses, query_of
from bot.pages.register.cache import Content, answer
from dialogs.domain.messages import M
from dialogs.questionnaire.register import EntryQuery, goals_in, lines_in
from storage.search import public
from storage.search.public import PublicEntry
from storage.search.query import search

__all__ = ["serve", "site_of"]

ATOM = "http://www.w3.org/2005/Atom"
XML = "http://www.w3.org/XML/1998/namespace"
ENTRIES = 30
FOUNDED = datetime(2004, 1, 1, tzinfo=UTC)
"""When the register began: an empty feed has to have changed at some time."""

ElementTree.register_namespace("", ATOM)


def site_of(request: web.Request) -> str:
    """The address under which this site is known: as it is set, else as it was asked for."""
    app = request.app[APP]
    if app.settings.public_url:
        return app.settings.public_url
    return f"{request.scheme}://{origin_of(request, app.settings.trusted_proxies).host}"


async def serve(request: web.Request) -> web.Response:
    app, language = request.app[APP], request.match_info["language"]
    if language not in app.words.languages:
        raise web.HTTPNotFound
    query, _ = query_of(request)
    to = Addresses(language, site_of(request))
    response = await answer(request, app, lambda: _content(app, to, query), to.base)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


async def _content(app: App, to: Addresses, query: EntryQuery) -> Content:
    def newest(session: Session) -> tuple[PublicEntry, ...]:
        numbers = search(session, query).entries
        return public.some(session, reversed(numbers[-ENTRIES:] if numbers else numbers))

    entries = await app.database.read(newest)
    feed = _element("feed", **{f"{{{XML}}}lang": to.language})
    parts = [app.words.say(part, to.language) for part in labels.sought(query)]
    title = app.words.say(M("public.title"), to.language)
    _add(feed, "title", ": ".join([title, "; ".join(parts)]) if parts else title)
    _add(feed, "id", to.feed(query))
    _add(feed, "updated", _moment(max((entry.changed for entry in entries), default=FOUNDED)))
    _add(feed, "link", rel="self", type="application/atom+xml", href=to.feed(query))
    _add(feed, "link", rel="alternate", type="text/html", href=to.search(query))
    _add(feed, "rights", app.settings.register_licence)
    for entry in entries:
        feed.append(_entry(entry, to))
    text = ElementTree.tostring(feed, encoding="unicode", xml_declaration=False)
    return Content(f'<?xml version="1.0" encoding="utf-8"?>\n{text}', "application/atom+xml")


def _entry(entry: PublicEntry, to: Addresses) -> ElementTree.Element:
    host, since = urlsplit(to.base).hostname or "localhost", entry.since
    made = _element("entry", **{f"{{{XML}}}lang": entry.language})
    _add(made, "title", entry.title)
    _add(made, "id", f"tag:{host},{since:%Y-%m-%d}:{entry.reference}")
    _add(made, "published", _moment(since))
    _add(made, "updated", _moment(entry.changed))
    _add(made, "link", rel="alternate", type="text/html", href=to.entry(entry.reference))
    author = ElementTree.SubElement(made, f"{{{ATOM}}}author")
    _add(author, "name", entry.organisation)
    _add(made, "summary", str(entry.answers.get("description") or entry.title))
    for code in (*lines_in(entry.answers), *(f"SDG {goal}" for goal in goals_in(entry.answers))):
        _add(made, "category", term=code)
    return made


def _element(name: str, **attributes: str) -> ElementTree.Element:
    return ElementTree.Element(f"{{{ATOM}}}{name}", attributes)


def _add(parent: ElementTree.Element, name: str, said: str | None = None, **attributes: str) -> None:
    child = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    child.text = _allowed(said) if said is not None else None


def _allowed(text: str) -> str:
    """Without the characters that XML 1.0 cannot have."""
    return "".join(each for each in text if each in "\t\n\r" or (each >= " " and each not in "\ufffe\uffff"))


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
