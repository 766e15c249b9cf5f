"""A file that somebody sent, looked at before their turn: whether it is a template that comes back, and what is in it.

Nothing in such a file is trusted: it is opened with bounds, what its parts may weigh unpacked is looked at first, and
whatever goes wrong comes out as one problem, which the conversation puts into words.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path, PurePosixPath

from bot.offline import document_reader, workbook_reader
from bot.workbooks import BrokenWorkbookError, HugeWorkbookError, MacrosError, check_programs, check_unpacked, reading
from dialogs.domain.events import FileRef
from dialogs.domain.offline import FilledIn, Problem

__all__ = ["LARGEST", "may_be_template", "read_bytes", "read_path"]

LARGEST = 5_000_000
"""Bytes: a template has about 30,000, and with pictures somebody put into it a few hundred thousand."""

UNPACKED = 20_000_000
"""Bytes of all its parts, unpacked."""

ENDINGS = (".xlsx", ".xlsm", ".xltx", ".xls", ".ods", ".docx", ".docm", ".dotx", ".doc", ".odt")


def may_be_template(file: FileRef) -> bool:
    """Whether a file is called like one that a template may have been saved as."""
    return PurePosixPath(file.name).suffix.casefold() in ENDINGS


def read_path(path: Path) -> FilledIn:
    """Read a file of ours that somebody sent."""
    try:
        if path.stat().st_size > LARGEST:
            return FilledIn(Problem.HUGE)
        return read_bytes(path.read_bytes())
    except FileNotFoundError:
        return FilledIn(Problem.NOT_FETCHED)


def read_bytes(data: bytes) -> FilledIn:
    """Read what was sent, whatever it is."""
    file = io.BytesIO(data)
    if not zipfile.is_zipfile(file):
        return FilledIn(Problem.BROKEN)
    try:
        with reading():
            check_unpacked(file, UNPACKED)
            check_programs(file)
            with zipfile.ZipFile(file) as packed:
                if document_reader.PART in packed.namelist():
                    return document_reader.read(packed)
            return workbook_reader.read(file)
    except HugeWorkbookError:
        return FilledIn(Problem.HUGE)
    except MacrosError:
        return FilledIn(Problem.MACROS)
    except BrokenWorkbookError:
        return FilledIn(Problem.BROKEN)
