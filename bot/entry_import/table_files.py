"""The rows of a file, whatever its form: by column, with the number that a spreadsheet shows beside each."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.entry_import.mapping import ImportFileError
from bot.export.answers import flat
from bot.workbooks import UNPACKED, BrokenWorkbookError, HugeWorkbookError, first_sheet

__all__ = ["rows_of"]

LARGEST = 200 * 2**20
"""Bytes of a file."""
MOST_ROWS, MOST_COLUMNS = 1_048_576, 500
"""Of a sheet: all that one can have, and far more columns than there are questions."""
Row = tuple[int, dict[str, Any]]


def rows_of(path: Path) -> Iterator[Row]:
    """Each row of a CSV, XLSX or JSON file as values by column. ImportFileError when it is none of these."""
    if path.stat().st_size > LARGEST:
        raise ImportFileError(f"{path} is larger than {LARGEST // 2**20} MB")
    ending = path.suffix.lower()
    if ending == ".json":
        return _json(path)
    return _xlsx(path) if ending == ".xlsx" else _csv(path)


def _json(path: Path) -> Iterator[Row]:
    """Our own export: answers stand below `answers`."""
    try:
        found = json.loads(path.read_text("utf-8-sig"))
    except ValueError:
        raise ImportFileError(f"{path} is no JSON") from None
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise ImportFileError(f"{path} is no list of entries")
    for number, record in enumerate(found, 1):
        answers = record.get("answers")
        head = {"written_in": record.get("language")} if isinstance(answers, dict) else {}
        own = {key: value for key, value in record.items() if key not in ("answers", "files", "languages", "language")}
        yield number, {**own, **head, **flat(answers)} if isinstance(answers, dict) else record


def _csv(path: Path) -> Iterator[Row]:
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise ImportFileError(f"{path} is not UTF-8") from None
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    yield from _table(csv.reader(io.StringIO(text, newline=""), delimiter=separator), path)


def _xlsx(path: Path) -> Iterator[Row]:
    try:
        yield from _table(first_sheet(path, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS), path)
    except HugeWorkbookError:
        raise ImportFileError(f"{path} is unpacked larger than {UNPACKED // 10**6} MB: divide it") from None
    except BrokenWorkbookError:
        raise ImportFileError(f"{path} is no XLSX workbook") from None


def _table(lines: Iterator[Any], path: Path) -> Iterator[Row]:
    head = [str(name or "").strip() for name in next(lines, ())]
    if not any(head):
        raise ImportFileError(f"{path} has no row that names its columns")
    for number, line in enumerate(lines, 2):
        row = {name: value for name, value in zip(head, line, strict=False) if name and value not in (None, "")}
        if row:
            yield number, row
