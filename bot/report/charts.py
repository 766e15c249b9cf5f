"""A figure drawn: as SVG, where fonts are; as PNG, for word processors."""

from __future__ import annotations

from bot.charts.canvas import Canvas
from bot.charts.fonts import files
from bot.charts.rows import draw_rows
from bot.report.model import Figure, Report

__all__ = ["PIXELS", "png", "svg"]

PIXELS = 1440
"""Across: 220 dots an inch on the width of a page's text."""


def svg(figure: Figure, report: Report) -> str:
    """The figure's bars with their numbers and shares; its title stands in the report's own text."""
    rows = [(group.label, group.count, f"{group.said} · {group.share}") for group in figure.groups]
    return draw_rows(rows, Canvas(report.language, report.direction))


def png(drawn: str) -> bytes:
    """The same as PNG, drawn with the machine's fonts or those that came with the report."""
    import resvg_py

    fonts = files()
    zoom = PIXELS / 720
    return bytes(resvg_py.svg_to_bytes(svg_string=drawn, zoom=zoom, font_files=fonts, skip_system_fonts=bool(fonts)))
