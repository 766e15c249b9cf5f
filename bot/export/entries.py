"""Entries on their way out: JSON, CSV or a workbook, with codes or labels in a language, and their files beside."""

from __future__ import annotations

import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import IO, Any

from sqlmodel import Session

from bot.app import App
from bot.export.answers import nested
from bot.export.labels import Labels
from bot.export.writers import CsvWriter, JsonWriter, Writer, XlsxWriter, questions
from bot.uploads import copy_original
from dialogs.domain.questionnaire import QuestionKind
from storage.entries import entries, files
from storage.tables import EntryRow, FileRow

__all__ = ["FORMATS", "NAMES", "Wish", "export"]

AT_ONCE = 100
"""Entries in memory at once."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted: `form` json, csv or xlsx; `labels` a language instead of codes; `folder` for copies of files."""

    form: str
    call: str | None = None
    labels: str | None = None
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """How many entries went out, how many files with them, and how many of those are not here yet."""

    entries: int
    files: int
    missing: int


async def export(app: App, wish: Wish, output: Path | None) -> Exported:
    """Write all entries, or those of a call, to a file or the output; `wish.folder` may be a new zip file.

    ValueError when a workbook is wanted on the output.
    """
    if wish.form == "xlsx" and output is None:
        raise ValueError("a workbook needs --output")
    if wish.folder is None or wish.folder.suffix.lower() != ".zip":
        return await app.database.look(lambda session: _write(session, app, wish, output))
    with tempfile.TemporaryDirectory() as folder:
        copied = replace(wish, folder=Path(folder))
        done = await app.database.look(lambda session: _write(session, app, copied, output))
        _zip(Path(folder), wish.folder)
    return done


def _zip(folder: Path, archive: Path) -> None:
    """The files as they are: pictures and PDFs are packed already."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            packed.write(path, path.relative_to(folder))


def _write(session: Session, app: App, wish: Wish, output: Path | None) -> Exported:
    labels = Labels(app.words, wish.labels) if wish.labels else None
    if wish.form == "xlsx":
        assert output is not None  # `export` asks for it
        return _add_all(session, app, wish, labels, XlsxWriter(output, labels))
    if output is None:
        return _add_all(session, app, wish, labels, FORMATS[wish.form](sys.stdout, labels))
    with output.open("w", encoding="utf-8", newline="") as out:
        return _add_all(session, app, wish, labels, FORMATS[wish.form](out, labels))


def _add_all(session: Session, app: App, wish: Wish, labels: Labels | None, writer: Writer) -> Exported:
    total = listed = missing = 0
    for record in _records(session, app, wish):
        writer.add(labels.of(record) if labels else record)
        total, listed = total + 1, listed + len(record["files"])
        missing += sum(file["path"] is None for file in record["files"])
    writer.close()
    return Exported(total, listed, missing)


def _records(session: Session, app: App, wish: Wish) -> Iterator[dict[str, Any]]:
    """Entry by entry; what is known of their files is asked for some at once."""
    rows = entries.of_call(session, wish.call)
    while some := list(islice(rows, AT_ONCE)):
        known = files.named(session, [id for row in some for id in _file_ids(row)])
        yield from (_record(row, known, app.settings.files, wish.folder) for row in some)


def _record(row: EntryRow, known: Mapping[str, FileRow], kept: Path, folder: Path | None) -> dict[str, Any]:
    """An entry as plain values: answers by question, a repeated question's by goal."""
    return {
        "reference": row.reference,
        "version": row.version,
        "call": row.call,
        "edition": row.edition,
        "submitted": row.submitted.isoformat(),
        "received": row.received.isoformat(),
        "language": row.language,
        "languages": row.languages or {},
        "files": list(_files(row, known, kept, folder)),
        "answers": nested(row.answers or {}),
    }


def _file_ids(row: EntryRow) -> list[str]:
    asked = [question.id for question in questions() if question.kind is QuestionKind.FILE]
    return [str(id) for question in asked for id in (row.answers or {}).get(question) or ()]


def _files(row: EntryRow, known: Mapping[str, FileRow], kept: Path, folder: Path | None) -> Iterator[dict[str, Any]]:
    """The files of an entry, copied beside the export when a folder is given. `path` None: not here yet."""
    for number, id in enumerate(_file_ids(row), start=1):
        file = known.get(id)
        name = file.name if file else id
        path = kept / id
        if folder is not None:
            copied = copy_original(path, folder / row.reference, number, name)
            shown = str(copied.relative_to(folder)) if copied else None
        else:
            shown = str(path) if path.is_file() else None
        yield {"id": id, "name": name, "kind": file.kind if file else None, "path": shown}


FORMATS: Mapping[str, Callable[[IO[str], Labels | None], Writer]] = {"json": JsonWriter, "csv": CsvWriter}
"""Those that are text; a workbook is a file."""
NAMES = (*FORMATS, "xlsx")
