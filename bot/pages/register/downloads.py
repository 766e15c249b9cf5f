"""Any result taken away: as CSV or XLSX with labels in the reader's language, or as JSON with codes.

A result may be the whole register, so it is read and written some entries at a time.
"""

from __future__ import annotations

import asyncio
import csv
import io
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.app import App
from bot.channels.web.app_keys import APP
from bot.export.csv_cells import BOM, cell
from bot.pages.register import labels
from bot.pages.register.addresses import Addresses, query_of
from bot.pages.register.feed import site_of
from dialogs.domain.messages import LanguageName, M, Moment, Value
from dialogs.domain.questionnaire import Question
from dialogs.questionnaire.register import PUBLIC, EntryQuery
from storage.search import public
from storage.search.public import PublicEntry
from storage.search.query import search

__all__ = ["batches", "serve"]

AT_ONCE = 200
"""Entries in memory at once."""
KINDS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
ISOLATES = str.maketrans("", "", "\u2066\u2067\u2068\u2069\u200f")
"""Marks that keep directions apart on a page; a cell stands alone."""
WIDEST_SHEET = 1_048_575
"""Rows that a spreadsheet has, without its head."""


async def serve(request: web.Request) -> web.StreamResponse:
    """A file of the whole result, sent while it is being read."""
    app, form = request.app[APP], request.match_info["form"]
    language = request.match_info["language"]
    if language not in app.words.languages:
        raise web.HTTPNotFound
    query, _ = query_of(request)
    to = Addresses(language, site_of(request))
    headers = {
        "Content-Type": KINDS[form] + ("" if form == "xlsx" else "; charset=utf-8"),
        "Content-Disposition": f'attachment; filename="stocktaking.{form}"',
        "Cache-Control": "no-store",
    }
    if form == "xlsx":
        return web.Response(body=await _workbook(app, to, query), headers=headers)
    response = web.StreamResponse(headers=headers)
    await response.prepare(request)
    try:
        async for text in _csv(app, to, query) if form == "csv" else _json(app, to, query):
            await response.write(text.encode())
    except ConnectionResetError:
        pass  # whoever asked has gone
    return response


async def batches(app: App, query: EntryQuery) -> AsyncIterator[tuple[PublicEntry, ...]]:
    """All entries of a result, newest first, some at a time; one that is withdrawn meanwhile is left out."""
    numbers = list(reversed(await app.database.look(lambda session: search(session, query).entries)))
    for start in range(0, len(numbers), AT_ONCE):
        these = numbers[start : start + AT_ONCE]
        yield await app.database.look(lambda session, these=these: public.some(session, these))  # type: ignore[misc]


async def _csv(app: App, to: Addresses, query: EntryQuery) -> AsyncIterator[str]:
    sheet = _Sheet(app, to)
    yield BOM + _line([cell(name) for name in sheet.head()])
    async for entries in batches(app, query):
        yield "".join(_line([cell(value) for value in sheet.row(entry)]) for entry in entries)


async def _json(app: App, to: Addresses, query: EntryQuery) -> AsyncIterator[str]:
    """The entries as the API gives them."""
    from bot.pages.api.models import entry_of

    yield "["
    first = True
    async for entries in batches(app, query):
        for entry in entries:
            text = entry_of(entry, to.base).model_dump_json()
            yield text if first else ",\n" + text
            first = False
    yield "]\n"


async def _workbook(app: App, to: Addresses, query: EntryQuery) -> bytes:
    """A sheet in the reader's direction, with its head kept in sight and a filter on it."""
    import xlsxwriter

    sheet = _Sheet(app, to)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stocktaking.xlsx"
        book = xlsxwriter.Workbook(path, PLAINLY)
        page = book.add_worksheet()
        if app.words.direction(to.language) == "rtl":
            page.right_to_left()
        page.freeze_panes(1, 0)
        page.write_row(0, 0, sheet.head(), book.add_format({"bold": True}))
        row = 1
        async for entries in batches(app, query):
            for entry in entries:
                if row > WIDEST_SHEET:
                    break
                page.write_row(row, 0, [_shortened(value) for value in sheet.row(entry)])
                row += 1
        await asyncio.to_thread(book.close)
        return await asyncio.to_thread(path.read_bytes)


PLAINLY = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
"""Somebody's words are neither a formula nor a link, and no more than a row is in memory."""
LONGEST_CELL = 32_767
"""Characters that a spreadsheet's cell can have."""


def _shortened(value: Any) -> Any:
    return value[:LONGEST_CELL] if isinstance(value, str) else value


class _Sheet:
    """An entry a row, under labels in a language."""

    def __init__(self, app: App, to: Addresses) -> None:
        self.app, self.to = app, to
        asked = labels.questions()
        self.columns = [asked[name] for name in PUBLIC if name in asked]

    def head(self) -> list[str]:
        first: Sequence[Value] = (M("public.reference"), M("public.address"), M("facet.year"), M("public.received"))
        return [self.say(value) for value in (*first, M("facet.language"), *(each.label for each in self.columns))]

    def row(self, entry: PublicEntry) -> list[Any]:
        first = [entry.reference, self.to.entry(entry.reference), entry.call]
        first += [self.say(Moment(entry.received, date_only=True)), self.say(LanguageName(entry.language, own=False))]
        asked = labels.questions(entry.edition)
        return [*first, *(self._answer(entry, asked[column.id]) for column in self.columns)]

    def say(self, value: Value) -> str:
        return self.app.words.say(value, self.to.language).translate(ISOLATES)

    def _answer(self, entry: PublicEntry, asked: Question) -> Any:
        """An answer in a cell; those to a question that is asked once a goal stand in one, by goal."""
        return "; ".join(self._answers(entry, asked))

    def _answers(self, entry: PublicEntry, asked: Question) -> Iterator[str]:
        for key, value in entry.answers.items():
            question, _, member = key.partition("@")
            if question != asked.id:
                continue
            text = self._codes(asked, value)
            yield f"{member}: {text}" if member else text

    def _codes(self, asked: Question, value: Any) -> str:
        if isinstance(value, list):
            return "; ".join(self.say(labels.answer(asked, str(each))) for each in value)
        return self.say(labels.answer(asked, value))


def _line(values: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerow(values)
    return out.getvalue()
