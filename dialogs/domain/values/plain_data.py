"""Reading back what a place keeps in its arguments, which another version of the program may have written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

__all__ = ["rebuild"]

T = TypeVar("T")


def rebuild(kind: type[T], data: Any) -> T:
    """A dataclass from its fields as plain data. Fields that it does not have (any more) are left out.

    TypeError: one without a default is missing, or this is no mapping: the machine then leaves the place for home.
    """
    if not isinstance(data, Mapping):
        raise TypeError(f"{kind.__name__} was kept as {type(data).__name__}")
    known = _names(kind)  # type: ignore[arg-type]
    return kind(**{name: value for name, value in data.items() if name in known})


@cache
def _names(kind: type[Any]) -> frozenset[str]:
    """The names of a dataclass's fields."""
    return frozenset(field.name for field in fields(kind))
