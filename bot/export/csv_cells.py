"""Values as cells of a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

__all__ = ["BOM", "cell"]

BOM = "\ufeff"
"""By which spreadsheets know that a CSV is UTF-8."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""Beginnings that spreadsheets take for a formula, the wide forms of East Asian keyboards among them."""

INNER = re.compile(r"([;\t\r\n]\s*)(?=[=+\-@＝＋－＠])")
"""Where a cell would begin within a text for a spreadsheet whose locale separates by semicolons.

It finds commas no separators, so the quotes around all but the first cell of a line mean nothing to it: `Name;=1+1`
is two cells there, and a line break begins a new line. Quoting every cell (`csv.QUOTE_ALL`) protects only the first.
"""


def cell(value: Any) -> str:
    """A value in a cell. What a spreadsheet would take for a formula is kept from being one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(cell(item) for item in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{member}: {cell(item)}" for member, item in value.items())
    text = INNER.sub(r"\1'", str(value))
    return f"'{text}" if text.startswith(FORMULA) else text
