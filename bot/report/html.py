"""The report as one HTML file that needs nothing else: no script, no picture from elsewhere."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.report.charts import svg
from bot.report.model import Report

__all__ = ["write"]

TEMPLATES = Path(__file__).parent


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def write(report: Report, path: Path) -> str:
    """Write the page. Returns what is to be said about it: nothing."""
    drawn = {figure.name: Markup(svg(figure, report)) for figure in report.figures}
    page = _environment().get_template("report.html").render(report=report, drawn=drawn)
    path.write_text(page, encoding="utf-8", newline="\n")
    return ""
