"""The queue as a file for a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.export.csv_cells import BOM, cell
from dialogs.domain.review import Listed

__all__ = ["HEAD", "rows", "write"]

HEAD = ("reference", "state", "received", "due", "reviewer", "assigned", "language", "country", "organisation", "title")


def rows(entries: Iterable[Listed]) -> Iterable[tuple[str, ...]]:
    """The lines of the table; moments in UTC, as ISO text."""
    for each in entries:
        due = each.due.isoformat() if each.due else ""
        yield (
            *(each.reference, each.state.value, each.received.isoformat(), due, each.reviewer),
            *(", ".join(each.assigned), each.language, each.country, each.organisation, each.title),
        )


def write(path: Path, entries: Sequence[Listed]) -> None:
    """Write a CSV file that Excel reads, or an XLSX one. A formula in somebody's title stays a text."""
    if path.suffix == ".xlsx":
        from openpyxl import Workbook

        book = Workbook(write_only=True)
        sheet = book.create_sheet("review")
        sheet.append(list(HEAD))
        for line in rows(entries):
            sheet.append([str(cell(value)) for value in line])
        book.save(path)
        return
    with path.open("w", newline="", encoding="utf-8") as file:
        file.write(BOM)
        writer = csv.writer(file, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
        writer.writerow(HEAD)
        writer.writerows([cell(value) for value in line] for line in rows(entries))
