"""What becomes of answers to another edition, by the `moves` of this one: nothing that was written is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dialogs.domain.questionnaire import Move, Questionnaire

__all__ = ["moved"]


def moved(answers: Mapping[str, Any], edition: Questionnaire) -> dict[str, Any]:
    """The values by question key as this edition takes them. None stands for no answer.

    A source that this edition asks for itself stays where it is; so does one whose text has no place to go.
    """
    found = dict(answers)
    for move in edition.moves:
        value = found.get(move.source)
        if value is not None and move.source not in edition.by_id:
            WAYS[move.how](found, move, value)
    return found


def _append(found: dict[str, Any], move: Move, value: Any) -> None:
    """A text behind the text that is there, once."""
    text, there = str(value), str(found.get(move.to) or "")
    found[move.to] = there if text in there else "\n\n".join(part for part in (there, text) if part)
    del found[move.source]


def _add(found: dict[str, Any], move: Move, value: Any) -> None:
    """Codes to the codes that are there."""
    codes = [str(code) for code in value] if isinstance(value, list) else [str(value)]
    found[move.to] = list(dict.fromkeys([*(found.get(move.to) or ()), *codes]))
    del found[move.source]


def _recode(found: dict[str, Any], move: Move, value: Any) -> None:
    """Another code in place of this one, unless the newer question is answered; yes and no are `yes` and `no`."""
    code = ("yes" if value else "no") if isinstance(value, bool) else str(value)
    if code in move.codes:
        if found.get(move.to) is None:
            found[move.to] = move.codes[code]
        del found[move.source]


WAYS: Mapping[str, Callable[[dict[str, Any], Move, Any], None]] = {"append": _append, "add": _add, "recode": _recode}
