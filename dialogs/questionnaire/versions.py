"""What a newer version of a questionnaire asks otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dialogs.domain.questionnaire import Question, Questionnaire

__all__ = ["Changes", "changes"]


@dataclass(frozen=True, slots=True)
class Changes:
    """Questions that are new, gone, or asked otherwise (their words, kind, limits, options or condition), in order.
    `taken_over`: those that are gone and whose answers go into another one.
    """

    new: tuple[Question, ...] = ()
    gone: tuple[Question, ...] = ()
    otherwise: tuple[Question, ...] = ()
    taken_over: tuple[tuple[Question, Question], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.otherwise)


def changes(old: Questionnaire, newer: Questionnaire) -> Changes:
    """What is different for somebody who answered the old one."""
    taken_over = {
        move.source: move.to for move in newer.moves if move.source in old.by_id and move.source not in newer.by_id
    }
    return Changes(
        tuple(question for id, question in newer.by_id.items() if id not in old.by_id),
        tuple(question for id, question in old.by_id.items() if id not in newer.by_id and id not in taken_over),
        tuple(q for id, q in newer.by_id.items() if id in old.by_id and _seen(q) != _seen(old.by_id[id])),
        tuple((old.by_id[id], newer.by_id[to]) for id, to in taken_over.items()),
    )


def _seen(question: Question) -> tuple[Any, ...]:
    """What those who answer the question see of it."""
    offered = question.codes or question.options
    words = (question.ask.key, question.wordings)
    return (question.kind, question.limits, offered, question.ask_if, question.repeat_for, question.required, words)
