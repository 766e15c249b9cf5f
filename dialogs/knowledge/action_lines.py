"""The eleven WSIS Action Lines; C7, ICT applications, is eight lines of its own for the matrix and the Prizes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dialogs.knowledge.data_files import facts

__all__ = ["KEYWORDS", "LINES", "SELECTABLE", "SUBLINES", "is_line", "number_of"]


def _sublines(line: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(subline["code"] for subline in line.get("sublines", ()))


def _keywords() -> Iterator[tuple[str, tuple[str, ...]]]:
    for line in facts("action_lines")["lines"]:
        for entry in (line, *line.get("sublines", ())):
            yield entry["code"], tuple(entry.get("keywords", ()))


LINES: tuple[str, ...] = tuple(line["code"] for line in facts("action_lines")["lines"])
"""`C1` to `C11`, in the Plan of Action's order."""

SUBLINES: tuple[str, ...] = tuple(code for line in facts("action_lines")["lines"] for code in _sublines(line))
"""`C7-egov` to `C7-esci`, in the Plan of Action's order."""

SELECTABLE: tuple[str, ...] = tuple(
    code for line in facts("action_lines")["lines"] for code in (_sublines(line) or (line["code"],))
)
"""The 18 lines that stand alone: C7 is replaced by its sub-lines, where it stood."""

KEYWORDS: Mapping[str, tuple[str, ...]] = dict(_keywords())
"""English words that point at a line, by its code; ours, not official."""


def number_of(code: str) -> str:
    """What a line is called by in print: a part of C7 is C7 as well, for its own code (`C7-ehea`) is ours."""
    return code.partition("-")[0]


def is_line(code: str) -> bool:
    """Whether `code` is exactly that of a line or sub-line, such as `C7` or `C7-ehea`."""
    return code in KEYWORDS
