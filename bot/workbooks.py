"""Excel workbooks that somebody sends: opened with a bound, and whatever is broken in them told as one thing.

A workbook is a zip of XML. What a damaged, renamed or hostile one makes zipfile, expat and openpyxl raise is no
contract of theirs, so each reader asks here, and says what to do about it in its own words.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree import ElementTree

__all__ = [
    "UNPACKED",
    "BrokenWorkbookError",
    "HugeWorkbookError",
    "MacrosError",
    "check_programs",
    "check_unpacked",
    "first_sheet",
    "reading",
]

UNPACKED = 100_000_000
"""Bytes of a workbook's parts, unpacked: ten times what 100,000 people with all columns take."""


class BrokenWorkbookError(Exception):
    """It is no workbook that can be read."""


class HugeWorkbookError(BrokenWorkbookError):
    """Unpacked it is far larger than sent, or than anybody needs."""


class MacrosError(BrokenWorkbookError):
    """It brings programs along."""


PROGRAMS = ("vbaproject.bin", "vbadata.xml")
"""How parts are called that hold macros."""


@contextmanager
def reading() -> Iterator[None]:
    """Whatever a broken workbook makes the libraries raise, as BrokenWorkbookError; a generator asks for it itself."""
    from openpyxl.utils.exceptions import InvalidFileException

    broken = (
        *(InvalidFileException, KeyError, IndexError, ValueError, TypeError, AttributeError, EOFError),
        *(zipfile.BadZipFile, zlib.error, ElementTree.ParseError, RuntimeError, NotImplementedError),
    )
    try:
        yield
    except broken as error:
        raise BrokenWorkbookError(str(error)) from error


def check_unpacked(file: BinaryIO, most: int = UNPACKED) -> None:
    """Refuse a workbook that is far larger unpacked than sent. A directory that lies about it is caught in reading."""
    with zipfile.ZipFile(file) as packed:
        if sum(member.file_size for member in packed.infolist()) > most:
            raise HugeWorkbookError


def check_programs(file: BinaryIO) -> None:
    """Refuse an office file that brings programs along, whatever its name says. None of them would be run here, but
    whoever sends one on by mistake should hear of it.
    """
    with zipfile.ZipFile(file) as packed:
        if any(part.lower().endswith(PROGRAMS) or "/macrosheets/" in part.lower() for part in packed.namelist()):
            raise MacrosError


def first_sheet(path: Path, *, most_rows: int, most_columns: int) -> Iterator[tuple[Any, ...]]:
    """The values of the first sheet, a row each, up to these bounds. BrokenWorkbookError, OSError."""
    from openpyxl import load_workbook

    with path.open("rb") as file, reading():
        check_unpacked(file)
        sheet: Any = load_workbook(file, read_only=True, data_only=True).worksheets[0]
        sheet.reset_dimensions()  # a sheet may claim any size
        yield from sheet.iter_rows(max_row=most_rows, max_col=most_columns, values_only=True)
