"""What becomes of answers to another edition, by the `moves` of this one: nothing that was written is lost."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from dialogs.domain.questionnaire import Move, Question, Questionnaire
from dialogs.questionnaire.facets import OTHERWISE
from dialogs.questionnaire.source import loader

__all__ = ["moved"]


def moved(answers: Mapping[str, Any], edition: Questionnaire, of: str = "") -> dict[str, Any]:
    """The values by question key as this edition takes them. None stands for no answer, and is asked for again: so
    does a code that meant something else in the edition `of`, whose answers these are.

    A source that this edition asks for itself stays where it is; so does one whose text has no place to go.
    """
    found = dict(answers)
    for move in edition.moves:
        value = found.get(move.source)
        if value is not None and move.source not in edition.by_id:
            WAYS[move.how](found, move, value)
    before = loader.versions().get(of)
    for id, asked in before.by_id.items() if before is not None else ():
        question = edition.by_id.get(id)
        if question is not None and question.options != asked.options and found.get(id) in _otherwise(question):
            found[id] = None
    return found


def _otherwise(question: Question) -> Collection[Any]:
    """Codes that the question's list gives another meaning than earlier ones."""
    return tuple(OTHERWISE.get(question.options or "", ()))


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
