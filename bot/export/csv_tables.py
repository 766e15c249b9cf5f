"""Tables as CSV, in a reader's language."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from bot.export.csv_cells import cell
from dialogs.domain.messages import Value
from dialogs.tables import Table
from locales.words import Words

__all__ = ["as_csv", "plainly"]

ISOLATES = str.maketrans("", "", "\u2066\u2067\u2068\u2069\u200f")
"""Marks that keep directions apart on a page; a cell stands alone."""


def plainly(value: Value, words: Words, language: str) -> str:
    """A value as it stands in a cell."""
    return str(value) if isinstance(value, int) else words.say(value, language).translate(ISOLATES)


def as_csv(table: Table, say: Callable[[Value], str]) -> str:
    """A line a row, each ended as RFC 4180 says. `say` gives a cell's words; none is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerows([cell(say(value)) for value in row] for row in table.rows)
    return out.getvalue()
