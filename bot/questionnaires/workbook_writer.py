"""A questionnaire as a workbook: a sheet for each part, all languages side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
import yaml

from bot.questionnaires.edition import Edition
from bot.questionnaires.layout import (
    CHOICES,
    LIMITS,
    OPTION_KEY,
    QUESTIONS,
    RULES,
    SECTIONS,
    SETTINGS,
    TEXT_KEY,
    Cell,
)
from locales.words import SOURCE, Words

__all__ = ["in_order", "shown", "write"]

ROWS_WITH_LISTS = 1_000
"""Rows in which a column offers its list: what is added below has it too."""
LONGEST_LIST = 255
"""Characters of a list that Excel keeps in a cell's rule."""

ABOUT = (
    ("questionnaire", "its version (a year, and a letter for a later edition: 2028, 2028b)"),
    ("sections", "in the order in which they are gone through"),
    (
        "questions",
        "in their order; `section` names where each belongs. Answers follow the id: keep it for the same question",
    ),
    ("options", "the lists of this edition, a code a row, with what people read in each language"),
    (
        "texts",
        "what people read: of a section or a question, by name and part; English is needed, the others may follow",
    ),
    (
        "rules",
        "scope: which sections or questions an answer to “What has changed?” opens; move: where answers of an "
        "older edition go",
    ),
    ("conditions", 'such as: status is completed and chosen_goals includes "4" and coverage in [local, part]'),
    ("lists in a cell", "codes with commas between them"),
    ("back", "stocktaking questionnaire import FILE.xlsx names every mistake with its sheet and cell"),
)
"""The first sheet, for who opens the file without the guide. It is not read back."""


def write(edition: Edition, words: Words, path: Path) -> None:
    """Write the workbook; OSError when the file cannot be made."""
    # Strings stay strings: a text that begins with = is no formula.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    try:
        with xlsxwriter.Workbook(str(path), options) as book:
            pages, structure, languages = _Pages(book), edition.structure, in_order(words)
            pages.about()
            pages.table("questionnaire", ("field", "value"), _settings(structure), (18, 40))
            pages.table("sections", tuple(SECTIONS), _sections(structure), (18, 50, 10, 18))
            pages.table("questions", tuple(QUESTIONS), _questions(structure), _widths(QUESTIONS))
            pages.table("options", (*OPTION_KEY, *languages), _options(edition, languages), (20, 18, *[32] * 6))
            pages.table("texts", (*TEXT_KEY, *languages), _texts(edition, languages), (10, 20, 10, *[44] * 6))
            pages.table("rules", tuple(RULES), _rules(structure), (10, 22, 40, 12, 40))
    except xlsxwriter.exceptions.FileCreateError as error:
        raise error.args[0] if error.args and isinstance(error.args[0], OSError) else OSError(str(error)) from None


def in_order(words: Words) -> tuple[str, ...]:
    """The languages as columns: what is translated first, then the others."""
    return (SOURCE, *(language for language in words.languages if language != SOURCE))


class _Pages:
    def __init__(self, book: Any) -> None:
        self.book = book
        self.head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#e7f0fa", "valign": "top"})
        self.cell = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        self.rtl = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@", "reading_order": 2})

    def about(self) -> None:
        sheet = self.book.add_worksheet("about")
        sheet.set_column(0, 0, 18, self.cell)
        sheet.set_column(1, 1, 100, self.cell)
        for row, (name, text) in enumerate(ABOUT):
            sheet.write_string(row, 0, name, self.head)
            sheet.write_string(row, 1, text, self.cell)

    def table(self, name: str, head: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]) -> None:
        sheet = self.book.add_worksheet(name)
        for column, (title, width) in enumerate(zip(head, widths, strict=False)):
            sheet.set_column(column, column, width, self.rtl if title == "ar" else self.cell)
            sheet.write_string(0, column, title, self.head)
            _offer(sheet, column, CHOICES.get(title, ()))
        for number, row in enumerate(rows, 1):
            for column, text in enumerate(row):
                if text:
                    sheet.write_string(number, column, text, self.rtl if head[column] == "ar" else self.cell)
        sheet.freeze_panes(1, 2)


def _offer(sheet: Any, column: int, choices: Sequence[str]) -> None:
    if choices and len(",".join(choices)) <= LONGEST_LIST:
        sheet.data_validation(1, column, ROWS_WITH_LISTS, column, {"validate": "list", "source": list(choices)})


def _widths(columns: Mapping[str, Cell]) -> list[int]:
    wide = {Cell.CONDITION: 44, Cell.WORDINGS: 44}
    return [10 if name in LIMITS else wide.get(cell, 16) for name, cell in columns.items()]


def _settings(structure: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    for name, cell in SETTINGS.items():
        yield name, shown(cell, structure.get(name))


def _sections(structure: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    for section in structure["sections"]:
        yield [shown(cell, section.get(name)) for name, cell in SECTIONS.items()]


def _questions(structure: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    for section in structure["sections"]:
        for question in section["questions"]:
            flat = {**question, **question.get("limits", {}), "section": section["id"]}
            yield [shown(cell, flat.get(name)) for name, cell in QUESTIONS.items()]


def _options(edition: Edition, languages: Sequence[str]) -> Iterator[Sequence[str]]:
    for name, codes in edition.structure.get("lists", {}).items():
        for code in codes:
            said = edition.texts[f"option.{name}.{code}"]
            yield [name, code, *(said.get(language, "") for language in languages)]


def _texts(edition: Edition, languages: Sequence[str]) -> Iterator[Sequence[str]]:
    for key, said in edition.texts.items():
        family, name, part = key.split(".", 2)
        if family != "option":
            yield [family, name, part, *(said.get(language, "") for language in languages)]


def _rules(structure: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    for answer, opened in structure.get("scopes", {}).items():
        yield ["scope", answer, ", ".join(opened), "", ""]
    for move in structure.get("moves", ()):
        codes = _flow(move["codes"]) if "codes" in move else ""
        yield ["move", str(move["from"]), str(move["to"]), str(move["how"]), codes]


def shown(cell: Cell, value: Any) -> str:
    """A field as its cell has it; "" for one that is not set."""
    if value is None:
        return ""
    if cell is Cell.FLAG:
        return "yes" if value else "no"
    if cell is Cell.CODES:
        return ", ".join(map(str, value))
    if cell is Cell.CONDITION:
        return _condition(value)
    if cell is Cell.WORDINGS:
        return "; ".join(f"{each['words']} when {_condition(each['when'])}" for each in value)
    return str(value)


def _condition(condition: Mapping[str, Mapping[str, Any]]) -> str:
    return " and ".join(
        f"{fact} {test} {_flow(value)}" for fact, tests in condition.items() for test, value in tests.items()
    )


def _flow(value: Any) -> str:
    """A value as YAML has it in a line: `true`, `4`, `"4"`, `[local, part]`."""
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10_000)
    return str(text).removesuffix("\n").removesuffix("\n...").strip()
