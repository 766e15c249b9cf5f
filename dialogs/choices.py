"""The choices that lead through a conversation, the same everywhere. Their codes begin with a dot, so that
none can be mistaken for an option of a question."""

from __future__ import annotations

from collections.abc import Iterable

from dialogs.domain.messages import M, Value
from dialogs.screens import Choice, Style

__all__ = ["back", "column", "danger", "grid", "home", "primary", "quiet", "row", "sections"]

Rows = tuple[tuple[Choice, ...], ...]


def quiet(code: str, label: Value) -> Choice:
    return Choice(code, label, Style.QUIET)


def primary(code: str, label: Value) -> Choice:
    return Choice(code, label, Style.PRIMARY)


def danger(code: str, label: Value) -> Choice:
    return Choice(code, label, Style.DANGER)


def back() -> Choice:
    return quiet(".back", M("choice.back"))


def home() -> Choice:
    return quiet(".home", M("choice.home"))


def sections() -> Choice:
    return quiet(".sections", M("choice.sections"))


def row(*choices: Choice | None) -> Rows:
    """One row of those that are there; no row when none is."""
    there = tuple(choice for choice in choices if choice is not None)
    return (there,) if there else ()


def column(choices: Iterable[Choice]) -> Rows:
    """A row each."""
    return tuple((choice,) for choice in choices)


def grid(choices: Iterable[Choice], width: int) -> Rows:
    """Rows of `width`."""
    all_ = tuple(choices)
    return tuple(all_[start : start + width] for start in range(0, len(all_), width))
