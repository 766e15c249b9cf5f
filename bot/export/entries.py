"""Entries on their way out: JSON, CSV or a workbook, with codes or labels in a language, and their files beside."""

from __future__ import annotations

import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import IO, Any

from sqlmodel import Session

from bot.app import App
from bot.export.answers import nested
from bot.export.labels import Labels
from bot.export.writers import ALL, CsvWriter, JsonWriter, TableWish, Writer, XlsxWriter, questions
from bot.file_store import copy_file
from dialogs.domain.questionnaire import QuestionKind
from dialogs.questionnaire.register import goals_in, lines_in, public_answers
from storage.entries import entries, files
from storage.tables import EntryRow, FileRow

__all__ = ["NAMES", "Wish", "delimiter_of", "export"]

AT_ONCE = 100
"""Entries in memory at once."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted: `form` json, csv or xlsx; `labels` a language instead of codes; `folder` for copies of files.

    `originals`: pictures as they were sent, with place, time and camera; else without.
    `public`: published entries alone, with what the public may see of them: no contact that was not allowed, no files.
    """

    form: str
    call: str | None = None
    labels: str | None = None
    folder: Path | None = None
    table: TableWish = ALL
    public: bool = False
    originals: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """How many entries went out, how many files with them, how many of those are not here yet, and how many pictures
    were left out, as what they say of the people cannot be taken out.
    """

    entries: int
    files: int
    missing: int
    withheld: int


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
        return _add_all(session, app, wish, labels, XlsxWriter(output, labels, wish.table))
    if output is None:
        return _add_all(session, app, wish, labels, _text(wish, sys.stdout, labels))
    with output.open("w", encoding="utf-8", newline="") as out:
        return _add_all(session, app, wish, labels, _text(wish, out, labels))


def _text(wish: Wish, out: IO[str], labels: Labels | None) -> Writer:
    return CsvWriter(out, labels, wish.table) if wish.form == "csv" else JsonWriter(out, labels)


def _add_all(session: Session, app: App, wish: Wish, labels: Labels | None, writer: Writer) -> Exported:
    total = listed = missing = withheld = 0
    for record in _records(session, app, wish):
        final = _final(record["answers"], labels) if wish.form != "json" else {}
        writer.add({**(labels.of(record) if labels else record), **final})
        total, listed = total + 1, listed + len(record["files"])
        absent = [app.settings.files / file["id"] for file in record["files"] if file["path"] is None]
        here = sum(path.is_file() for path in absent)
        missing, withheld = missing + len(absent) - here, withheld + here
    writer.close()
    return Exported(total, listed, missing, withheld)


def _records(session: Session, app: App, wish: Wish) -> Iterator[dict[str, Any]]:
    """Entry by entry; what is known of their files is asked for some at once."""
    rows = entries.of_call(session, wish.call, only_published=wish.public)
    while some := list(islice(rows, AT_ONCE)):
        known = files.named(session, [id for row in some for id in _file_ids(row)])
        for row in some:
            record = _record(row, known, app.settings.files, wish)
            yield _made_public(record, row.answers or {}) if wish.public else record


def _made_public(record: dict[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    """What everybody may see of an entry, as its page and the open data show it."""
    return {**record, "files": [], "answers": nested(public_answers(answers))}


def _final(answers: Mapping[str, Any], labels: Labels | None) -> dict[str, list[str]]:
    """All lines and all goals of an entry, whichever questions gave them; what it keeps of the Millennium Goals."""
    found = {"final_lines": lines_in(answers), "final_goals": goals_in(answers)}
    found |= {name: tuple(map(str, answers.get(name) or ())) for name in ("mdgs", "from_mdg")}
    return {name: [labels.fact(name, code) if labels else code for code in codes] for name, codes in found.items()}


def _record(row: EntryRow, known: Mapping[str, FileRow], kept: Path, wish: Wish) -> dict[str, Any]:
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
        "files": list(_files(row, known, kept, wish)),
        "answers": nested(row.answers or {}),
    }


def _file_ids(row: EntryRow) -> list[str]:
    asked = [question.id for question in questions() if question.kind is QuestionKind.FILE]
    return [str(id) for question in asked for id in (row.answers or {}).get(question) or ()]


def _files(row: EntryRow, known: Mapping[str, FileRow], kept: Path, wish: Wish) -> Iterator[dict[str, Any]]:
    """The files of an entry, copied beside the export when a folder is given. `path` None: not here yet, or not to be
    passed on.
    """
    folder = wish.folder
    for number, id in enumerate(_file_ids(row), start=1):
        file = known.get(id)
        name = file.name if file else id
        path = kept / id
        if folder is not None:
            copied = copy_file(path, folder / row.reference, number, name, as_sent=wish.originals)
            shown = str(copied.relative_to(folder)) if copied else None
        else:
            shown = str(path) if path.is_file() else None
        yield {"id": id, "name": name, "kind": file.kind if file else None, "path": shown}


NAMES = ("json", "csv", "xlsx")
"""The forms; a workbook is a file."""

SEMICOLONS = ("es", "fr", "ru")
"""Languages whose numbers have a comma: their spreadsheets part the cells of a CSV by semicolons."""


def delimiter_of(language: str | None) -> str:
    """What parts the cells of a CSV for spreadsheets in this language."""
    return ";" if language in SEMICOLONS else ","
