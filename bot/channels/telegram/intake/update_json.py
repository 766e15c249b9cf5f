"""Reading what Telegram sends, for whoever else may have sent it: JSON whose texts any database can keep."""

from __future__ import annotations

import json
import logging
from typing import Any

from aiogram.types import Update
from pydantic import ValidationError

__all__ = ["read_json", "read_update"]

log = logging.getLogger(__name__)

USER = ("id", "is_bot", "first_name", "last_name", "username", "language_code")
MESSAGE = ("message_id", "date", "edit_date", "text", "caption", "media_group_id")
FILES = ("photo", "document", "video", "audio")
"""What we need of an update; all else in it is decoration."""


def read_update(data: Any) -> Update | None:
    """An update. One with something in it that this version of aiogram doesn't know is read without its decoration:
    a text must not be lost because of a new kind of sticker. None for what is no update at all.
    """
    attempts = (lambda: data, lambda: _essential(data, FILES), lambda: _essential(data, ()))
    for attempt in attempts:
        try:
            return Update.model_validate(attempt())
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            where, what = ".".join(map(str, first["loc"])), first["msg"]
        except (AttributeError, LookupError, TypeError, ValueError, OverflowError, RecursionError) as error:
            where, what = "its shape", type(error).__name__
    log.warning("an update that is none was let go: %s: %s", where, what)
    return None


def _essential(data: Any, files: tuple[str, ...]) -> dict[str, Any]:
    kept: dict[str, Any] = {"update_id": data["update_id"]}
    for kind in ("message", "edited_message"):
        if kind in data:
            kept[kind] = _essential_message(data[kind], files)
    if "callback_query" in data:
        query = data["callback_query"]
        kept["callback_query"] = _some(query, ("id", "chat_instance", "data")) | {"from": _some(query["from"], USER)}
        if "message" in query:
            kept["callback_query"]["message"] = _essential_message(query["message"], ())
    return kept


def _essential_message(message: Any, files: tuple[str, ...]) -> dict[str, Any]:
    kept = _some(message, (*MESSAGE, *files)) | {"chat": _some(message["chat"], ("id", "type"))}
    return kept | ({"from": _some(message["from"], USER)} if "from" in message else {})


def _some(data: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: data[name] for name in names if name in data}


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
