"""What can be asked of the interface: each operation with its parameters, its answer, and what it does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from aiohttp import web
from pydantic import BaseModel
from sqlmodel import Session

from bot.app import App
from bot.pages.api.models import (
    ChangesOut,
    ChangesQuery,
    EntriesOut,
    EntriesQuery,
    EntryOut,
    FacetOut,
    FacetsOut,
    FilterQuery,
    LabelsQuery,
    MatrixCell,
    MatrixOut,
    Nothing,
    ValueOut,
    change_of,
    entry_of,
)
from bot.pages.api.problems import Merged
from bot.pages.register import labels
from dialogs.domain.messages import Value
from dialogs.questionnaire.register import FACETS, EntryQuery
from storage.search import public
from storage.search.public import Gone
from storage.search.query import Cursor, heat

__all__ = ["OPERATIONS", "Asked", "Operation"]

ISOLATES = str.maketrans("", "", "\u2066\u2067\u2068\u2069\u200f")
"""Marks that keep directions apart on a page; a label stands alone."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, understood. `site` is the address under which this site is known."""

    app: App
    site: str
    path: Mapping[str, str]
    query: BaseModel


@dataclass(frozen=True, slots=True)
class Operation:
    """`path` has a parameter `{reference}`, or none; `refusals` are the statuses besides those that all have."""

    path: str
    name: str
    summary: str
    query: type[BaseModel]
    gives: type[BaseModel]
    act: Callable[[Asked], Awaitable[BaseModel]]
    refusals: tuple[int, ...] = ()


async def _entries(asked: Asked) -> EntriesOut:
    query = asked.query
    assert isinstance(query, EntriesQuery)
    wanted, behind = _wanted(query), _place(query.cursor)
    page = await asked.app.database.read(lambda session: public.page(session, wanted, query.limit, behind=behind))
    following = f"{int(page.last.titled)}.{page.last.number}" if page.last else None
    entries = tuple(entry_of(entry, asked.site) for entry in page.entries)
    return EntriesOut(total=page.number, entries=entries, next=following)


async def _entry(asked: Asked) -> EntryOut:
    reference = asked.path["reference"]
    into = await asked.app.database.read(lambda session: public.led_to(session, reference))
    if into is not None:
        raise Merged(into)
    found = await asked.app.database.read(lambda session: public.entry(session, reference))
    if isinstance(found, Gone):
        raise web.HTTPGone(text="It is not public any more.")
    if found is None:
        raise web.HTTPNotFound(text="No published entry has this reference.")
    return entry_of(found, asked.site)


async def _facets(asked: Asked) -> FacetsOut:
    query = asked.query
    assert isinstance(query, LabelsQuery)
    wanted, language = _wanted(query), query.labels
    page = await asked.app.database.read(lambda session: public.page(session, wanted, 0))

    def say(value: Value) -> str:
        return asked.app.words.say(value, language).translate(ISOLATES)

    def counted(facet: str) -> tuple[ValueOut, ...]:
        counts = sorted(page.found.counts[facet].items(), key=lambda item: (-item[1], item[0]))
        return tuple(
            ValueOut(value=value, count=count, label=say(labels.short(facet, value))) for value, count in counts
        )

    facets = tuple(FacetOut(facet=each, label=say(labels.facet_name(each)), values=counted(each)) for each in FACETS)
    return FacetsOut(total=page.number, facets=facets)


async def _matrix(asked: Asked) -> MatrixOut:
    query = asked.query
    assert isinstance(query, FilterQuery)
    wanted = _wanted(query)

    def read(session: Session) -> MatrixOut:
        page = public.page(session, wanted, 0)
        cells = sorted(heat(session, page.found, "goal", "line").items(), key=lambda cell: cell[0])
        made = tuple(MatrixCell(line=line, goal=goal, count=count) for (goal, line), count in cells)
        return MatrixOut(total=page.number, cells=made)

    return await asked.app.database.read(read)


async def _changes(asked: Asked) -> ChangesOut:
    query = asked.query
    assert isinstance(query, ChangesQuery)
    version, number = map(int, query.cursor.split("."))
    found, more = await asked.app.database.read(
        lambda session: public.changed_since(session, version, number, query.limit)
    )
    cursor = f"{found[-1].changed_in}.{found[-1].number}" if found else query.cursor
    return ChangesOut(changes=tuple(change_of(each, asked.site) for each in found), cursor=cursor, more=more)


def _wanted(query: FilterQuery) -> EntryQuery:
    """The search that parameters ask for. A value that a facet cannot have is refused by name (400)."""
    given = {facet: getattr(query, facet) for facet in FACETS}
    try:
        wanted = {facet: [each for each in values.split(",") if each] for facet, values in given.items() if values}
        return EntryQuery.of(query.q, wanted)
    except ValueError as error:
        raise web.HTTPBadRequest(text=str(error)) from None


def _place(cursor: str | None) -> Cursor | None:
    if cursor is None:
        return None
    titled, _, number = cursor.partition(".")
    return Cursor(titled == "1", int(number))


OPERATIONS = (
    Operation("/entries", "listEntries", "Entries by words and facets", EntriesQuery, EntriesOut, _entries),
    Operation("/entries/{reference}", "getEntry", "One published entry", Nothing, EntryOut, _entry, (404, 410)),
    Operation("/facets", "countFacets", "Exact counts of all facets, with labels", LabelsQuery, FacetsOut, _facets),
    Operation("/matrix", "countMatrix", "Entries of each Action Line and goal", FilterQuery, MatrixOut, _matrix),
    Operation("/changes", "listChanges", "What has changed since a cursor", ChangesQuery, ChangesOut, _changes),
)
