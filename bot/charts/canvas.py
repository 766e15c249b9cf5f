"""A sheet to draw on, in the direction of its reader: everything is placed from where reading starts.

Shapes are SVG. A text that runs right to left is isolated as such (U+2067): renderers take a line's direction from
the page, which is left to right, and would put the numbers and Latin names in it in the wrong places.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape

from bot.charts.fonts import FAMILIES, script_of

__all__ = ["ACCENT", "INK", "LINE", "PAPER", "SOFT", "TINT", "WIDTH", "Canvas"]

WIDTH = 720
"""Units across; everything is sized for a phone that shows these on about 380 points."""

PAPER, INK, SOFT, LINE, ACCENT, TINT = "#ffffff", "#16202c", "#556271", "#d5dbe2", "#1a5a9e", "#e7f0fa"
"""The colours of the web chat. Text on paper has a contrast of 6 to 1 or more."""

LATIN = re.compile(r"([A-Za-z0-9][A-Za-z0-9.,-]*)")
"""What fonts for Arabic lack: a code such as C7."""

RLI, PDI = "\u2067", "\u2069"


@dataclass
class Canvas:
    """`x` counts from the side where `language` begins to be read."""

    language: str
    direction: str
    parts: list[str] = field(default_factory=list)

    @property
    def rtl(self) -> bool:
        return self.direction == "rtl"

    def x(self, x: float, width: float = 0) -> float:
        return WIDTH - x - width if self.rtl else x

    def box(self, x: float, y: float, width: float, height: float, colour: str, radius: float = 0) -> None:
        self.parts.append(
            f'<rect x="{self.x(x, width):.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
            f'rx="{radius}" fill="{colour}"/>'
        )

    def line(self, points: list[tuple[float, float]], colour: str, width: float, dashes: str = "") -> None:
        path = " ".join(f"{self.x(x):.1f},{y:.1f}" for x, y in points)
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        self.parts.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}" '
            f'stroke-linejoin="round" stroke-linecap="round"{dashed}/>'
        )

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        self.parts.append(f'<circle cx="{self.x(x):.1f}" cy="{y:.1f}" r="{radius}" fill="{colour}"/>')

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        colour: str = INK,
        *,
        anchor: str = "start",
        bold: bool = False,
    ) -> None:
        """A line of text. `anchor`: whether it starts at `x`, ends there, or has its middle there."""
        side = {"start": "end", "end": "start"}.get(anchor, anchor) if self.rtl else anchor
        written = f"{RLI}{text}{PDI}" if self.rtl else text
        weight = ' font-weight="700"' if bold else ""
        self.parts.append(
            f'<text x="{self.x(x):.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}" text-anchor="{side}"{weight}>'
            f"{self._shaped(written)}</text>"
        )

    def _shaped(self, text: str) -> str:
        """The text with each piece in a font that has its letters; what renderers choose by themselves varies."""
        if script_of(self.language) != "arabic":
            return escape(text)
        family = escape(FAMILIES["latin"])
        pieces = LATIN.split(text)
        for place in range(1, len(pieces), 2):
            pieces[place] = f'<tspan font-family="{family}">{escape(pieces[place])}</tspan>'
        pieces[::2] = map(escape, pieces[::2])
        return "".join(pieces)

    def svg(self, height: float) -> str:
        """All of it, on paper."""
        family = escape(FAMILIES[script_of(self.language)])
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" '
            f'height="{height:.0f}" xml:lang="{escape(self.language)}" font-family="{family}">'
            f'<rect width="{WIDTH}" height="{height:.0f}" fill="{PAPER}"/>{"".join(self.parts)}</svg>'
        )
