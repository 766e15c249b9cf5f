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


def fill_document(data: bytes, answers: Mapping[str, Answer]) -> bytes:
    """A Word document with these answers, as a word processor leaves them: in the list's content, or as paragraphs."""
    from docx import Document
    from docx.oxml.ns import qn

    document = Document(io.BytesIO(data))
    rows = {_key(row): row for table in document.tables for row in table._tbl.tr_lst}
    for key, answer in answers.items():
        given = [str(each) for each in (answer if isinstance(answer, (list, tuple)) else [answer])]
        paragraphs = rows[key].tc_lst[-1].p_lst
        for paragraph, text in zip(paragraphs, [*given, *[""] * len(paragraphs)], strict=False):
            control = paragraph.find(qn("w:sdt"))
            into = control.find(qn("w:sdtContent")) if control is not None else paragraph
            for run in into.findall(qn("w:r")):
                into.remove(run)
            into.append(_run(text))
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _key(row: Any) -> str:
    from docx.oxml.ns import qn

    hidden = (run for run in row.iter(qn("w:r")) if run.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is not None)
    return "".join(text.text for run in hidden for text in run.iter(qn("w:t"))).partition(":")[2].partition("|")[0]


def _run(text: str) -> Any:
    from docx.oxml import OxmlElement

    run = OxmlElement("w:r")
    for number, line in enumerate(text.split("\n")):
        if number:
            run.append(OxmlElement("w:br"))
        piece = OxmlElement("w:t")
        piece.text = line
        run.append(piece)
    return run
