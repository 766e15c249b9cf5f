"""Figures as charts: one for each way of looking at a call."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from dialogs.charts import Bar, Bars, Chart, Curve, Curves
from dialogs.domain.messages import Code, Country, LanguageName, M, Message, Moment, Value
from dialogs.domain.organizers.statistics import REST, Figures, Season
from dialogs.knowledge.action_lines import number_of
from dialogs.tables import Table

__all__ = ["CHARTS", "NAMES", "charts_of", "table_of"]


def charts_of(figures: Figures) -> dict[str, Chart]:
    """Every chart that there are numbers for, by its name, in order."""
    drawn = {name: chart for name, draw in CHARTS.items() if (chart := draw(figures)) is not None}
    return {name: replace(chart, note=note_of(figures, name)) for name, chart in drawn.items()}


def _then(figures: Figures, name: str, bars: int) -> list[Value]:
    """How many of each bar there were in the last call; empty where that is not known."""
    before = dict(figures.before_groups.get(name, ()))
    if not before:
        return [""] * bars
    return [before.get(code, 0 if figures.full else "") for code, _ in figures.groups[name]]


def note_of(figures: Figures, name: str) -> Value:
    """Of what and when a chart is, for whoever sees it without the text beside it."""
    if not figures.at:
        return ""
    call, at = Code(figures.call), Moment(datetime.fromisoformat(figures.at), date_only=True)
    if name in OF_DRAFTS or not figures.full:
        return M("stats.note_hidden", call=call, at=at, least=figures.least)
    return M("stats.note", figures.entries, call=call, at=at)


OF_DRAFTS = ("funnel", "stops")
"""Charts that tell of drafts, whose small groups are always hidden."""


def table_of(figures: Figures) -> Table:
    """All of it in rows: the figure, the day (of a curve, since the call opened), what is counted, how many, and how
    many in the last call.
    """
    rows: list[tuple[Value, ...]] = [("figure", "day", "group", "number", "before")]
    sums = {"drafts": figures.drafts, "entries": figures.entries, "minutes": figures.minutes}
    rows += [(name, "", "", number, "") for name, number in sums.items() if number is not None]
    for name, chart in charts_of(figures).items():
        if isinstance(chart, Bars):
            then = _then(figures, name, len(chart.bars))
            rows += [(name, "", bar.label, bar.number, had) for bar, had in zip(chart.bars, then, strict=True)]
        else:
            rows += [(name, day, curve.label, number, "") for curve in chart.curves for day, number in curve.points]
    return Table(f"stocktaking-{figures.call}", tuple(rows))


def _time(figures: Figures) -> Chart | None:
    curves = [*_curves(figures.season, strong=True), *(_curves(figures.before, strong=False) if figures.before else ())]
    if not curves:
        return None
    season = figures.season
    today = min(figures.today, season.days)
    return Curves(M("stats.time"), tuple(curves), season.opens, season.days, today)


def _curves(season: Season, *, strong: bool) -> Iterator[Curve]:
    call = Code(season.call)
    if season.entries:
        yield Curve(M("stats.curve.entries", call=call), season.entries, strong)
    if season.drafts:
        yield Curve(M("stats.curve.drafts", call=call), season.drafts, strong, dashed=True)


def _grouped(name: str, title: Message, label: Callable[[str], Value]) -> Callable[[Figures], Chart | None]:
    def draw(figures: Figures) -> Chart | None:
        return _bars(title, figures.groups[name], label)

    return draw


def _bars(
    title: Message, counts: tuple[tuple[str, int], ...], label: Callable[[str], Value], whole: int | None = None
) -> Bars | None:
    bars = tuple(Bar(M("stats.rest") if code == REST else label(code), number) for code, number in counts)
    return Bars(title, bars, whole) if bars else None


def _region(code: str) -> Value:
    return Country("INT") if code == "INT" else Message(f"region.{code}")


def _line(code: str) -> Value:
    return M("choice.coded", code=Code(number_of(code)), label=Message(f"action_line.{code}"))


def _goal(code: str) -> Value:
    return M("choice.coded", code=Code(code), label=Message(f"goal.{code}"))


def _section(code: str) -> Value:
    return M("stats.sent") if code == "sent" else Message(f"section.{code}.title")


def _funnel(figures: Figures) -> Chart | None:
    whole = figures.funnel[0][1] if figures.funnel else None
    return _bars(M("stats.funnel"), figures.funnel, _section, whole)


CONSENT: Mapping[str, Value] = {"yes": M("stats.consent_yes"), "no": M("stats.consent_no")}

CHARTS: Mapping[str, Callable[[Figures], Chart | None]] = {
    "time": _time,
    "regions": _grouped("regions", M("stats.regions"), _region),
    "lines": _grouped("lines", M("stats.lines"), _line),
    "goals": _grouped("goals", M("stats.goals"), _goal),
    "countries": _grouped("countries", M("stats.countries"), lambda code: Country(code)),
    "kinds": _grouped("kinds", M("stats.kinds"), lambda code: Message(f"option.org_type.{code}")),
    "languages": _grouped("languages", M("stats.languages"), lambda code: LanguageName(code, own=False)),
    "prizes": _grouped("prizes", M("stats.prizes"), lambda code: Message(f"prize_category.{code}")),
    "consent": _grouped("consent", M("stats.consent"), lambda code: CONSENT.get(code, code)),
    "funnel": _funnel,
    "stops": lambda figures: _bars(M("stats.stops"), figures.stops, _section),
}
"""Every chart by its name, in the order they are offered."""

NAMES: Mapping[str, Message] = {
    "time": M("choice.stats_time"),
    "regions": M("choice.stats_regions"),
    "lines": M("choice.stats_lines"),
    "goals": M("choice.stats_goals"),
    "countries": M("choice.stats_countries"),
    "kinds": M("choice.stats_kinds"),
    "languages": M("choice.stats_languages"),
    "prizes": M("choice.stats_prizes"),
    "consent": M("choice.stats_consent"),
    "funnel": M("choice.stats_funnel"),
    "stops": M("choice.stats_stops"),
}
"""What the buttons that lead to them say."""
