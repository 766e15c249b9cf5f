"""Entries on their way out: JSON and CSV, with codes rather than labels."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlmodel import Session

from bot.app import App
from dialogs.questionnaire import loader
from storage import entries
from storage.tables import EntryRow

__all__ = ["FORMATS", "export"]

BOM = "\ufeff"
"""By which spreadsheets know that a CSV is UTF-8."""

HEAD = ("reference", "version", "call", "submitted", "received", "language", "files")


async def export(app: App, form: str, call: str | None, output: Path | None) -> int:
    """Write all entries, or those of a call, to a file or the output; how many there were."""
    rows = await app.database.read(lambda session: _records(session, call, app.settings.files))
    text = FORMATS[form](rows)
    if output is None:
        sys.stdout.write(text)
    else:
        output.write_text(text, encoding="utf-8", newline="")  # noqa: ASYNC240  nothing else runs
    return len(rows)


def _records(session: Session, call: str | None, folder: Path) -> list[dict[str, Any]]:
    return [_record(row, folder) for row in entries.of_call(session, call)]


def _record(row: EntryRow, folder: Path) -> dict[str, Any]:
    """An entry as plain values: answers by question, a repeated question's by goal."""
    answers: dict[str, Any] = {}
    for key, value in (row.answers or {}).items():
        question, at, member = key.partition("@")
        if at:
            answers.setdefault(question, {})[member] = value
        else:
            answers[question] = value
    return {
        "reference": row.reference,
        "version": row.version,
        "call": row.call,
        "submitted": row.submitted.isoformat(),
        "received": row.received.isoformat(),
        "language": row.language,
        "files": [str(folder / id) for id in answers.get("documents") or ()],
        "answers": answers,
    }


def _as_json(records: Iterable[Mapping[str, Any]]) -> str:
    return json.dumps(list(records), ensure_ascii=False, indent=2) + "\n"


def _as_csv(records: Iterable[Mapping[str, Any]]) -> str:
    """One row an entry; several values in a cell are joined by `; `, those of goals as `4: text`."""
    columns = [*HEAD, *(question.id for question in _questions())]
    out = io.StringIO()
    out.write(BOM)
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    for record in records:
        cells = {**{name: record[name] for name in HEAD}, **record["answers"]}
        writer.writerow({name: _cell(value) for name, value in cells.items()})
    return out.getvalue()


def _questions() -> Iterator[Any]:
    for section in loader.current().sections:
        yield from section.questions


def _cell(value: Any) -> str:
    """A value in a cell. What a spreadsheet would take for a formula is kept from being one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(_cell(item) for item in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{member}: {_cell(item)}" for member, item in value.items())
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text


FORMATS: Mapping[str, Callable[[Iterable[Mapping[str, Any]]], str]] = {"json": _as_json, "csv": _as_csv}
