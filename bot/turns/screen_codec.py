"""Screens as text and back: how they wait in the store until they have been shown.

Each value is written with its kind's name, so that what looks alike (a country's code, a language's) comes back as
what it was.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from types import MappingProxyType
from typing import Any

from dialogs.charts import Bar, Bars, Curve, Curves, Picture
from dialogs.details import Answered, Details, Extent, Kept, Part
from dialogs.domain.messages import Code, Country, InLanguage, LanguageName, Listing, Message, Moment, Month, Rich, Size
from dialogs.domain.offline import Document
from dialogs.domain.values.plain_data import rebuild
from dialogs.screens import Choice, Expect, Kind, Line, Screen, Style
from dialogs.tables import Table

__all__ = ["ScreensError", "dump", "load"]


class ScreensError(ValueError):
    """What was kept cannot be read as screens (any more)."""


KINDS: Mapping[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        *(Choice, Code, Country, Line, Listing, Message, Moment, Month, Rich, Screen, Size, LanguageName, InLanguage),
        *(Bar, Bars, Curve, Curves, Document, Picture, Table),
        *(Answered, Details, Extent, Kept, Part),
    )
}
EARLIER = {"Tongue": LanguageName}
"""What a kind was called when screens that still wait were written."""

ENUMS: Mapping[str, type[Enum]] = {enum.__name__: enum for enum in (Expect, Kind, Style)}


PLAIN = (str, int, bool)
"""What is in JSON as it is; most values are."""


def dump(screens: tuple[Screen, ...]) -> str:
    """The screens as JSON text."""
    return json.dumps([_plain(screen) for screen in screens], ensure_ascii=False, separators=(",", ":"))


LINES = frozenset({"is", "name", "lines", "stamp", "place"})
"""What is looked at of a screen that was answered long ago."""


def load(text: str, *, lines_only: bool = False) -> tuple[Screen, ...]:
    """Screens that were dumped, perhaps by another version of the program.

    Of what it knew and we do not, fields are left out. `lines_only`: their names and lines are wanted; the rest, which
    is more, is not read. ScreensError: they cannot be read.
    """
    try:
        found = json.loads(text)
        if lines_only:
            found = [{name: each[name] for name in LINES & each.keys()} for each in found]
        screens = tuple(_value(item) for item in found)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ScreensError(f"{type(error).__name__}: {error}") from error
    if not all(isinstance(screen, Screen) for screen in screens):
        raise ScreensError("there are no screens in it")
    return screens


def _plain(value: Any) -> Any:
    if value is None or type(value) in PLAIN:
        return value
    if isinstance(value, Enum):
        return {"is": type(value).__name__, "value": value.value}
    if is_dataclass(value):
        kind: type[Any] = type(value)
        plain: dict[str, Any] = {"is": kind.__name__}
        for name, default in _fields(kind):  # type: ignore[arg-type]
            if (held := getattr(value, name)) is not default:  # what is left out comes back by itself
                plain[name] = _plain(held)
        return plain
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {"is": "values", "values": {key: _plain(item) for key, item in value.items()}}
    if isinstance(value, datetime):
        return {"is": "moment", "at": value.isoformat()}
    return value


@cache
def _fields(kind: type[Any]) -> tuple[tuple[str, Any], ...]:
    """The fields of a dataclass with their defaults; MISSING: none."""
    return tuple((field.name, field.default) for field in fields(kind))


def _value(plain: Any) -> Any:
    if plain is None or type(plain) in PLAIN:
        return plain
    if isinstance(plain, list):
        return tuple(_value(item) for item in plain)
    if not isinstance(plain, dict):
        return plain
    name = plain["is"]
    if name == "values":
        return MappingProxyType({key: _value(item) for key, item in plain["values"].items()})
    if name == "moment":
        return datetime.fromisoformat(plain["at"])
    if name in ENUMS:
        return ENUMS[name](plain["value"])
    kind = EARLIER.get(name) or KINDS[name]
    if kind is Screen and "place" in plain:
        plain = {"stamp": plain["place"], **plain}
    return rebuild(kind, {key: _value(item) for key, item in plain.items() if key != "is"})
