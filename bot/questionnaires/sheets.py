"""The sheets of somebody's workbook, as texts by column, with what no sheet may hold told by its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot.questionnaires.cell_nodes import At
from bot.workbooks import BrokenWorkbookError, HugeWorkbookError, check_unpacked, reading

__all__ = ["Row", "Sheet", "WorkbookError", "open_sheets"]

MOST_ROWS = 5_000
MOST_COLUMNS = 60
LARGEST_FILE = 20_000_000
LONGEST_TEXT = 4_000
"""Characters of a cell: what one message can show."""


class WorkbookError(Exception):
    """A workbook that cannot be taken: every fault, a line each, with its sheet and cell where it has one."""

    def __init__(self, path: Path, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join([f"{path} is not taken:", *(f"  {fault}" for fault in faults)]))


@dataclass(frozen=True, slots=True)
class Row:
    """A row with something in it. `cells`: by column, without those that are empty."""

    sheet: str
    number: int
    cells: Mapping[str, str]
    letters: Mapping[str, str]

    def at(self, column: str) -> At:
        """Where a column of this row stands; its first cell for a column that the sheet does not have."""
        return At(self.sheet, f"{self.letters.get(column, 'A')}{self.number}")

    def get(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    faults: tuple[tuple[At, str], ...]


def open_sheets(path: Path) -> dict[str, Sheet]:
    """Every sheet by its name. WorkbookError: it is no workbook, or far larger than a questionnaire."""
    from openpyxl import load_workbook

    with _as_workbook_error(path):
        if path.stat().st_size > LARGEST_FILE:
            raise WorkbookError(path, [f"the file has more than {LARGEST_FILE // 1_000_000} MB"])
        with path.open("rb") as file:
            check_unpacked(file)
            book = load_workbook(file, read_only=True)
            return {sheet.title: _sheet(path, sheet) for sheet in book.worksheets}


@contextmanager
def _as_workbook_error(path: Path) -> Iterator[None]:
    try:
        with reading():
            yield
    except HugeWorkbookError:
        raise WorkbookError(path, ["unpacked it is far larger than a questionnaire"]) from None
    except BrokenWorkbookError:
        raise WorkbookError(path, ["it is no Excel workbook (.xlsx) that can be read: save it as one"]) from None


def _sheet(path: Path, sheet: Any) -> Sheet:
    sheet.reset_dimensions()
    head: dict[int, str] = {}
    rows: list[Row] = []
    faults: list[tuple[At, str]] = []
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        if number > MOST_ROWS:
            raise WorkbookError(path, [f"{sheet.title}: it has more than {MOST_ROWS:,} rows"])
        texts = {n: text for n, cell in enumerate(cells) if (text := _text(sheet.title, cell, faults))}
        if not head:
            head = {n: text.strip().lower() for n, text in texts.items()}
            letters = {name: _letter(n) for n, name in head.items()}
        elif texts:
            rows.append(Row(sheet.title, number, {head[n]: text for n, text in texts.items() if n in head}, letters))
            faults += ((At(sheet.title, f"{_letter(n)}{number}"), "no column is here") for n in texts.keys() - head)
    return Sheet(sheet.title, tuple(head.values()), tuple(rows), tuple(faults))


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(number + 1))


def _text(sheet: str, cell: Any, faults: list[tuple[At, str]]) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in ("f", "e"):
        what = "a formula" if cell.data_type == "f" else "an error"
        faults.append((At(sheet, cell.coordinate), f"{what} stands here: write the text itself"))
        return ""
    text = _plain(value)
    if len(text) > LONGEST_TEXT:
        faults.append((At(sheet, cell.coordinate), f"{len(text):,} characters, {LONGEST_TEXT:,} at most"))
        return ""
    return text


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat().partition("T")[0]
    return str(value).replace("_x000D_", "").replace("\r\n", "\n").strip()
