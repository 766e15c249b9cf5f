"""Curves over a season: this call against the last one, day by day since each opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date

from bot.charts.bars import EDGE, heading, noted
from bot.charts.canvas import ACCENT, INK, LINE, SOFT, WIDTH, Canvas
from dialogs.charts import Curve, Curves
from dialogs.domain.messages import Value
from locales.rendering import locale_of

__all__ = ["draw_curves"]

LEFT, RIGHT, PLOT = 92, 40, 440
LEGEND, TICK = 24, 22
STEPS = (1, 2, 5)


def draw_curves(chart: Curves, canvas: Canvas, say: Callable[[Value], str]) -> str:
    """The chart as SVG: curves, what each is, months below and numbers at the side."""
    y = heading(canvas, say(chart.title))
    for curve in chart.curves:
        _sample(canvas, curve, y)
        canvas.text(EDGE + 76, y + 8, say(curve.label), LEGEND, INK if curve.strong else SOFT)
        y += 36
    frame = _Frame(chart, y + 20)
    _scale(canvas, frame, say)
    _months(canvas, frame, chart)
    for curve in sorted(chart.curves, key=lambda each: each.strong):
        _curve(canvas, frame, curve, chart)
    return canvas.svg(noted(canvas, say(chart.note), frame.bottom + 72) if chart.note else frame.bottom + 64)


class _Frame:
    """Where a day and a number are on the sheet."""

    def __init__(self, chart: Curves, top: float) -> None:
        self.days = max(1, chart.days)
        highest = max((number for curve in chart.curves for _, number in curve.points), default=1)
        self.step = _step(highest)
        self.highest = -(-highest // self.step) * self.step
        self.top, self.bottom = top, top + PLOT

    def x(self, day: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * min(day, self.days) / self.days

    def y(self, number: float) -> float:
        return self.bottom - PLOT * number / self.highest


def _step(highest: int) -> int:
    """Between numbers at the side: round ones, four or five of them."""
    size = 1
    while True:
        for step in STEPS:
            if highest <= step * size * 5:
                return step * size
        size *= 10


def _style(curve: Curve) -> dict[str, Any]:
    width = 6 if curve.strong and not curve.dashed else 4
    return {"colour": ACCENT if curve.strong else "#8a97a5", "width": width, "dashes": "3 11" if curve.dashed else ""}


def _sample(canvas: Canvas, curve: Curve, y: float) -> None:
    canvas.line([(EDGE, y), (EDGE + 58, y)], **_style(curve))


def _scale(canvas: Canvas, frame: _Frame, say: Callable[[Value], str]) -> None:
    for number in range(0, frame.highest + 1, frame.step):
        y = frame.y(number)
        canvas.line([(LEFT, y), (WIDTH - RIGHT, y)], LINE, 1.5)
        canvas.text(LEFT - 14, y + 8, say(number), TICK, SOFT, anchor="end")


def _months(canvas: Canvas, frame: _Frame, chart: Curves) -> None:
    locale = locale_of(canvas.language)
    for day, first in _firsts(date.fromisoformat(chart.begins), chart.days):
        x = frame.x(day)
        canvas.line([(x, frame.bottom), (x, frame.bottom + 8)], SOFT, 1.5)
        canvas.text(x, frame.bottom + 36, format_date(first, "LLL", locale=locale), TICK, SOFT, anchor="middle")


def _firsts(begins: date, days: int) -> Iterator[tuple[int, date]]:
    """The first day of each month within the season. A season begins with its own month, wherever in it."""
    yield 0, begins
    first = (begins.replace(day=1) + timedelta(days=32)).replace(day=1)
    while (day := (first - begins).days) <= days:
        if day > days / 12:
            yield day, first
        first = (first + timedelta(days=32)).replace(day=1)


def _curve(canvas: Canvas, frame: _Frame, curve: Curve, chart: Curves) -> None:
    """Level until something comes, then up. The strong ones end today, where a dot is."""
    if not curve.points:
        return
    until = chart.today if curve.strong and chart.today is not None else chart.days
    line = [(frame.x(curve.points[0][0]), frame.y(0))]
    for day, number in curve.points:
        line += [(frame.x(day), line[-1][1]), (frame.x(day), frame.y(number))]
    line.append((max(line[-1][0], frame.x(until)), line[-1][1]))
    canvas.line(line, **_style(curve))
    if curve.strong:
        canvas.dot(*line[-1], 8, ACCENT)
