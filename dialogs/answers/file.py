"""Files: which kinds are taken, how large and how many.

Archives are not taken: nobody at the secretariat may open what cannot be looked into, and the documents
inside can be sent one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from dialogs.answers.results import Context, Reading, Refusal
from dialogs.domain.events import FileRef
from dialogs.domain.messages import Code, Listing, M, Message, Size
from dialogs.domain.questionnaire import Question

__all__ = ["ENDINGS", "check_file", "check_files", "read_file"]

MEGABYTE = 1_000_000
"""As sizes are shown to people."""

ENDINGS: Mapping[str, str] = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".heic": "image/heic",
    ".txt": "text/plain",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".wav": "audio/wav",
    ".csv": "text/csv",
    ".rtf": "application/rtf",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".ppt": "application/vnd.ms-powerpoint",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odp": "application/vnd.oasis.opendocument.presentation",
}
"""What is taken: pictures, recordings, PDF, text and office documents, by the name's ending and its media type."""

SHOWN = ("PDF", "DOCX", "XLSX", "PPTX", "ODT", "TXT", "JPG", "PNG")
"""The kinds named in a refusal: the ones people have."""


def check_file(question: Question, file: FileRef, count: int) -> Message | None:
    """What is wrong with a file that came when `count` files are kept already, or None.

    The kind is judged by the name's ending; a file without a name (a photo) by its media type.
    """
    most = question.limits.max_files
    if most is not None and count >= most:
        return M("reading.file.too_many", most)
    if not _is_taken(file):
        return M("reading.file.kind", name=Code(file.name), kinds=Listing(tuple(map(Code, SHOWN))))
    return _size_missed(question, file)


def _size_missed(question: Question, file: FileRef) -> Message | None:
    most = question.limits.max_mb_each
    if file.size == 0:
        return M("reading.file.empty", name=Code(file.name))
    if most is not None and file.size > most * MEGABYTE:
        return M("reading.file.too_large", name=Code(file.name), size=Size(file.size), max=Size(most * MEGABYTE))
    return None


def _is_taken(file: FileRef) -> bool:
    ending = PurePosixPath(file.name).suffix.casefold()
    media = file.kind.partition(";")[0].strip().casefold()
    return ending in ENDINGS if ending else media in ENDINGS.values()


def read_file(question: Question, text: str, context: Context) -> Reading:
    """Words are no file."""
    return Refusal(M("reading.file.text"))


def check_files(question: Question, value: Any, context: Context) -> Message | None:
    """What is wrong with the files kept (their ids), or None."""
    if not isinstance(value, Sequence) or isinstance(value, str) or not value:
        return M("reading.file.text")
    most = question.limits.max_files
    return M("reading.file.too_many", most) if most is not None and len(value) > most else None
