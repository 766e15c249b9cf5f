"""Every method of the Bot API with its fields, read off aiogram's models: what a call may and must say."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, get_args, get_origin

from aiogram import methods
from aiogram.methods.base import TelegramMethod
from pydantic import ValidationError

__all__ = ["checked", "method_names"]


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


def checked(name: str, params: dict[str, Any], files: set[str]) -> tuple[dict[str, Any], list[str]]:
    """The parameters as values, and what is wrong with the call. KeyError: there is no such method."""
    model = _methods()[name.lower()]
    names = {field.alias or key: field for key, field in model.model_fields.items()}
    wrong = [f"{name}: unknown field {key}" for key in params if key not in names]
    values = {key: _decoded(value, names[key].annotation) for key, value in params.items() if key in names}
    wrong += [
        f"{name}: {key} is missing"
        for key, field in names.items()
        if field.is_required() and key not in values and key not in files
    ]
    if not wrong and not files:
        try:
            model.model_validate(values)
        except ValidationError as error:
            wrong = [f"{name}: {'.'.join(map(str, found['loc']))}: {found['msg']}" for found in error.errors()]
    return values, wrong


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
