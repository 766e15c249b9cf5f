"""A template that came back as a workbook: its fields by their hidden keys, whichever program saved it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

from bot.offline.mark import filled_in
from dialogs.domain.offline import Cell, FilledIn, Problem

__all__ = ["read"]

MOST_ROWS = 2_000
MOST_SHEETS = 10
KEY, ANSWER = 0, 2
"""Columns of a row, from 0."""


def read(file: BinaryIO) -> FilledIn:
    """The fields of the sheet that says what it is. Raises whatever a broken workbook makes openpyxl raise."""
    from openpyxl import load_workbook

    book = load_workbook(file, read_only=True)
    for sheet in book.worksheets[:MOST_SHEETS]:
        sheet.reset_dimensions()  # a sheet may claim any size
        rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=ANSWER + 1)
        first = next(rows, ())
        found = filled_in(_text(first[KEY].value) if first else "", ())
        if found.problem is not Problem.NOT_OURS:
            mark = _text(first[KEY].value)
            return filled_in(mark, tuple(_cells(rows))) if found.problem is None else found
    return FilledIn(Problem.NOT_OURS)


def _cells(rows: Iterator[tuple[Any, ...]]) -> Iterator[Cell]:
    for row in rows:
        key = _text(row[KEY].value).strip() if row else ""
        if key and len(row) > ANSWER:
            cell = row[ANSWER]
            where = cell.coordinate if cell.value is not None else ""
            yield Cell(key, _text(cell.value), where, formula=cell.data_type in ("f", "e"))


def _text(value: Any) -> str:
    """What stands in a cell, as it would be typed. Programs make dates and numbers of what looks like them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat().partition("T")[0]
    return str(value).replace("_x000D_", "").replace("\r\n", "\n").strip()
