"""CSV files as tables: with the separators that people's programs write, and with line breaks within cells."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from bot.contact_import.errors import ListError
from dialogs.domain.messages import Code, M

__all__ = ["rows_of_csv"]

SEPARATORS = ";,\t|"
LONGEST_CELL = 10_000
"""Characters of a cell. A longer one is a quote that was never closed, which would swallow the rest of the file."""

LOOKED_AT = 15
"""Rows at the beginning by which the separator is found out."""


def rows_of_csv(path: Path, encoding: str | None = None) -> Iterator[Sequence[str]]:
    """The rows of a file. `encoding` None: found out. ListError when it is no table."""
    from bot.contact_import.encodings import encoding_of  # its patterns take a while to be compiled

    chosen = encoding or encoding_of(path)
    csv.field_size_limit(LONGEST_CELL)
    try:
        with path.open(encoding=chosen, newline="") as file:
            first = file.readline()
            if first.lower().startswith("sep=") and len(first.strip()) == 5:
                separator, begin = first.strip()[4], file.tell()  # what Excel writes and reads, but never shows
            else:
                begin = 0
                file.seek(0)
                separator = _separator(file.read(20_000))
            file.seek(begin)
            yield from csv.reader(file, delimiter=separator)
    except UnicodeDecodeError as error:
        raise ListError(M("contacts.list.encoding", encoding=Code(chosen))) from error
    except csv.Error as error:
        raise ListError(M("contacts.list.broken")) from error


def _separator(beginning: str) -> str:
    """The separator by which the first rows have the most cells, as they would if it is the right one."""
    return max(SEPARATORS, key=lambda separator: (_cells(beginning, separator), separator == ","))


def _cells(beginning: str, separator: str) -> int:
    try:
        rows = list(islice(csv.reader(beginning.splitlines(keepends=True), delimiter=separator), LOOKED_AT))
    except csv.Error:
        return 0
    widths = sorted(len(row) for row in rows if row)
    return widths[-1] + 2 * widths[len(widths) // 2] if widths else 0
