"""The jurors' sheet: a row a nominee, a column a criterion; written, and read back with what is wrong in each cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bot.workbooks import BrokenWorkbookError, first_sheet
from dialogs.domain.entries.prize import CRITERIA, HIGHEST
from dialogs.domain.messages import Message
from locales.words import Words
from storage.prizes.standings import Submitted

__all__ = ["SheetError", "read", "write"]

HEAD = ("reference", "title", "organization")
FIRST = len(HEAD)
MOST_ROWS, MOST_COLUMNS, SHOWN = 2_000, 100, 50


class SheetError(Exception):
    """What is wrong, a line a cell; nothing of the sheet was kept."""


def write(nominees: Iterable[Submitted], words: Words, language: str, path: Path) -> None:
    """The sheet. Its first row, hidden, has the columns' names in code: a sheet is read back in any language."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("scores")
        bold, wrapped = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"text_wrap": True})
        if words.direction(language) == "rtl":
            sheet.right_to_left()
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.set_column(0, 0, 18)
        sheet.set_column(1, 2, 40)
        sheet.set_column(FIRST, FIRST + len(CRITERIA) - 1, 16)
        labels = [Message("report.word.reference"), Message("question.title.label"), Message("question.org_name.label")]
        labels += [Message(f"prize.criterion.{name}") for name in CRITERIA]
        for column, (name, label) in enumerate(zip((*HEAD, *CRITERIA), labels, strict=True)):
            sheet.write_string(0, column, name)
            sheet.write_string(1, column, words.say(label, language), bold)
        for row, nominee in enumerate(nominees, 2):
            for column, text in enumerate((nominee.reference, nominee.title, nominee.organization)):
                sheet.write_string(row, column, text, wrapped)
        whole = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": HIGHEST}
        sheet.data_validation(2, FIRST, MOST_ROWS, FIRST + len(CRITERIA) - 1, whole)
        sheet.freeze_panes(2, 2)


def read(path: Path, known: Sequence[str]) -> dict[tuple[str, str], int]:
    """Scores by reference and criterion; empty cells abstain. SheetError names each cell that is wrong.

    `known`: the nominees that this sheet may score.
    """
    try:
        rows = list(first_sheet(path, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS))
    except BrokenWorkbookError:
        raise SheetError(f"{path} is no workbook that can be read") from None
    head = rows[0] if rows else ()
    missing = [name for name in ("reference", *CRITERIA) if name not in head]
    if missing:
        raise SheetError(f"the first row lacks {', '.join(missing)}: it has to stay as it was")
    places = {name: head.index(name) for name in ("reference", *CRITERIA)}
    scores: dict[tuple[str, str], int] = {}
    wrong: list[str] = []
    seen: set[str] = set()
    for number, values in enumerate(rows[2:], 3):
        reference = str(_at(values, places["reference"]) or "").strip()
        if reference:
            wrong += _row(reference, number, values, places, known, seen, scores)
    if wrong:
        raise SheetError("\n".join(wrong[:SHOWN]))
    return scores


def _row(
    reference: str,
    number: int,
    values: Sequence[Any],
    places: dict[str, int],
    known: Sequence[str],
    seen: set[str],
    scores: dict[tuple[str, str], int],
) -> Iterator[str]:
    """What is wrong in a row; what is right goes into `scores`."""
    if reference not in known:
        yield f"A{number}: {reference} is no nominee of this category"
        return
    if reference in seen:
        yield f"A{number}: {reference} stands here twice"
        return
    seen.add(reference)
    for name in CRITERIA:
        value = _at(values, places[name])
        if value in (None, ""):
            continue
        if type(value) not in (int, float) or value not in range(HIGHEST + 1):
            yield f"{chr(ord('A') + places[name])}{number}: {value} is no whole number from 0 to {HIGHEST}"
        else:
            scores[reference, name] = int(value)


def _at(values: Sequence[Any], place: int) -> Any:
    return values[place] if place < len(values) else None
