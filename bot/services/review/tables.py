"""The queue, and what reviewers gave, as files for a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.export.csv_cells import BOM, cell
from dialogs.domain.entries.review import Listed
from dialogs.domain.scores import total
from storage.review.score_list import ScoredEntry

__all__ = ["HEAD", "queue_rows", "score_head", "score_rows", "write"]

HEAD = (
    *("reference", "state", "received", "due", "reviewer", "assigned", "language", "country", "organisation", "title"),
    "score",
)
SCORES = ("reference", "title", "state", "score", "reviewer", "version", "at", "total")

Row = tuple[str, ...]


def queue_rows(entries: Iterable[Listed]) -> Iterable[Row]:
    """The lines of the queue; moments in UTC, as ISO text."""
    for each in entries:
        due = each.due.isoformat() if each.due else ""
        yield (
            *(each.reference, each.state.value, each.received.isoformat(), due, each.reviewer),
            *(
                ", ".join(each.assigned),
                each.language,
                each.country,
                each.organisation,
                each.title,
                _figure(each.score),
            ),
        )


def score_head(entries: Iterable[ScoredEntry]) -> Row:
    """The columns of the scores: one for each criterion of these entries, in their order."""
    names = dict.fromkeys(criterion.name for entry in entries for criterion in entry.rubric.criteria)
    return (*SCORES, *names, "remark")


def score_rows(entries: Sequence[ScoredEntry]) -> Iterable[Row]:
    """A line for each reviewer of each entry, the best entry first. Who abstained has no figures."""
    criteria = score_head(entries)[len(SCORES) : -1]
    for entry in entries:
        for each in entry.scores:
            given = each.given or {}
            yield (
                *(entry.reference, entry.title, entry.state.value, _figure(entry.total)),
                *(each.name or str(each.person or ""), str(each.version), each.at.isoformat()),
                *(_figure(total(entry.rubric, each.given)), *(str(given.get(name, "")) for name in criteria)),
                each.remark,
            )


def _figure(score: float | None) -> str:
    return f"{score:.2f}" if score is not None else ""


def write(path: Path, name: str, head: Row, lines: Iterable[Row]) -> None:
    """Write a CSV file that Excel reads, or an XLSX one with a sheet `name`. A formula in a title stays a text."""
    if path.suffix == ".xlsx":
        from openpyxl import Workbook

        book = Workbook(write_only=True)
        sheet = book.create_sheet(name)
        for line in (head, *lines):
            sheet.append([str(cell(value)) for value in line])
        book.save(path)
        return
    with path.open("w", newline="", encoding="utf-8") as file:
        file.write(BOM)
        writer = csv.writer(file, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
        writer.writerows([cell(value) for value in line] for line in (head, *lines))
