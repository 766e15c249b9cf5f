"""Files as tables of texts, row by row, so that a long list takes no more memory than a short one."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.contact_import.csv_files import rows_of_csv
from bot.contact_import.errors import ListError
from bot.contact_import.workbooks import is_locked, sheets_of_ods, sheets_of_xlsx
from dialogs.domain.messages import Code, M

__all__ = ["tables_of"]

Table = Iterator[Sequence[str]]

UNREAD = (".xls", ".numbers", ".xlsx", ".xlsm", ".ods", ".doc", ".docx", ".pdf")


def tables_of(path: Path, *, name: str = "", encoding: str | None = None) -> Iterator[Table]:
    """The tables of a file: of a workbook each sheet, of a CSV file one.

    `name` is what the file was called; `encoding` None: found out. ListError when it is no table.
    """
    ending = Path(name or path.name).suffix.lower()
    if zipfile.is_zipfile(path) and ending not in (".numbers", ".docx"):
        return sheets_of_ods(path) if _is_ods(path) else sheets_of_xlsx(path)
    if is_locked(path):
        raise ListError(M("contacts.list.locked"))
    if ending in UNREAD:
        raise ListError(M("contacts.list.other_format", ending=Code(ending)))
    return iter([rows_of_csv(path, encoding)])


def _is_ods(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as packed:
            return "content.xml" in packed.namelist()
    except (zipfile.BadZipFile, OSError):
        return False
