"""Workbooks as tables, a sheet each: Excel's .xlsx, as whatever program wrote it, and OpenDocument's .ods."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from bot.contact_import.errors import ListError
from bot.workbooks import UNPACKED, BrokenWorkbookError, HugeWorkbookError, check_unpacked, reading
from dialogs.domain.messages import M, Size

__all__ = ["is_compound", "is_locked", "sheets_of_ods", "sheets_of_xlsx"]

MOST_ROWS = 200_000
MOST_COLUMNS = 100

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How OLE's files begin: the old .xls, and whatever Office encrypts."""
OLDEST = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

Sheet = Iterator[Sequence[str]]


def is_compound(path: Path) -> bool:
    """Whether a file begins as one of Office before 2007; its oldest ones are a bare row of records."""
    with path.open("rb") as file:
        return file.read(4).startswith((COMPOUND_FILE[:4], *OLDEST))


def is_locked(path: Path) -> bool:
    """Whether a file is a workbook with a password."""
    with path.open("rb") as file:
        return file.read(8) == COMPOUND_FILE and ENCRYPTED in file.read(1 << 20)


def sheets_of_xlsx(path: Path) -> Iterator[Sheet]:
    """The rows of each sheet, in their order. Hidden sheets come as well: people hide what they once needed."""
    from openpyxl import load_workbook

    with _as_list_error(), path.open("rb") as file:
        check_unpacked(file)
        book = load_workbook(file, read_only=True, data_only=True)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # WPS Office and report writers say A1, whatever the sheet holds
            yield _rows_of_sheet(sheet)


@contextmanager
def _as_list_error() -> Iterator[None]:
    """Whatever a broken workbook makes the library raise, as what to do about it."""
    try:
        with reading():
            yield
    except HugeWorkbookError as error:
        raise ListError(M("contacts.list.too_large", size=Size(UNPACKED))) from error
    except (BrokenWorkbookError, OSError) as error:
        raise ListError(M("contacts.list.workbook")) from error


def _rows_of_sheet(sheet: Any) -> Sheet:
    # A sheet may claim any width: a single cell in the last column would make each row 16,384 cells long.
    with _as_list_error():
        for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1):
            if number > MOST_ROWS:
                raise ListError(M("contacts.list.too_large", size=Size(UNPACKED)))
            yield [_text(value) for value in row]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, datetime) else str(value)


def sheets_of_ods(path: Path) -> Iterator[Sheet]:
    """The rows of each sheet of an OpenDocument file."""
    with _as_list_error():
        with path.open("rb") as file:
            check_unpacked(file)
        with zipfile.ZipFile(path) as packed, packed.open("content.xml") as content:
            sheet: list[list[str]] = []
            for _, element in ElementTree.iterparse(content, events=("end",)):
                if element.tag == f"{TABLE}table-row":
                    sheet += _repeated(element)
                    element.clear()
                    if len(sheet) > MOST_ROWS:
                        raise ListError(M("contacts.list.too_large", size=Size(UNPACKED)))
                elif element.tag == f"{TABLE}table":
                    yield iter(sheet)
                    sheet = []


def _repeated(row: ElementTree.Element) -> list[list[str]]:
    """A row as often as it says; an empty one once, as the last row of a sheet fills it to its end."""
    cells: list[str] = []
    for cell in row.iter(f"{TABLE}table-cell"):
        times = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
        text = "\n".join("".join(paragraph.itertext()) for paragraph in cell.iter(f"{TEXT}p"))
        cells += [text] * min(times, MOST_COLUMNS - len(cells))
    times = int(row.get(f"{TABLE}number-rows-repeated", "1")) if any(cells) else 1
    return [cells] * min(times, MOST_ROWS)
