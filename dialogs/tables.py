"""Tables to take along: numbers as a file for a spreadsheet. Channels say the cells in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.domain.messages import Value

__all__ = ["Table"]


@dataclass(frozen=True, slots=True)
class Table:
    """`name` is the file's, without an ending. The first row names the columns; whole numbers stay plain digits."""

    name: str
    rows: tuple[tuple[Value, ...], ...]
