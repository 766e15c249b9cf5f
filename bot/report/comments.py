"""Comments on a zero draft as a table: a CSV of `reference`, `who`, `text` and, when it is known, `at`."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime

from bot.report.errors import ReportError
from dialogs.domain.report import LONGEST_COMMENT, Comment

__all__ = ["read", "references_in"]

COLUMNS = ("reference", "who", "text", "at")
MOST = 10_000
"""Comments in a file."""
LONGEST_WHO = 200
TOLD = 50
"""Things that are wrong, told at once."""


def references_in(text: str) -> list[str]:
    """The references that the table names, each once; ReportError: it is no such table."""
    return list(dict.fromkeys((row.get("reference") or "").strip() for row in _table(text)))


def read(text: str, known: Collection[str]) -> list[Comment]:
    """The comments; ReportError says of each row what is wrong, and then nothing is taken in."""
    wrong: list[str] = []
    found: list[Comment] = []
    for number, row in enumerate(_table(text), 2):
        made = _comment({name: (row.get(name) or "").strip() for name in COLUMNS}, known)
        if isinstance(made, Comment):
            found.append(made)
        elif made:
            wrong.append(f"row {number}: {made}")
    if wrong:
        raise ReportError("; ".join(wrong[:TOLD]))
    return found


def _comment(cells: Mapping[str, str], known: Collection[str]) -> Comment | str:
    """The comment of a row; "": the row is empty; else what is wrong with it."""
    reference, who, text, said = (cells[name] for name in COLUMNS)
    if not any(cells.values()):
        return ""
    if reference not in known:
        return f"{reference or 'nothing'} is no entry"
    if not text:
        return "it has no text"
    if len(text) > LONGEST_COMMENT or len(who) > LONGEST_WHO:
        return f"the text may have {LONGEST_COMMENT:,} characters, and who wrote it {LONGEST_WHO}"
    try:
        at = datetime.fromisoformat(said) if said else None
    except ValueError:
        return f"{said} is no moment such as 2027-04-02 or 2027-04-02T10:30"
    return Comment(reference, who, text, at if at is None or at.tzinfo is not None else at.replace(tzinfo=UTC))


def _table(text: str) -> Iterator[Mapping[str, str | None]]:
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    missing = [name for name in COLUMNS[:3] if name not in (reader.fieldnames or ())]
    if missing:
        raise ReportError(f"the table has no column {', '.join(missing)}: it needs reference, who and text")
    for number, row in enumerate(reader, 1):
        if number > MOST:
            raise ReportError(f"the table has more than {MOST:,} rows")
        yield row
