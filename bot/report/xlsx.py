"""The report as a workbook: figures, lines by goals, entries, indexes, each on a sheet that programs can read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from bot.report.model import Field, Report

__all__ = ["write"]

SHADES = ("#ffffff", "#e7f0fa", "#c3dbf3", "#8fbbe6", "#4a8ac9", "#1a5a9e")
LONGEST = 32_767
"""Characters that a cell holds (Excel's limit)."""
NAME = str.maketrans("", "", "[]:*?/\\'")
"""Signs that Excel allows in no sheet's name."""
WIDEST_NAME = 31


def write(report: Report, path: Path) -> str:
    """Write the workbook. Returns what is to be said about it: nothing."""
    # Strings stay strings: a title that begins with = is no formula, and an address no link that Excel counts.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": report.title, "created": datetime.fromisoformat(report.dated)})
        sheets = _Sheets(book, report)
        if report.figures:
            sheets.figures()
            sheets.heat_map()
        sheets.entries()
        for index in report.indexes:
            lines = ((name, ", ".join(references)) for name, references in index.lines)
            sheets.table(index.title, (index.title, report.words["reference"]), lines, (48, 80))
    return ""


class _Sheets:
    def __init__(self, book: Any, report: Report) -> None:
        self.book, self.report = book, report
        self.bold = book.add_format({"bold": True, "font_color": "#1a5a9e"})
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.cell = book.add_format({"text_wrap": True, "valign": "top"})
        self.shades = [
            book.add_format({"bg_color": colour, "align": "center", "font_color": "#ffffff" if dark > 3 else "#16202c"})
            for dark, colour in enumerate(SHADES)
        ]

    def sheet(self, name: str) -> Any:
        sheet = self.book.add_worksheet(name.translate(NAME)[:WIDEST_NAME])
        if self.report.direction == "rtl":
            sheet.right_to_left()
        return sheet

    def figures(self) -> None:
        """All figures below each other: group, entries, share of all."""
        words, sheet, row = self.report.words, self.sheet(self.report.words["figures"]), 3
        sheet.set_column(0, 0, 48)
        sheet.write_string(0, 0, self.report.title, self.bold)
        sheet.write_string(1, 0, self.report.stamp)
        for figure in self.report.figures:
            for column, text in enumerate((figure.title, words["entries"], words["share"])):
                sheet.write_string(row, column, text, self.head)
            for group in figure.groups:
                row += 1
                sheet.write_string(row, 0, group.label)
                sheet.write_number(row, 1, group.count)
                sheet.write_string(row, 2, group.share)
            row += 2

    def heat_map(self) -> None:
        heat_map = self.report.heat_map
        sheet = self.sheet(heat_map.title)
        sheet.set_column(0, 0, 40)
        sheet.set_column(1, len(heat_map.columns), 5)
        for column, (code, _) in enumerate(heat_map.columns, 1):
            sheet.write_string(0, column, code, self.head)
        for row, ((code, name), cells) in enumerate(zip(heat_map.rows, heat_map.cells, strict=True), 1):
            sheet.write_string(row, 0, f"{code} {name}")
            for column, count in enumerate(cells, 1):
                sheet.write_number(row, column, count, self.shades[heat_map.shade(count)])
        sheet.write_string(len(heat_map.rows) + 2, 0, heat_map.note)
        sheet.freeze_panes(1, 1)

    def entries(self) -> None:
        """A row an entry; a column an answer, in the order in which entries have them."""
        report = self.report
        labels = dict.fromkeys(field.label for entry in report.entries for field in (*entry.facts, *entry.texts))
        rows = (
            (
                chapter.code,
                entry.reference,
                entry.title,
                entry.by,
                entry.prize,
                *_cells(labels, (*entry.facts, *entry.texts)),
            )
            for chapter in report.chapters
            for entry in chapter.entries
        )
        head = ("", report.words["reference"], report.words["title"], report.words["organization"], "", *labels)
        self.table(report.words["entries"], head, rows, (10, 18, 40, 40, 14, *(30 for _ in labels)))

    def table(self, name: str, head: Iterable[str], rows: Iterable[Iterable[str]], widths: Iterable[int]) -> None:
        sheet = self.sheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for column, text in enumerate(head):
            sheet.write_string(0, column, text, self.head)
        for row, cells in enumerate(rows, 1):
            for column, text in enumerate(cells):
                sheet.write_string(row, column, text[:LONGEST], self.cell)
        sheet.freeze_panes(1, 0)


def _cells(labels: Iterable[str], fields: Iterable[Field]) -> Iterator[str]:
    """Of each label the entry's texts."""
    found: dict[str, list[str]] = {}
    for field in fields:
        found.setdefault(field.label, []).append(field.text)
    return ("\n".join(found.get(label, ())) for label in labels)
