"""A damaged, renamed or hostile workbook is refused in one line, by every command that reads one."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from bot.contact_import.errors import ListError
from bot.contact_import.workbooks import sheets_of_ods, sheets_of_xlsx
from bot.entry_import.mapping import ImportFileError
from bot.entry_import.table_files import rows_of
from bot.prizes.score_sheet import SheetError
from bot.prizes.score_sheet import read as read_scores
from bot.questionnaires.sheets import WorkbookError, open_sheets

SAID: tuple[tuple[Callable[[Path], object], type[Exception]], ...] = (
    (lambda path: [list(rows) for rows in sheets_of_xlsx(path)], ListError),
    (lambda path: [list(rows) for rows in sheets_of_ods(path)], ListError),
    (lambda path: list(rows_of(path)), ImportFileError),
    (lambda path: read_scores(path, ()), SheetError),
    (open_sheets, WorkbookError),
)
READERS = pytest.mark.parametrize(("read", "said"), SAID, ids=["contacts", "ods", "entries", "scores", "questionnaire"])


def workbook(path: Path) -> bytes:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for row in range(200):
            sheet.write_row(row, 0, [f"title {row}", row, "Kenya"])
    return path.read_bytes()


def renamed(path: Path) -> None:
    path.write_text("reference;title\n1;2\n")


def empty(path: Path) -> None:
    path.write_bytes(b"")


def cut_off(path: Path) -> None:
    path.write_bytes(workbook(path)[:-300])


def flipped(path: Path) -> None:
    """Bytes in the middle of the packed rows are others, so that they break while they are read."""
    whole = bytearray(workbook(path))
    with zipfile.ZipFile(path) as packed:
        place = packed.getinfo("xl/worksheets/sheet1.xml").header_offset + 120
    whole[place : place + 40] = bytes(40)
    path.write_bytes(whole)


def no_workbook(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("readme.txt", "a zip, but no workbook")


def bomb(path: Path) -> None:
    """Some hundred kilobytes that unpack to more than a hundred million."""
    workbook(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed, packed.open("xl/more.xml", "w") as part:
        for _ in range(110):
            part.write(b" " * 1_000_000)


@READERS
@pytest.mark.parametrize("make", [renamed, empty, cut_off, flipped, no_workbook, bomb], ids=lambda make: make.__name__)
def test_a_broken_workbook_is_refused_and_nothing_else_breaks(
    make: Callable[[Path], None], read: Callable[[Path], object], said: type[Exception], tmp_path: Path
) -> None:
    path = tmp_path / "list.xlsx"
    make(path)
    with pytest.raises(said):
        read(path)
