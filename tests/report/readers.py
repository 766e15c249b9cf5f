"""What stands in a report's file, read by other programs than those that wrote it."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from pathlib import Path

import pytest

__all__ = ["docx_texts", "fonts", "html_texts", "pages", "report_of", "text_of", "xlsx_texts"]

MARKS = str.maketrans("", "", "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\x0c")


def run(*words: str) -> str:
    if shutil.which(words[0]) is None:
        pytest.skip(f"{words[0]} is not installed (poppler-utils)")
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def pages(path: Path, *options: str) -> list[str]:
    """The words of each page of a PDF."""
    return [page.translate(MARKS) for page in run("pdftotext", *options, str(path), "-").split("\x0c")]


def fonts(path: Path) -> set[str]:
    """Names of the embedded fonts, without the letters that say which part of them."""
    lines = run("pdffonts", str(path)).splitlines()[2:]
    assert all(" yes yes " in line for line in lines), "every font is embedded, as a subset"
    return {line.split()[0].partition("+")[2].removesuffix("-Identity-H") for line in lines}


def html_texts(path: Path) -> list[str]:
    return [html.unescape(text).strip() for text in re.split(r"<[^>]*>", path.read_text("utf-8")) if text.strip()]


def docx_texts(path: Path) -> list[str]:
    import docx

    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*cells, *(paragraph.text for paragraph in document.paragraphs)]


def xlsx_texts(path: Path) -> list[str]:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True)
    return [
        str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row if value is not None
    ]


def text_of(path: Path) -> list[str]:
    """The pieces of a report's file, in their order."""
    if path.suffix == ".pdf":
        return [line.strip() for page in pages(path) for line in page.splitlines() if line.strip()]
    return {".html": html_texts, ".docx": docx_texts, ".xlsx": xlsx_texts}[path.suffix](path)


async def report_of(service: object, path: Path, *more: str) -> str:
    """Have the command make a report; what it said."""
    words = ("report", "--call", "2027", "--format", path.suffix[1:], "--output", str(path), *more)
    code, out, errors = await service.command(*words)  # type: ignore[attr-defined]
    assert code == 0, errors
    assert out == ""
    return str(errors)
