"""A kept answer as the conversation knows it."""

from __future__ import annotations

from dialogs.domain.conversation import Answer, AnswerStatus
from storage.tables import AnswerRow

__all__ = ["as_answer"]


def as_answer(row: AnswerRow) -> Answer:
    """The answer of a row."""
    pieces = tuple(row.pieces or ())
    return Answer(row.value, row.at, AnswerStatus(row.given), row.ref, row.by, pieces, row.language)
