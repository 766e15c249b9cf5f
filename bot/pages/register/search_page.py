"""Pages about many entries: what a search finds, all values of a facet, a topic, the matrix, an embedded list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.app import App
from bot.pages.register import labels, render
from bot.pages.register.addresses import FORMATS, Addresses
from bot.pages.register.cache import Content
from dialogs.domain.messages import Listing, M, Message, Value
from dialogs.questionnaire.register import FACETS, EntryQuery, values_of
from storage.search import public
from storage.search.query import heat

__all__ = ["data", "embedded", "matrix", "results", "topic", "values"]

PAGE = 20
"""Entries of a page."""
SHOWN = 7
"""Values of a facet that stand beside a list; the others have a page of their own."""
BESIDE = ("line", "goal", "region", "country", "organization", "activity", "status", "language", "year")
"""The facets that stand beside a list; the others have a page of their own."""
EMBEDDED = 10
SHADES = 5


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value, how many entries have it, whether it is wanted, and the address with it wanted or no longer."""

    label: Value
    number: int
    chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class FacetView:
    name: Message
    values: tuple[FacetValue, ...]
    more: str
    """The address of all its values; empty when all are shown."""


async def results(app: App, to: Addresses, query: EntryQuery, number: int) -> Content:
    """What a search finds, a page of it, and the facets beside it."""
    page = await app.database.read(lambda session: public.page(session, query, PAGE, number * PAGE))
    last = max(0, (page.number - 1) // PAGE)
    text = render.page(
        "search.html",
        app,
        to,
        title=_title(query),
        query=query,
        number=page.number,
        entries=page.entries,
        sought=list(labels.sought(query)),
        chosen=_chosen(query, to),
        facets=[_facet(facet, page.found.counts[facet], query, to) for facet in BESIDE],
        others=[
            (labels.facet_name(facet), to.values(facet, query))
            for facet in FACETS
            if facet not in BESIDE and page.found.counts[facet]
        ],
        before=to.search(query, number - 1) if number else "",
        after=to.search(query, number + 1) if number < last else "",
        place=M("public.page", number=number + 1, pages=last + 1) if last else None,
        formats=FORMATS,
        here=lambda language: to.within(language).search(query, number),
    )
    return Content(text)


async def values(app: App, to: Addresses, query: EntryQuery, facet: str) -> Content:
    """All values of a facet that an entry of this search has, by name."""
    page = await app.database.read(lambda session: public.page(session, query, 0))
    view = _facet(facet, page.found.counts[facet], query, to, most=None)
    text = render.page(
        "values.html",
        app,
        to,
        title=M("public.by", facet=labels.facet_name(facet)),
        query=query,
        number=page.number,
        sought=list(labels.sought(query)),
        chosen=_chosen(query, to),
        values=_by_name(view.values, app, to.language) if facet in ("country", "language", "spoken") else view.values,
        here=lambda language: to.within(language).values(facet, query),
    )
    return Content(text)


async def matrix(app: App, to: Addresses, query: EntryQuery) -> Content:
    """Action Lines by goals: a table of numbers, shaded, in which each leads to its entries."""

    def read(session: Any) -> tuple[public.Page, Mapping[tuple[str, str], int]]:
        page = public.page(session, query, 0)
        return page, heat(session, page.found, "goal", "line")

    page, cells = await app.database.read(read)
    most = max(cells.values(), default=0)
    goals, lines = values_of("goal"), [line for line in values_of("line") if page.found.counts["line"].get(line)]
    rows = [
        (line, [_cell(cells.get((goal, line), 0), most, query, line, goal, to) for goal in goals]) for line in lines
    ]
    text = render.page(
        "matrix.html",
        app,
        to,
        title=M("public.matrix"),
        query=query,
        number=page.number,
        sought=list(labels.sought(query)),
        chosen=_chosen(query, to),
        goals=goals,
        rows=rows,
        legend=[(shade, _least(shade, most)) for shade in range(1, SHADES + 1)] if most else [],
        most=most,
        here=lambda language: to.within(language).matrix(query),
    )
    return Content(text)


async def topic(app: App, to: Addresses, facet: str, value: str) -> Content:
    """An Action Line, a goal, a country or a region: how many entries, what they are about, the newest."""
    query = EntryQuery.of("", {facet: (value,)})
    page = await app.database.read(lambda session: public.page(session, query, EMBEDDED))
    beside = [each for each in ("line", "goal", "region", "country", "organization", "year") if each != facet]
    text = render.page(
        "topic.html",
        app,
        to,
        title=labels.label_of(facet, value),
        kind=labels.facet_name(facet),
        goal=value if facet == "goal" else "",
        query=query,
        number=page.number,
        entries=page.entries,
        facets=[_facet(each, page.found.counts[each], query, to) for each in beside],
        siblings=[(labels.short(facet, each), each == value, to.topic(facet, each)) for each in _siblings(facet)],
        here=lambda language: to.within(language).topic(facet, value),
    )
    return Content(text)


async def embedded(app: App, to: Addresses, query: EntryQuery) -> Content:
    page = await app.database.read(lambda session: public.page(session, query, EMBEDDED))
    text = render.page(
        "embed.html",
        app,
        to,
        title=_title(query),
        query=query,
        number=page.number,
        entries=page.entries,
        sought=list(labels.sought(query)),
    )
    return Content(text)


async def data(app: App, to: Addresses) -> Content:
    """What programs can read here, and under which terms."""
    page = await app.database.read(lambda session: public.page(session, EntryQuery(), 0))
    base = app.settings.public_url or ""
    text = render.page(
        "data.html",
        app,
        to,
        title=M("public.open_data"),
        query=EntryQuery(),
        number=page.number,
        licence=app.settings.register_licence,
        dataset=_dataset(app, to, base),
        here=lambda language: to.within(language).data(),
    )
    return Content(text)


def _dataset(app: App, to: Addresses, base: str) -> dict[str, Any]:
    """The whole register as schema.org describes a data set."""
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": app.words.say(M("public.title"), to.language),
        "description": app.words.say(M("public.lead"), to.language),
        "url": f"{base}{to.data()}",
        "license": app.settings.register_licence,
        "inLanguage": list(app.words.languages),
        "isAccessibleForFree": True,
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": f"{base}{path}"}
            for kind, path in (
                ("application/zip", "/api/v1/package/stocktaking.zip"),
                ("application/json", "/api/v1/entries"),
                ("text/csv", to.download("csv")),
            )
        ],
    }


def _title(query: EntryQuery) -> Value:
    """A search in a line, for the tab and the history."""
    parts = tuple(labels.sought(query))
    return Listing(parts) if parts else M("public.heading")


def _chosen(query: EntryQuery, to: Addresses) -> list[tuple[Value, Value, str]]:
    """Each part of the search, and the address without it."""
    words = [(M("public.words"), query.words, to.search(query.without_words()))] if query.words else []
    wanted = [
        (labels.facet_name(facet), labels.short(facet, value), to.search(query.toggled(facet, value)))
        for facet, values in query.wanted
        for value in values
    ]
    return [*words, *wanted]


def _facet(
    facet: str, counts: Mapping[str, int], query: EntryQuery, to: Addresses, most: int | None = SHOWN
) -> FacetView:
    """The values that are wanted, then those that most entries have, in their usual order."""
    wanted = query.values(facet)
    order = {value: place for place, value in enumerate(values_of(facet) or sorted(counts, reverse=True))}
    often = sorted(counts, key=lambda value: (-counts[value], order.get(value, 0)))
    kept = {*wanted, *often[:most]}
    ordered = sorted(kept, key=lambda value: order.get(value, len(order)))
    if most is not None and facet in ("country", "target", "spoken"):
        ordered = sorted(kept, key=lambda value: (value not in wanted, -counts.get(value, 0)))
    shown = tuple(_value(facet, value, counts.get(value, 0), query, to) for value in ordered)
    return FacetView(labels.facet_name(facet), shown, to.values(facet, query) if len(counts) > len(kept) else "")


def _value(facet: str, value: str, number: int, query: EntryQuery, to: Addresses) -> FacetValue:
    chosen, toggled = value in query.values(facet), query.toggled(facet, value)
    return FacetValue(labels.short(facet, value), number, chosen, to.search(toggled))


def _by_name(values: Sequence[FacetValue], app: App, language: str) -> list[FacetValue]:
    named = {value.label: value for value in values}
    return [named[label] for label in app.words.in_order(named, language)]


def _siblings(facet: str) -> tuple[str, ...]:
    """The other pages of the same kind, where they are few."""
    return values_of(facet) if facet in ("goal", "region", "line") else ()


def _cell(number: int, most: int, query: EntryQuery, line: str, goal: str, to: Addresses) -> tuple[int, int, str]:
    """How many entries, the shade for it, and the address that lists them."""
    return number, _shade(number, most), to.search(query.only("line", line).only("goal", goal))


def _shade(number: int, most: int) -> int:
    """0 for none, else 1 to `SHADES`."""
    return 0 if not number else min(SHADES, 1 + (number - 1) * SHADES // most)


def _least(shade: int, most: int) -> int:
    """The smallest number that has a shade."""
    return next((number for number in range(1, most + 1) if _shade(number, most) >= shade), most)
