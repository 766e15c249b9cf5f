"""Bars: each with its whole name above it, so that long names fit on a phone, and its number at its end."""

from __future__ import annotations

from collections.abc import Callable

from bot.charts.canvas import ACCENT, INK, SOFT, TINT, WIDTH, Canvas
from bot.charts.wrapping import wrapped
from dialogs.charts import Bars
from dialogs.domain.messages import Value

__all__ = ["draw_bars", "heading", "noted"]

EDGE = 36
TITLE, LABEL, NUMBER = 32, 25, 25
COLUMNS = 46
"""Columns of a label that fit across at its size."""
TITLE_COLUMNS = 36
NOTE, NOTE_COLUMNS = 20, 58
BAR, GAP, LEADING = 22, 40, 32
ROOM = 110
"""Kept free beside the longest bar for its number."""


def heading(canvas: Canvas, title: str) -> float:
    """Write the title; where the rest begins."""
    y = 56.0
    for line in wrapped(title, TITLE_COLUMNS):
        canvas.text(EDGE, y, line, TITLE, INK, bold=True)
        y += 42
    return y + 12


def draw_bars(chart: Bars, canvas: Canvas, say: Callable[[Value], str]) -> str:
    """The chart as SVG."""
    y = heading(canvas, say(chart.title))
    full = max(1, chart.whole or max((bar.number for bar in chart.bars), default=1))
    longest = WIDTH - 2 * EDGE - ROOM
    for bar in chart.bars:
        for line in wrapped(say(bar.label), COLUMNS):
            canvas.text(EDGE, y + 8, line, LABEL, SOFT)
            y += LEADING
        y -= 8
        canvas.box(EDGE, y, longest, BAR, TINT, 5)
        length = max(4.0, longest * bar.number / full)
        canvas.box(EDGE, y, length, BAR, ACCENT, 5)
        if not chart.counted:
            canvas.text(EDGE + longest + 14, y + BAR - 2, say(bar.number), NUMBER, INK, bold=True)
        y += BAR + GAP
    return canvas.svg(noted(canvas, say(chart.note), y) + 8)


def noted(canvas: Canvas, note: str, y: float) -> float:
    """Write what the chart is of below it; where the sheet ends."""
    for line in wrapped(note, NOTE_COLUMNS) if note else ():
        canvas.text(EDGE, y + 4, line, NOTE, SOFT)
        y += 28
    return y
