"""A template as an Excel workbook: one sheet to fill in, lists and limits as rules of its cells.

The first column is hidden and holds which question a row answers, so that rows may be moved, and the sheet renamed.
Everything but the fields is locked, without a password: nobody changes a question by mistake, anybody may on purpose.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from bot.offline.sheet import Part, Row, Template
from dialogs.answers.long_text import CHARACTERS_A_WORD
from dialogs.domain.questionnaire import QuestionKind

__all__ = ["write"]

K = QuestionKind
LONGEST_TITLE, LONGEST_PROMPT = 32, 255
"""Characters of a cell's prompt that Excel takes."""
SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
LONGEST_NAME = 31

WIDTHS = (4, 46, 52, 58)
"""Of the columns, in characters: the key (hidden), question, answer, how to answer."""
LINE = 15.0
"""Points of a line."""
TALL = {K.LONG_TEXT: 8, K.ITEMS: 5}
"""Lines of a field for texts."""

INK, SOFT, ACCENT, FIELD, WANTED, EDGE = "#16202C", "#556271", "#1A5A9E", "#FFFFFF", "#FFF4D6", "#B8C4D0"


def write(template: Template) -> bytes:
    """The workbook's bytes."""
    kept = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(kept, options) as book:
        _Writer(book, template).all()
    return kept.getvalue()


class _Writer:
    def __init__(self, book: Any, template: Template) -> None:
        self.book, self.template = book, template
        self.sheet = book.add_worksheet(SHEET_NAME.sub(" ", template.title)[:LONGEST_NAME].strip())
        self.lists = book.add_worksheet("lists")
        self.at, self.ranges = 0, dict[tuple[str, ...], str]()
        self.formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def all(self) -> None:
        self._page()
        self.lists.hide()
        self._line(self.template.title, 26, bold=True, size=16, colour=ACCENT)
        for text in self.template.about:
            self._line(text, LINE * _lines(text, sum(WIDTHS[1:])), colour=INK)
        self.at += 1
        for column, head in enumerate(self.template.heads, 1):
            self.sheet.write_string(self.at, column, head, self._format(bold=True, colour="#FFFFFF", fill=ACCENT))
        self.sheet.freeze_panes(self.at + 1, 0)
        self.sheet.repeat_rows(self.at)
        self.at += 1
        for part in self.template.parts:
            self._part(part)
        self.sheet.print_area(0, 1, self.at, 3)

    def _page(self) -> None:
        sheet = self.sheet
        sheet.write_string(0, 0, str(self.template.mark))
        if self.template.direction == "rtl":
            sheet.right_to_left()
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width, None, {"hidden": column == 0})
        sheet.protect("", {"format_cells": True, "format_rows": True, "format_columns": True})
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.4, 0.4, 0.5, 0.5)

    def _format(self, **wanted: Any) -> Any:
        key = tuple(sorted(wanted.items()))
        if key not in self.formats:
            rtl = self.template.direction == "rtl"
            made = {"text_wrap": True, "valign": "top", "font_name": "Arial", "font_size": wanted.get("size", 10)}
            made |= {"font_color": wanted.get("colour", INK), "bold": wanted.get("bold", False)}
            made |= {"reading_order": 2 if rtl else 1, "align": "right" if rtl else "left"}
            if "fill" in wanted:
                made |= {"bg_color": wanted["fill"], "pattern": 1}
            if wanted.get("field"):
                made |= {
                    "locked": False,
                    "border": 1,
                    "border_color": EDGE,
                    "indent": 1,
                    "num_format": wanted.get("number", "@"),
                }
            self.formats[key] = self.book.add_format(made)
        return self.formats[key]

    def _line(self, text: str, height: float, **look: Any) -> None:
        self.sheet.set_row(self.at, height)
        self.sheet.merge_range(self.at, 1, self.at, 3, text, self._format(**look))
        self.at += 1

    def _part(self, part: Part) -> None:
        self._line("", 8)
        self._line(part.title, 20, bold=True, size=12, colour=ACCENT, fill="#E7F0FA")
        for row in part.rows:
            self._row(row)

    def _row(self, row: Row) -> None:
        """A question: its fields below each other, what is asked beside all of them."""
        first, count = self.at, len(row.answers)
        asked, how = f"{row.label}\n{row.ask}", "\n".join(row.hints)
        tall = max(_lines(asked, WIDTHS[1]), _lines(how, WIDTHS[3] * 1.2), TALL.get(row.kind, 1))
        for n, answer in enumerate(row.answers):
            lines = max(tall / count, _lines(answer, WIDTHS[2]), 1.2)
            self.sheet.set_row(self.at, min(LINE * lines + 3, 400))
            self.sheet.write_string(self.at, 0, row.key)
            self._field(row, answer, n)
            self.at += 1
        for column, text in ((1, asked), (3, how)):
            look = self._format(colour=INK if column == 1 else SOFT, size=10 if column == 1 else 9)
            parts = self._asked(row) if column == 1 else None
            if count > 1:
                self.sheet.merge_range(first, column, self.at - 1, column, "", look)
            if parts is not None:
                self.sheet.write_rich_string(first, column, *parts, look)
            else:
                self.sheet.write_string(first, column, text, look)

    def _asked(self, row: Row) -> Sequence[Any]:
        """The name of a question in bold, above the question itself."""
        star = " *" if row.required else ""
        ask = row.ask or " "
        return (self._run(bold=True), f"{row.label}{star}\n", self._run(), ask)

    def _run(self, *, bold: bool = False) -> Any:
        return self._format(bold=bold, run=True)

    def _field(self, row: Row, answer: str, number: int) -> None:
        is_number = row.kind is K.NUMBER
        wanted = row.required and not row.conditional and number == 0
        look = self._format(field=True, fill=FIELD, number="0" if is_number else "@")
        if is_number and answer.isdecimal():
            self.sheet.write_number(self.at, 2, int(answer), look)
        elif answer:
            self.sheet.write_string(self.at, 2, answer, look)
        else:
            self.sheet.write_blank(self.at, 2, None, look)
        if wanted:
            empty = {"type": "blanks", "format": self.book.add_format({"bg_color": WANTED})}
            self.sheet.conditional_format(self.at, 2, self.at, 2, empty)
        rule = self._rule(row)
        self.sheet.data_validation(self.at, 2, self.at, 2, {**self._prompt(row), **rule})

    def _prompt(self, row: Row) -> dict[str, Any]:
        """What is shown beside the cell, and when what was typed is outside its limits."""
        said = _cut(" ".join(row.hints), LONGEST_PROMPT)
        title = _cut(row.label, LONGEST_TITLE)
        return {"input_title": title, "input_message": said, "error_title": title, "error_message": said}

    def _rule(self, row: Row) -> dict[str, Any]:
        limits, cell = row.limits, f"$C${self.at + 1}"
        if row.options:
            return {"validate": "list", "source": self._range(row.options)}
        if row.kind is K.NUMBER:
            least = 0 if limits.min is None else limits.min
            return {"validate": "integer", "criteria": "between", "minimum": least, "maximum": limits.max or 10**12}
        if row.kind is K.LONG_TEXT and (limits.max_words or limits.min_words):
            return self._words(row, cell)
        if row.kind is K.EMAIL:
            return {"validate": "custom", "value": f'=ISNUMBER(FIND("@",{cell}))'}
        if row.kind is K.URL:
            return {"validate": "custom", "value": f'=ISNUMBER(FIND(".",{cell}))'}
        most = limits.max_chars or 20_000
        return {"validate": "length", "criteria": "<=", "value": most}

    def _words(self, row: Row, cell: str) -> dict[str, Any]:
        """A warning rather than a refusal: programs count words each in their own way, and the bot's count decides."""
        least, most = row.limits.min_words or 0, row.limits.max_words or 10_000
        per = CHARACTERS_A_WORD.get(self.template.mark.language)
        line = f'TRIM(SUBSTITUTE({cell},CHAR(10)," "))'
        count = f"LEN({cell})/{per}" if per else f'LEN({line})-LEN(SUBSTITUTE({line}," ",""))+1'
        # Counted once, as Excel takes 255 characters: within half of the span from the middle between both limits.
        rule = f"=ABS(2*({count})-{least + most})<={most - least}" if least else f"={count}<={most}"
        return {"validate": "custom", "value": rule, "error_type": "warning"}

    def _range(self, options: tuple[str, ...]) -> str:
        """Where a list stands: in a rule itself there is room for 255 characters of it."""
        if options not in self.ranges:
            column = len(self.ranges)
            for number, option in enumerate(options):
                self.lists.write_string(number, column, option)
            name = _letters(column)
            self.ranges[options] = f"=lists!${name}$1:${name}${len(options)}"
        return self.ranges[options]


def _letters(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))


def _cut(text: str, most: int) -> str:
    """The beginning of a text, in the units that Excel counts."""
    if len(text.encode("utf-16-le")) // 2 <= most:
        return text
    cut = text
    while len(cut.encode("utf-16-le")) // 2 > most - 1:
        cut = cut[:-1]
    return cut.rstrip() + "…"


def _lines(text: str, width: float) -> int:
    """About how many lines a text takes; signs of Chinese are twice as wide."""
    return sum(max(1, -(-_wide(line) // int(width * 1.05))) for line in text.split("\n"))


def _wide(line: str) -> int:
    return sum(2 if "\u2e80" <= each <= "\uffef" else 1 for each in line)
