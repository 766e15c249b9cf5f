"""Somebody with an office program: fills in a template as it came, and saves it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import load_workbook

from bot.offline import filled_file, sheet, workbook_writer
from bot.offline.sheet import Row, Template
from dialogs.domain.events import FileRef, Sent
from dialogs.step_context import StepContext, Tools
from tests.conversation import Talker
from tests.driver import MACHINE, WORDS

__all__ = ["fill", "keys", "sends", "template", "texts", "write"]

Answer = str | int | Sequence[str]


def template(talker: Talker, language: str = "") -> Template:
    """The template of somebody's open draft."""
    ctx = StepContext(talker.conversation, MACHINE.world, Tools(talker.at, ""))
    return sheet.make(ctx.journey, ctx.call, WORDS, language or talker.language)


def write(made: Template) -> bytes:
    return workbook_writer.write(made)


def fill(data: bytes, answers: Mapping[str, Answer]) -> bytes:
    """The workbook with these answers in their fields, one below the other where there are several."""
    book = load_workbook(io.BytesIO(data))
    rows = list(book.worksheets[0].iter_rows(max_col=3))
    for key, answer in answers.items():
        given = list(answer) if isinstance(answer, (list, tuple)) else [answer]
        fields = [row for row in rows if row[0].value == key]
        assert fields, f"there is no field for {key}"
        values: list[Any] = [*given, *[None] * len(fields)]
        for row, value in zip(fields, values, strict=False):
            row[2].value = value
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def texts(data: bytes, key: str) -> list[object]:
    """What stands in the fields of a question."""
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    return [row[2].value for row in sheet.iter_rows(max_col=3) if row[0].value == key]


def keys(made: Template) -> dict[str, Row]:
    return {row.key: row for row in made.rows}


def sends(talker: Talker, data: bytes, name: str = "stocktaking.xlsx") -> str:
    """Send a file; what is said."""
    file = FileRef("f1", "s", name, "application/octet-stream", len(data))
    talker.plays(Sent(file, talker.at, filled=filled_file.read_bytes(data)))
    return talker.text
