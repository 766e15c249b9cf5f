"""`stocktaking stats`: the figures of a call as text, CSV or JSON, and its charts as pictures in a folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from sqlmodel import Session

from bot.app import App
from bot.export.csv_tables import as_csv, plainly
from dialogs.charts import Bars, Chart
from dialogs.domain.messages import Value
from dialogs.domain.organizers.statistics import Figures, sections_of
from dialogs.organizers.statistics.charts import charts_of, table_of
from dialogs.organizers.statistics.statistics import summary
from locales.words import Words
from storage.calls import calls
from storage.calls import statistics as figures_of

__all__ = ["FORMATS", "read_with_words", "saying", "write_charts"]

Say = Callable[[Value], str]


async def read_with_words(app: App, call: str | None) -> tuple[Words, Figures | None]:
    """The words to say them in, and the figures of a call, by default the newest; None: there is no such call."""
    now = app.turns.now()

    def work(session: Session) -> Figures | None:
        known = calls.find(session, call) if call else calls.current(session, now, app.turns.edition_of)
        questionnaire = app.turns.machine.world.questionnaire(known.version if known is not None else "")
        return figures_of.read(session, call, sections_of(questionnaire), now, full=True)

    return app.words, await app.database.read(work)


def write_charts(figures: Figures, words: Words, language: str, folder: Path) -> list[Path]:
    """Draw every chart into a folder as PNG and SVG, and all numbers as a table; which files there are now."""
    from bot.charts.drawing import as_png, as_svg

    folder.mkdir(parents=True, exist_ok=True)
    written = {}
    for name, chart in charts_of(figures).items():
        written[folder / f"{name}.png"] = as_png(chart, words, language)
        written[folder / f"{name}.svg"] = as_svg(chart, words, language).encode()
    written[folder / "figures.csv"] = f"\ufeff{as_csv(table_of(figures), saying(words, language))}".encode()
    for path, content in written.items():
        path.write_bytes(content)
    return list(written)


def _as_text(figures: Figures, say: Say) -> str:
    lines = [say(line.text) for line in summary(figures)]
    for chart in charts_of(figures).values():
        lines += ["", say(chart.title), *(f"{number:>8,}  {label}" for label, number in _rows(chart, say))]
    return "\n".join(lines)


def _as_csv(figures: Figures, say: Say) -> str:
    return as_csv(table_of(figures), say).removesuffix("\r\n")


def _rows(chart: Chart, say: Say) -> list[tuple[str, int]]:
    if isinstance(chart, Bars):
        return [(say(bar.label), bar.number) for bar in chart.bars]
    return [(say(curve.label), number) for curve in chart.curves for _, number in curve.points[-1:]]


def _as_json(figures: Figures, say: Say) -> str:
    return json.dumps(figures.as_json(), ensure_ascii=False, indent=2)


FORMATS: Mapping[str, Callable[[Figures, Say], str]] = {"text": _as_text, "csv": _as_csv, "json": _as_json}


def saying(words: Words, language: str) -> Say:
    """Values as plain text for a file."""
    return lambda value: plainly(value, words, language)
