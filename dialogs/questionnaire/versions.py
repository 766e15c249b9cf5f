"""What a newer version of a questionnaire asks otherwise."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dialogs.questionnaire.model import Question, Questionnaire

__all__ = ["Changes", "changes"]


@dataclass(frozen=True, slots=True)
class Changes:
    """Questions that are new, gone, or asked otherwise (their kind, limits, options or condition), in order."""

    new: tuple[Question, ...] = ()
    gone: tuple[Question, ...] = ()
    otherwise: tuple[Question, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.otherwise)


def changes(old: Questionnaire, newer: Questionnaire) -> Changes:
    """What is different for somebody who answered the old one."""
    return Changes(
        tuple(question for id, question in newer.by_id.items() if id not in old.by_id),
        tuple(question for id, question in old.by_id.items() if id not in newer.by_id),
        tuple(q for id, q in newer.by_id.items() if id in old.by_id and _bare(q) != _bare(old.by_id[id])),
    )


def _bare(question: Question) -> Question:
    """The question without what nobody who answers it sees."""
    return replace(question, basis="", line=0)
