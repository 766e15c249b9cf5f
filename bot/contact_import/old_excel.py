"""Excel's workbooks of 1997 to 2003 (.xls), a sheet each, by xlrd.

xlrd keeps the cells of a sheet as long as they reach, so that a cell in the last corner costs next to nothing. The
readers that fill the whole rectangle take a gigabyte for it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.contact_import.errors import ListError
from dialogs.domain.messages import M

__all__ = ["sheets_of_xls"]

MOST_SHEETS = 20
"""Sheets that are looked at. A small file may name one large sheet thousands of times."""

MOST_COLUMNS = 100


def sheets_of_xls(path: Path) -> Iterator[Iterator[Sequence[str]]]:
    """The rows of each sheet, in their order, hidden ones as well. ListError for what is locked or broken."""
    import xlrd

    # What xlrd finds odd in a file it says to a log, and reads on.
    with (
        _as_list_error(),
        open(os.devnull, "w") as nowhere,
        xlrd.open_workbook(str(path), on_demand=True, ragged_rows=True, logfile=nowhere) as book,
    ):
        for number in range(min(book.nsheets, MOST_SHEETS)):
            yield _rows(book, number)
            book.unload_sheet(number)


def _rows(book: Any, number: int) -> Iterator[Sequence[str]]:
    with _as_list_error():
        sheet = book.sheet_by_index(number)
        for row in range(sheet.nrows):
            yield [_text(cell) for cell in sheet.row_slice(row, 0, MOST_COLUMNS)]


def _text(cell: Any) -> str:
    """Numbers as they are shown, without a .0; errors such as #N/A as nothing."""
    import xlrd

    if cell.ctype in (xlrd.XL_CELL_ERROR, xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return ""
    value = cell.value
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


@contextmanager
def _as_list_error() -> Iterator[None]:
    """Whatever a broken file makes xlrd raise, which is no contract of its own, as what to do about it."""
    import struct

    from xlrd.biffh import XLRDError
    from xlrd.compdoc import CompDocError

    broken = (
        *(XLRDError, CompDocError, struct.error, AssertionError, LookupError, ValueError, TypeError, AttributeError),
        *(EOFError, OSError, ArithmeticError, MemoryError, RuntimeError),
    )
    try:
        yield
    except broken as error:
        key = "contacts.list.locked" if "encrypted" in str(error) else "contacts.list.workbook"
        raise ListError(M(key)) from error
