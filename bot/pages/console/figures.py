"""The figures of a call: in words, in charts with their numbers beside them, and all of them as a file."""

from __future__ import annotations

import base64

from aiohttp import web

from bot.app import App
from bot.charts.drawing import as_svg
from bot.export.csv_tables import as_csv, plainly
from bot.pages.console.access import Organizer, signed_in
from bot.pages.console.deeds import ask
from bot.pages.console.pages import console_page
from dialogs.charts import Bars, Chart
from dialogs.domain.messages import Value
from dialogs.domain.organizers.statistics import Figures, ReadFigures, sections_of
from dialogs.domain.roles import Right
from dialogs.organizers.statistics.charts import charts_of, table_of
from dialogs.organizers.statistics.statistics import summary
from storage.calls import calls

__all__ = ["ROUTES"]

LONGEST = 20
"""Characters of a call's code."""


async def show(request: web.Request) -> web.Response:
    app, who = await signed_in(request, Right.FIGURES)
    found, codes = await _read(app, who, request.query.get("call", "")[:LONGEST])
    shown = [] if found is None else [_shown(app, who, each) for each in charts_of(found).values()]
    lines = [] if found is None else [line.text for line in summary(found)]
    return console_page(
        *("figures.html", app, who, "/figures"),
        lines=lines,
        charts=shown,
        codes=codes,
        code=found.call if found else "",
    )


async def table(request: web.Request) -> web.Response:
    """All the numbers as CSV, in the organizer's language."""
    app, who = await signed_in(request, Right.FIGURES)
    found, _ = await _read(app, who, request.query.get("call", "")[:LONGEST])
    if found is None:
        raise web.HTTPNotFound
    rows = table_of(found)
    text = as_csv(rows, lambda value: plainly(value, app.words, who.language))
    headers = {"Content-Disposition": f'attachment; filename="{rows.name}.csv"'}
    return web.Response(text=f"\ufeff{text}", content_type="text/csv", charset="utf-8", headers=headers)


async def _read(app: App, who: Organizer, code: str) -> tuple[Figures | None, list[str]]:
    """The figures of the call with this code, of the one that counts now without it; and the codes that there are."""
    now, turns = app.turns.now(), app.turns
    known = await app.database.read(lambda session: calls.every(session, now))
    call = next((each for each in known if each.code == code), known[0] if known else None)
    sections = sections_of(turns.machine.world.questionnaire(call.version if call is not None else ""))
    found = await ask(app, who, ReadFigures(sections, call.code if call is not None else None))
    return found, [each.code for each in known]


def _shown(app: App, who: Organizer, chart: Chart) -> tuple[Value, str, list[tuple[Value, int]]]:
    """A chart's title, its picture as an address, and its numbers: of curves, how far they have come."""
    picture = base64.b64encode(as_svg(chart, app.words, who.language).encode()).decode()
    if isinstance(chart, Bars):
        numbers = [(bar.label, bar.number) for bar in chart.bars]
    else:
        numbers = [(curve.label, curve.points[-1][1]) for curve in chart.curves]
    return chart.title, f"data:image/svg+xml;base64,{picture}", numbers


ROUTES = (web.get("/organize/figures", show), web.get("/organize/figures.csv", table))
