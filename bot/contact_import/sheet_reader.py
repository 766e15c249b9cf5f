"""Files as rows of texts: CSV in the encodings and with the separators that people's programs write, and XLSX.

A file is read row by row, so that a long list takes no more memory than a short one.
"""

from __future__ import annotations

import codecs
import csv
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree import ElementTree

from dialogs.messages import Code, M, Message, Size
from locales.words import SOURCE, Words

__all__ = ["ListError", "rows_of"]

CHUNK = 1 << 20
SEPARATORS = ";,\t"
LONGEST_CELL = 10_000
"""Characters of a cell. A longer one is a quote that was never closed, which would swallow the rest of the file."""

UNPACKED = 100_000_000
"""Bytes of a workbook's parts, unpacked: ten times what 100,000 people with all columns take."""
MOST_ROWS = 200_000
MOST_COLUMNS = 100

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class ListError(Exception):
    """Why a file cannot be read as a list at all: `what` says what to do."""

    def __init__(self, what: Message) -> None:
        self.what = what

    def __str__(self) -> str:
        return Words.ours().say(self.what, SOURCE)


def rows_of(path: Path, *, name: str = "", encoding: str | None = None) -> Iterator[Sequence[str]]:
    """The rows of a file, its header first. `name` is what the file was called; `encoding` None: found out.

    ListError when it is no table.
    """
    ending = Path(name or path.name).suffix.lower()
    if zipfile.is_zipfile(path):
        return _rows_of_xlsx(path)
    if ending in (".xls", ".ods", ".numbers", ".xlsx", ".xlsm"):
        raise ListError(M("contacts.list.other_format", ending=Code(ending)))
    return _rows_of_csv(path, encoding or encoding_of(path))


def encoding_of(path: Path) -> str:
    """UTF-8, with or without its mark, UTF-16, else what Windows writes in Western Europe."""
    with path.open("rb") as file:
        head = file.read(4096)
        for mark, encoding in MARKS:
            if head.startswith(mark):
                return encoding
        if b"\0" in head:
            return _utf16(head)
        file.seek(0)
        return "utf-8" if _is_utf8(file) else "cp1252"


def _utf16(head: bytes) -> str:
    """UTF-16 without its mark: separators and digits have their zero byte on one side."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    return "utf-16-be" if even > odd else "utf-16-le"


def _is_utf8(file: Any) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _rows_of_csv(path: Path, encoding: str) -> Iterator[Sequence[str]]:
    csv.field_size_limit(LONGEST_CELL)
    try:
        with path.open(encoding=encoding, newline="") as file:
            first = file.readline()
            if first.lower().startswith("sep=") and len(first.strip()) == 5:
                separator = first.strip()[4]  # what Excel writes and reads, but never shows
            else:
                separator = _separator(first)
                file.seek(0)
            yield from csv.reader(file, delimiter=separator)
    except UnicodeDecodeError as error:
        raise ListError(M("contacts.list.encoding", encoding=Code(encoding))) from error
    except csv.Error as error:
        raise ListError(M("contacts.list.broken")) from error


def _separator(line: str) -> str:
    """Which separator the header has most of; a comma when it is a single column."""
    return max(SEPARATORS, key=lambda separator: (line.count(separator), separator == ","))


def _rows_of_xlsx(path: Path) -> Iterator[Sequence[str]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    broken = (
        *(InvalidFileException, KeyError, IndexError, ValueError, TypeError, AttributeError, OSError, EOFError),
        *(zipfile.BadZipFile, zlib.error, ElementTree.ParseError, RuntimeError, NotImplementedError),
    )
    try:
        with path.open("rb") as file:
            _check_unpacked(file)
            book = load_workbook(file, read_only=True, data_only=True)
            # A sheet may claim any width: a single cell in the last column would make each row 16,384 cells long.
            for number, row in enumerate(book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1):
                if number > MOST_ROWS:
                    raise ListError(M("contacts.list.too_large", size=Size(UNPACKED)))
                yield [_text(value) for value in row]
    except broken as error:
        raise ListError(M("contacts.list.workbook")) from error


def _check_unpacked(file: BinaryIO) -> None:
    """Refuse a workbook that is far larger unpacked than sent. A directory that lies about it is caught in reading."""
    with zipfile.ZipFile(file) as packed:
        if sum(member.file_size for member in packed.infolist()) > UNPACKED:
            raise ListError(M("contacts.list.too_large", size=Size(UNPACKED)))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, datetime) else str(value)
