"""Who has come to a step of the Prizes, as a table: for the ceremony and its invitations."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bot.app import App
from bot.export.csv_cells import BOM, cell
from bot.report.saying import Saying
from dialogs.domain.entries.prize import Standing, is_at_least
from dialogs.domain.messages import Country, Message
from dialogs.knowledge.prizes import CATEGORIES
from locales.words import Words
from storage.prizes import standings

__all__ = ["FORMATS", "rows", "write"]

FORMATS = ("csv", "xlsx")

HEAD = ("category", "category_name", "step", "announced", "reference", "title", "organization", "country")
CONTACTS = ("contact_name", "contact_email")
PLAINLY = {"strings_to_formulas": False, "strings_to_urls": False}
"""Somebody's words are neither a formula nor a link."""


async def write(app: App, call: str, step: Standing, language: str, path: Path, form: str, *, contacts: bool) -> int:
    """Write the table; how many entries it has. `contacts`: with the name and e-mail of who sent each."""
    found = await app.database.look(lambda session: standings.reached(session, call, step))
    head = (*HEAD, *CONTACTS) if contacts else HEAD
    table = list(rows(found, step, app.words, language, contacts=contacts))
    (_csv if form == "csv" else _workbook)(path, head, table)
    return len(table)


def rows(
    found: Iterable[standings.Reached], step: Standing, words: Words, language: str, *, contacts: bool
) -> Iterator[list[str]]:
    """A row for each entry, under `HEAD` and `CONTACTS`; names of categories and countries in a language."""
    lines = {number: line for line, number in CATEGORIES.items()}
    say = Saying(words, language).plain
    for row, entry in found:
        answers = entry.answers or {}
        yield [
            str(row.category),
            say(Message(f"action_line.{lines[row.category]}.short")) if row.category in lines else "",
            row.state,
            "yes" if is_at_least(row.announced, step) else "no",
            *(entry.reference, entry.title, entry.organisation, say(Country(entry.country)) if entry.country else ""),
            *((str(answers.get(name) or "") for name in CONTACTS) if contacts else ()),
        ]


def _csv(path: Path, head: Sequence[str], table: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(BOM)
        csv.writer(file).writerows([head, *([cell(value) for value in row] for row in table)])


def _workbook(path: Path, head: Sequence[str], table: Sequence[Sequence[str]]) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), PLAINLY) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        for number, row in enumerate([head, *table]):
            sheet.write_row(number, 0, row)
