"""A template that came back as a document: the answers of its tables' rows, whichever program saved it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from bot.offline.document_writer import EACH, NAMESPACE, NOTHING
from bot.offline.mark import filled_in
from bot.workbooks import BrokenWorkbookError
from dialogs.domain.offline import Cell, FilledIn, Problem

__all__ = ["PART", "read"]

PART = "word/document.xml"
KEYED = re.compile(rf"(\d{{1,4}}):([\w@.-]{{1,80}})({re.escape(EACH)})?")
MOST_ROWS = 1_000
LONGEST_NOTHING = 40
"""Characters of what stands in a list until something is chosen."""


def read(packed: zipfile.ZipFile) -> FilledIn:
    """The answers of a document. Raises whatever a broken one makes zipfile and the XML parser raise."""
    data = packed.read(PART)
    if b"<!DOCTYPE" in data:  # no office program writes one: entities that grow without end begin so
        raise BrokenWorkbookError("a document type is declared")
    body = ElementTree.fromstring(data).find(_w("body"))
    if body is None:
        return FilledIn(Problem.NOT_OURS)
    mark = next((line for each in body.iter(_w("p")) if "template/" in (line := _hidden(each))), "")
    empty = filled_in(mark, ())
    return empty if empty.problem is not None else filled_in(mark, tuple(_cells(body)))


def _w(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _cells(body: Element) -> Iterator[Cell]:
    for number, row in enumerate(body.iter(_w("tr"))):
        cells = row.findall(f".//{_w('tc')}")
        keyed = KEYED.fullmatch(_hidden(cells[0]).strip()) if len(cells) > 1 else None
        if number > MOST_ROWS:
            return
        if keyed is None:
            continue
        texts = [_text(paragraph) for paragraph in cells[-1].iter(_w("p"))]
        for text in texts if keyed[3] else ["\n".join(texts).strip()]:
            yield Cell(keyed[2], text, keyed[1])


def _hidden(part: Element) -> str:
    """The hidden letters in a part of the document."""
    runs = (run for run in part.iter(_w("r")) if _is_hidden(run))
    return "".join(text.text or "" for run in runs for text in run.iter(_w("t")))


def _is_hidden(run: Element) -> bool:
    mark = run.find(f"{_w('rPr')}/{_w('vanish')}")
    return mark is not None and mark.get(_w("val"), "true") not in ("false", "0")


def _text(paragraph: Element) -> str:
    """What stands in a paragraph; nothing for a list of which nothing is chosen, and for what was deleted."""
    pieces: list[str] = []
    for run in paragraph.iter(_w("r")):
        if not _is_hidden(run):
            for each in run:
                pieces.append((each.text or "") if each.tag == _w("t") else BREAKS.get(each.tag, ""))
    text = "".join(pieces).strip()
    return "" if text.startswith(NOTHING.strip()) and len(text) <= LONGEST_NOTHING else text


BREAKS = {_w("br"): "\n", _w("cr"): "\n", _w("tab"): " "}
