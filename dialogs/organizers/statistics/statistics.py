"""`/stats`: how the call stands, in numbers and pictures. Small groups are hidden before they come here."""

from __future__ import annotations

from collections.abc import Iterable

from dialogs import choices
from dialogs.charts import Bars, Chart, Picture
from dialogs.domain.conversation import Call
from dialogs.domain.events import Chose, Event, QueryResult
from dialogs.domain.messages import Code, M
from dialogs.domain.organizers.statistics import Figures, ReadFigures, sections_of
from dialogs.domain.roles import Right
from dialogs.organizers.flow import MenuEntry, OrganizerRoute, enter, to_menu, ways_out
from dialogs.organizers.statistics.charts import NAMES, charts_of, table_of
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["ENTRY", "ROUTES", "summary"]


OTHERS = 6
"""Other calls that can be looked at from here."""


def open_stats(ctx: StepContext) -> None:
    """Look the figures of the call that counts now up."""
    enter(ctx, "organize_stats")
    _look_up(ctx, ctx.conversation.call)


def find_stats(ctx: StepContext, code: str) -> None:
    """The figures of the call with this code; without one, of the call that counts now."""
    enter(ctx, "organize_stats")
    found = next((call for call in ctx.conversation.calls if call.code == code.strip()), None)
    _look_up(ctx, found or ctx.conversation.call)


def _look_up(ctx: StepContext, call: Call | None) -> None:
    versions = ctx.world.questionnaires
    questionnaire = versions.get(call.version) if call else None
    ctx.ask(ReadFigures(sections_of(questionnaire or versions[max(versions)]), call.code if call else None))


def summary(figures: Figures) -> Iterable[Line]:
    """What stands above every chart."""
    yield Line(Kind.TITLE, M("stats.title", call=Code(figures.call)))
    least = figures.least
    if figures.drafts is None:
        yield Line(Kind.TEXT, M("stats.drafts_few", least=least))
    else:
        yield Line(Kind.TEXT, M("stats.drafts", figures.drafts))
    if figures.entries is None:
        yield Line(Kind.TEXT, M("stats.entries_few", least=least))
    else:
        yield Line(Kind.TEXT, M("stats.entries", figures.entries))
    if figures.before is not None:
        then = max((number for day, number in figures.before.entries if day <= figures.today), default=0)
        yield Line(Kind.TEXT, M("stats.before", then, call=Code(figures.before.call)))
    if figures.minutes is not None:
        yield Line(Kind.TEXT, M("stats.minutes", figures.minutes))
    yield Line(Kind.HINT, M("stats.hidden_drafts" if figures.full else "stats.hidden", least=least))


def render(ctx: StepContext) -> Screen:
    """The summary with one chart; buttons lead to the others."""
    if "figures" not in ctx.args:
        return Screen("organize_stats", (Line(Kind.TITLE, M("stats.none")),), ways_out())
    figures = Figures.of(ctx.args["figures"])
    charts = charts_of(figures)
    name = str(ctx.args.get("chart") or next(iter(charts), ""))
    lines, picture = list(summary(figures)), None
    if name in charts:
        lines += _spelled_out(charts[name])
        picture = Picture(charts[name], M("stats.alt", title=charts[name].title))
    others = [Choice(other, NAMES[other], number=n) for n, other in enumerate(charts, 1) if other != name]
    rows = (
        choices.grid(others, 2)
        + choices.row(Choice(".csv", M("choice.stats_csv")))
        + _other_calls(ctx, figures.call)
        + ways_out()
    )
    if ctx.args.get("csv"):
        return Screen("organize_stats", tuple(summary(figures)), rows, table=table_of(figures))
    return Screen("organize_stats", tuple(lines), rows, picture=picture)


def _other_calls(ctx: StepContext, shown: str) -> choices.Rows:
    others = (call.code for call in ctx.conversation.calls if call.code != shown)
    ways = [Choice(f"call:{code}", M("choice.call", code=Code(code))) for code in others]
    return choices.grid(ways[:OTHERS], 3)


def _spelled_out(chart: Chart) -> Iterable[Line]:
    """The numbers of a chart in words, for who cannot see it."""
    yield Line(Kind.TEXT, chart.title)
    if isinstance(chart, Bars):
        pairs = [(bar.label, bar.number) for bar in chart.bars]
    else:
        pairs = [(curve.label, curve.points[-1][1]) for curve in chart.curves]
    for label, number in pairs:
        yield Line(Kind.ITEM, M("stats.item", label=label, number=number))


def handle(ctx: StepContext, event: Event) -> None:
    if isinstance(event, QueryResult):
        ctx.update(figures=event.result.as_json() if isinstance(event.result, Figures) else None)
    elif isinstance(event, Chose) and event.code in NAMES:
        ctx.update(chart=event.code, csv=None)
    elif isinstance(event, Chose) and event.code == ".csv":
        ctx.update(csv=True)
    elif isinstance(event, Chose) and event.code.startswith("call:"):
        wanted = event.code.partition(":")[2]
        ctx.update(csv=None)
        _look_up(ctx, next((call for call in ctx.conversation.calls if call.code == wanted), None))
    elif isinstance(event, Chose):
        to_menu(ctx)
    else:
        ctx.note(M("not_understood.review"))


ENTRY = MenuEntry("stats", M("choice.stats"), Right.FIGURES, open_stats, find_stats)

ROUTES = {"organize_stats": OrganizerRoute(Right.FIGURES, render, handle)}
