"""Every method of the Bot API with its fields, read off aiogram's models: what a call may and must say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any, get_args, get_origin

from aiogram import methods
from aiogram.methods.base import TelegramMethod
from pydantic import BaseModel, ValidationError

__all__ = ["checked", "fields", "method_names"]


@cache
def _methods() -> dict[str, type[TelegramMethod[Any]]]:
    found = {}
    for name in methods.__all__:
        made = getattr(methods, name)
        is_method = isinstance(made, type) and issubclass(made, TelegramMethod)
        if is_method and isinstance(made.__dict__.get("__api_method__"), str):
            found[made.__api_method__.lower()] = made
    return found


def method_names() -> list[str]:
    """Every method, as the Bot API spells it."""
    return sorted(made.__api_method__ for made in _methods().values())


def fields(name: str) -> dict[str, bool]:
    """The fields of a method, and whether each must be there. KeyError: there is no such method."""
    model = _methods()[name.lower()]
    return {field.alias or key: field.is_required() for key, field in model.model_fields.items()}


def checked(name: str, params: dict[str, Any], files: set[str]) -> tuple[dict[str, Any], list[str]]:
    """The parameters as values, and what is wrong with the call. KeyError: there is no such method."""
    model = _methods()[name.lower()]
    names = {field.alias or key: field for key, field in model.model_fields.items()}
    wrong = [f"{name}: unknown field {key}" for key in params if key not in names]
    wrong += [f"{name}: unknown file {key}" for key in files if key not in names and not _attached(key, params)]
    values = {key: _decoded(value, names[key].annotation) for key, value in params.items() if key in names}
    wrong += [
        f"{name}: {key} is missing"
        for key, field in names.items()
        if field.is_required() and key not in values and key not in files
    ]
    if not wrong:
        try:
            call = model.model_validate(values | dict.fromkeys(files & names.keys(), "a file"))
            wrong = [f"{name}: unknown field {where}" for where in _unknown(call)]
        except ValidationError as error:
            wrong = [f"{name}: {'.'.join(map(str, found['loc']))}: {found['msg']}" for found in error.errors()]
    return values, wrong


def _unknown(value: Any, where: str = "") -> Iterator[str]:
    """Fields that no model knows, however deep: aiogram's models keep what they don't know."""
    if isinstance(value, BaseModel):
        yield from (f"{where}{key}" for key in value.model_extra or ())
        for key in value.model_fields_set & type(value).model_fields.keys():
            yield from _unknown(getattr(value, key), f"{where}{key}.")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _unknown(item, f"{where}{number}.")


def _attached(file: str, params: dict[str, Any]) -> bool:
    return any(f"attach://{file}" in str(value) for value in params.values())


def _decoded(value: Any, kind: Any) -> Any:
    """A form's text as the value it stands for: forms carry numbers, flags and lists as text."""
    if not isinstance(value, str) or _is_text(kind):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _is_text(kind: Any) -> bool:
    """Whether a field takes a text and nothing that is written in JSON."""
    parts = get_args(kind) if get_origin(kind) is not None else (kind,)
    return all(part in (str, type(None)) or getattr(part, "__name__", "") in ("Default", "InputFile") for part in parts)
