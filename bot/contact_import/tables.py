"""Files as tables of texts, row by row, so that a long list takes no more memory than a short one."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.contact_import.csv_files import rows_of_csv
from bot.contact_import.errors import ListError
from bot.contact_import.old_excel import sheets_of_xls
from bot.contact_import.vcards import is_vcards, rows_of_vcards
from bot.contact_import.workbooks import is_compound, is_locked, sheets_of_ods, sheets_of_xlsx
from dialogs.domain.messages import Code, M

__all__ = ["tables_of"]

Table = Iterator[Sequence[str]]

WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".ods")
UNREAD = (".doc", ".docx", ".pdf", ".pages", ".zip")


def tables_of(path: Path, *, name: str = "", encoding: str | None = None) -> Iterator[Table]:
    """The tables of a file: of a workbook each sheet, of a CSV file and of an address book one.

    `name` is what the file was called; what is in it decides, since people rename files. `encoding` None: found out.
    ListError when it is no table.
    """
    ending = Path(name or path.name).suffix.lower()
    parts = _packed(path)
    if ending == ".numbers" or any(part.endswith(".iwa") for part in parts):
        raise ListError(M("contacts.list.numbers"))
    if parts and ending not in UNREAD:
        return sheets_of_ods(path) if "content.xml" in parts else sheets_of_xlsx(path)
    if is_locked(path):
        raise ListError(M("contacts.list.locked"))
    if is_compound(path) and ending not in (".doc", ".msg", ".ppt"):
        return sheets_of_xls(path)
    if ending == ".vcf" or is_vcards(path):
        return iter([rows_of_vcards(path, encoding)])
    if ending in UNREAD:
        raise ListError(M("contacts.list.other_format", ending=Code(ending)))
    if ending in WORKBOOKS or _is_web_page(path):
        raise ListError(M("contacts.list.workbook"))
    return iter([rows_of_csv(path, encoding)])


def _packed(path: Path) -> list[str]:
    """What is packed in a file; nothing of one that is no archive."""
    try:
        with zipfile.ZipFile(path) as packed:
            return packed.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return []


def _is_web_page(path: Path) -> bool:
    """Whether a file is HTML or XML, as many programs write what they call .xls."""
    with path.open("rb") as file:
        return file.read(1_000).lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"").startswith(b"<")
