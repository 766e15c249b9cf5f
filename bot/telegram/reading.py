"""Reading what Telegram sends, for whoever else may have sent it: JSON whose texts any database can keep."""

from __future__ import annotations

import json
from typing import Any

__all__ = ["read_json"]


def read_json(text: str | bytes) -> Any:
    """The value of a JSON text; ValueError for what is none, or is nested too deep to be meant.

    Zero characters and halves of surrogate pairs, which JSON allows and databases refuse, become U+FFFD.
    """
    try:
        return _clean(json.loads(text))
    except RecursionError:
        raise ValueError("nested too deep") from None


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isascii() and "\0" not in value else _clean_text(value)
    if isinstance(value, dict):
        return {_clean(key): _clean(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return value


def _clean_text(text: str) -> str:
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\0", "\ufffd")
