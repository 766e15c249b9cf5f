"""Values as cells of a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["BOM", "cell"]

BOM = "\ufeff"
"""By which spreadsheets know that a CSV is UTF-8."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""Beginnings that spreadsheets take for a formula, the wide forms of East Asian keyboards among them."""


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
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
