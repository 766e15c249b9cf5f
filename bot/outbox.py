"""Screens as text and back: how they wait in the store until they have been shown."""

from __future__ import annotations

from pydantic import TypeAdapter

from dialogs.screens import Screen

__all__ = ["dump", "load"]

SCREENS: TypeAdapter[tuple[Screen, ...]] = TypeAdapter(tuple[Screen, ...])


def dump(screens: tuple[Screen, ...]) -> str:
    """The screens as JSON text."""
    return SCREENS.dump_json(screens).decode()


def load(text: str) -> tuple[Screen, ...]:
    """Screens that were dumped."""
    return SCREENS.validate_json(text)
