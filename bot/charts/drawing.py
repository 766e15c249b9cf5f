"""A picture drawn in its reader's language: as SVG, and as PNG by resvg, which shapes and orders every script."""

from __future__ import annotations

from bot.charts.bars import draw_bars
from bot.charts.canvas import Canvas
from bot.charts.curves import draw_curves
from bot.charts.fonts import files, has_letters_of
from dialogs.charts import Bars, Chart
from dialogs.domain.messages import Value
from locales.words import SOURCE, Words

__all__ = ["as_png", "as_svg"]

ZOOM = 1.5
"""1,080 pixels across: what Telegram shows without scaling up."""


def as_svg(chart: Chart, words: Words, language: str) -> str:
    """The chart as SVG, for programs that have fonts of their own."""
    canvas = Canvas(language, words.direction(language))

    def say(value: Value) -> str:
        return words.say(value, language)

    return draw_bars(chart, canvas, say) if isinstance(chart, Bars) else draw_curves(chart, canvas, say)


def as_png(chart: Chart, words: Words, language: str) -> bytes:
    """The chart as PNG; in English where this machine has no letters of the language."""
    import resvg_py

    drawn = as_svg(chart, words, language if has_letters_of(language) else SOURCE)
    fonts = files()
    return bytes(resvg_py.svg_to_bytes(svg_string=drawn, zoom=ZOOM, font_files=fonts, skip_system_fonts=bool(fonts)))
