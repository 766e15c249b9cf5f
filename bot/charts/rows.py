"""Bars in rows: the name at the start, the bar beside it, number and share behind; for pages that are read close by.

`bars` puts names above bars for phones; a row a group keeps seventeen goals on half a page of paper.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.charts.canvas import ACCENT, INK, SOFT, TINT, WIDTH, Canvas
from bot.charts.wrapping import wrapped

__all__ = ["draw_rows"]

EDGE, SIZE, LEADING, BAR, GAP = 4, 15, 18, 14, 12
NAMES, NUMBERS = 290, 120
"""Units kept for names before the bars, and for numbers behind them."""
COLUMNS = 34
"""Columns of a name that fit into its units at this size."""


def draw_rows(rows: Sequence[tuple[str, int, str]], canvas: Canvas) -> str:
    """SVG of (name, number, what stands behind the bar); names of two lines make their row higher."""
    full = max((number for _, number, _ in rows), default=0) or 1
    longest = WIDTH - NAMES - NUMBERS
    y = 6.0
    for name, number, said in rows:
        lines = wrapped(name, COLUMNS)
        height = max(BAR, LEADING * (len(lines) - 1) + BAR)
        for place, line in enumerate(lines):
            canvas.text(EDGE, y + BAR - 1 + place * LEADING, line, SIZE, INK)
        top = y + (height - BAR) / 2
        canvas.box(NAMES, top, longest, BAR, TINT, 3)
        if number:
            canvas.box(NAMES, top, max(3.0, longest * number / full), BAR, ACCENT, 3)
        canvas.text(NAMES + longest + 10, top + BAR - 1, said, SIZE, INK if number else SOFT)
        y += height + GAP
    return canvas.svg(y)
