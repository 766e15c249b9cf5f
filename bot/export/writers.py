"""The forms in which entries go out, each written entry by entry: a great register takes no more memory."""

from __future__ import annotations

import csv
import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from bot.export.csv_cells import BOM, cell
from bot.export.labels import Labels
from dialogs.domain.questionnaire import Question, QuestionKind
from dialogs.domain.values.dates import YEAR
from dialogs.questionnaire.source import loader

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

__all__ = ["HEAD", "CsvWriter", "JsonWriter", "TableWish", "Writer", "XlsxWriter", "questions"]

HEAD = ("reference", "version", "call", "edition", "submitted", "received", "language", "languages", "files")
FINAL = ("final_lines", "final_goals", "mdgs", "from_mdg")
"""Lists that several questions give together, or that nobody asks for: of a table, in one column each. `mdgs`: the
Millennium Goals of an older entry; `from_mdg`: goals that took them up.
"""
IN_A_TABLE = {"language": "written_in"}
"""Columns that would be called like a question, which has a column of its own."""
LONGEST = 32_767
"""Characters of a cell in Excel."""


def questions() -> Iterator[Question]:
    """The questions of every edition, each once as its newest edition asks it; entries of all stand in one table."""
    newest = {id: question for edition in loader.versions().values() for id, question in edition.by_id.items()}
    order = dict.fromkeys(
        id for version in sorted(loader.versions(), reverse=True) for id in loader.version(version).by_id
    )
    return (newest[id] for id in order)


@dataclass(frozen=True, slots=True)
class TableWish:
    """How a table is wanted. `columns`: which, in this order of kinds (empty: all); `delimiter`: of a CSV."""

    columns: tuple[str, ...] = ()
    delimiter: str = ","

    def head(self) -> tuple[str, ...]:
        """The columns about the entry, by the names of a record."""
        wanted = [name for name in (*HEAD, *FINAL) if not self.columns or IN_A_TABLE.get(name, name) in self.columns]
        return tuple(wanted)

    def questions(self) -> list[Question]:
        return [question for question in questions() if not self.columns or question.id in self.columns]

    def unknown(self) -> list[str]:
        """Columns that there are not."""
        known = {*(IN_A_TABLE.get(name, name) for name in (*HEAD, *FINAL)), *(question.id for question in questions())}
        return [name for name in self.columns if name not in known]


ALL = TableWish()


class Writer(ABC):
    """Takes entries one after another; `close` ends the file."""

    @abstractmethod
    def add(self, record: Mapping[str, Any]) -> None:
        """Write an entry."""

    @abstractmethod
    def close(self) -> None:
        """Write what stands at the end."""


class JsonWriter(Writer):
    """A list of entries."""

    def __init__(self, out: IO[str], labels: Labels | None) -> None:
        self._out, self._first = out, True

    def add(self, record: Mapping[str, Any]) -> None:
        text = json.dumps(record, ensure_ascii=False, indent=2).replace("\n", "\n  ")
        self._out.write(("[\n  " if self._first else ",\n  ") + text)
        self._first = False

    def close(self) -> None:
        self._out.write("[]\n" if self._first else "\n]\n")


class CsvWriter(Writer):
    """One row an entry; several values in a cell are joined by `; `, those of goals as `4: text`."""

    def __init__(self, out: IO[str], labels: Labels | None, table: TableWish = ALL) -> None:
        self._head, asked = table.head(), table.questions()
        self._ids = [question.id for question in asked]
        titles = labels.titles(asked) if labels else self._ids
        out.write(BOM)
        self._rows = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL, delimiter=table.delimiter)
        self._rows.writerow([*(IN_A_TABLE.get(name, name) for name in self._head), *titles])

    def add(self, record: Mapping[str, Any]) -> None:
        head, answers = _head(record), record["answers"]
        self._rows.writerow([*(cell(head[name]) for name in self._head), *(cell(answers.get(id)) for id in self._ids)])

    def close(self) -> None:
        return


def _head(record: Mapping[str, Any]) -> dict[str, Any]:
    named = [file["path"] or file["name"] for file in record["files"]]
    return {**record, "files": named, "languages": sorted(set(record["languages"].values()))}


class XlsxWriter(Writer):
    """A workbook: the entries with real numbers and dates, and a sheet that says what each column is.

    Every text is written as one, so none is a formula.
    """

    def __init__(self, path: Path, labels: Labels | None, table: TableWish = ALL) -> None:
        import xlsxwriter

        self._book = xlsxwriter.Workbook(
            str(path), {"constant_memory": True, "default_date_format": "yyyy-mm-dd hh:mm"}
        )
        self._month = self._book.add_format({"num_format": "yyyy-mm"})
        self._sheet = self._book.add_worksheet("entries")
        self._head, self._questions, self._labels, self._row = table.head(), table.questions(), labels, 0
        titles = labels.titles(self._questions) if labels else [question.id for question in self._questions]
        self._write([*(IN_A_TABLE.get(name, name) for name in self._head), *titles])
        self._sheet.freeze_panes(1, 1)

    def add(self, record: Mapping[str, Any]) -> None:
        head, answers = _head(record), record["answers"]
        moments = {name: datetime.fromisoformat(head[name]).replace(tzinfo=None) for name in ("submitted", "received")}
        first = [moments.get(name, head[name]) for name in self._head]
        self._write([*first, *(self._answer(question, answers.get(question.id)) for question in self._questions)])

    def _answer(self, question: Question, value: Any) -> Any:
        is_date = question.kind in (QuestionKind.MONTH, QuestionKind.DATE)
        if is_date and self._labels is None and isinstance(value, str) and not YEAR.fullmatch(value):
            return datetime.strptime(value, "%Y-%m").date()
        return value

    def _write(self, values: list[Any]) -> None:
        for column, value in enumerate(values):
            _put(self._sheet, self._row, column, value, self._month)
        self._row += 1

    def close(self) -> None:
        self._describe()
        self._book.close()

    def _describe(self) -> None:
        """The sheet about the columns: in the language of the labels, else in English."""
        sheet, say = self._book.add_worksheet("columns"), self._say()
        sheet.set_column(0, 3, 40)
        rows: list[list[Any]] = [["column", "question", "kind", "options"]]
        rows += [[IN_A_TABLE.get(name, name), "", "about the entry", ""] for name in self._head]
        for question in self._questions:
            rows.append(
                [question.id, say.titles([question])[0], question.kind.value, "; ".join(_options(question, say))]
            )
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                _put(sheet, number, column, value, None)

    def _say(self) -> Labels:
        from locales.words import Words

        return self._labels or Labels(Words.ours(), "en")


def _options(question: Question, say: Labels) -> Iterator[str]:
    """Codes with what they are called; what they were called in another edition stands behind, with that edition."""
    known: dict[str, str] = {}
    for version in sorted(loader.versions(), reverse=True):
        asked = loader.version(version).by_id.get(question.id)
        if asked is None:
            continue
        for code in asked.codes:
            label = say.option(asked, code)
            if code not in known:
                yield f"{code}: {label}"
            elif known[code] != label:
                yield f"{code} ({version}): {label}"
            known.setdefault(code, label)


def _put(sheet: Worksheet, row: int, column: int, value: Any, month: Any) -> None:
    """A value into a cell, as what it is."""
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        sheet.write_datetime(row, column, value)
    elif hasattr(value, "isoformat"):
        sheet.write_datetime(row, column, value, month)
    elif isinstance(value, int) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, _plain(value)[:LONGEST])


def _plain(value: Any) -> str:
    """A value as text, without what keeps a CSV's cell from being a formula: here it is none."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(map(_plain, value))
    if isinstance(value, Mapping):
        return "; ".join(f"{member}: {_plain(item)}" for member, item in value.items())
    return str(value)
