"""Charts as values: what is drawn, in message ids and numbers. Channels draw them in their reader's language.

A chart says nothing that the text beside it does not say too: who cannot see it misses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.domain.messages import Value

__all__ = ["Bar", "Bars", "Chart", "Curve", "Curves", "Picture"]


@dataclass(frozen=True, slots=True)
class Bar:
    label: Value
    number: int


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars below each other. `whole`: the number that a full bar stands for (None: the largest). `counted`: the labels
    say their numbers themselves. `note`: below them, of what and when this is.
    """

    title: Value
    bars: tuple[Bar, ...]
    whole: int | None = None
    counted: bool = False
    note: Value = ""


@dataclass(frozen=True, slots=True)
class Curve:
    """Numbers by day; between two points it is level. `strong`: what the chart is about; `dashed`: a lesser kind."""

    label: Value
    points: tuple[tuple[int, int], ...]
    strong: bool = True
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Curves:
    """Curves over the days of a season. `begins` is its first day (ISO), `today` the day that is marked, if any."""

    title: Value
    curves: tuple[Curve, ...]
    begins: str
    days: int
    today: int | None = None
    note: Value = ""


Chart = Bars | Curves


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart on a screen, and what it shows in a sentence, for those who cannot see it."""

    chart: Chart
    alt: Value
