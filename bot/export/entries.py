"""Entries on their way out: JSON and CSV, with codes or with labels in a language, and their files beside them."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlmodel import Session

from bot.app import App
from bot.export.answers import nested
from bot.export.csv_cells import BOM, cell
from bot.export.labels import Labels
from bot.uploads import copy_original
from dialogs.questionnaire import loader
from dialogs.questionnaire.model import Question, QuestionKind
from storage.entries import entries, files
from storage.tables import EntryRow, FileRow

__all__ = ["FORMATS", "Wish", "export"]

HEAD = ("reference", "version", "call", "edition", "submitted", "received", "language", "languages", "files")
IN_A_TABLE = {"language": "written_in"}
"""Columns that would be called like a question, which has a column of its own."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted: `form` json or csv; `labels` a language instead of codes; `folder` for copies of the files."""

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
    """Write all entries, or those of a call, to a file or the output."""
    found = await app.database.read(lambda session: _records(session, app, wish))
    listed = [file for record in found for file in record["files"]]
    labels = Labels(app.words, wish.labels) if wish.labels else None
    text = FORMATS[wish.form]([labels.of(record) if labels else record for record in found], labels)
    if output is None:
        sys.stdout.write(text)
    else:
        output.write_text(text, encoding="utf-8", newline="")  # noqa: ASYNC240  nothing else runs
    return Exported(len(found), len(listed), sum(file["path"] is None for file in listed))


def _records(session: Session, app: App, wish: Wish) -> list[dict[str, Any]]:
    rows = list(entries.of_call(session, wish.call))
    known = files.named(session, [id for row in rows for id in _file_ids(row)])
    return [_record(row, known, app.settings.files, wish.folder) for row in rows]


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
    asked = [question.id for question in _questions() if question.kind is QuestionKind.FILE]
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


def _as_json(records: Iterable[Mapping[str, Any]], labels: Labels | None) -> str:
    return json.dumps(list(records), ensure_ascii=False, indent=2) + "\n"


def _as_csv(records: Iterable[Mapping[str, Any]], labels: Labels | None) -> str:
    """One row an entry; several values in a cell are joined by `; `, those of goals as `4: text`."""
    questions = [question.id for question in _questions()]
    titles = labels.titles(_questions()) if labels else questions
    out = io.StringIO()
    out.write(BOM)
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow([*(IN_A_TABLE.get(name, name) for name in HEAD), *titles])
    for record in records:
        named = [file["path"] or file["name"] for file in record["files"]]
        head = {**record, "files": named, "languages": sorted(set(record["languages"].values()))}
        answers = record["answers"]
        writer.writerow([*(cell(head[name]) for name in HEAD), *(cell(answers.get(id)) for id in questions)])
    return out.getvalue()


def _questions() -> Iterator[Question]:
    """The questions of every edition, each once as its newest edition asks it; entries of all stand in one table."""
    newest = {id: question for edition in loader.versions().values() for id, question in edition.by_id.items()}
    order = dict.fromkeys(
        id for version in sorted(loader.versions(), reverse=True) for id in loader.version(version).by_id
    )
    return (newest[id] for id in order)


FORMATS: Mapping[str, Callable[[Iterable[Mapping[str, Any]], Labels | None], str]] = {
    "json": _as_json,
    "csv": _as_csv,
}
