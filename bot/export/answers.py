"""Answers as they are exported and as they are kept: those of a question that is asked once a goal have their goal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["flat", "nested"]


def nested(answers: Mapping[str, Any]) -> dict[str, Any]:
    """As exported: `{"targets": {"4": ["4.1"]}}`."""
    found: dict[str, Any] = {}
    for key, value in answers.items():
        question, at, member = key.partition("@")
        if at:
            found.setdefault(question, {})[member] = value
        else:
            found[question] = value
    return found


def flat(answers: Mapping[str, Any]) -> dict[str, Any]:
    """As kept: `{"targets@4": ["4.1"]}`. The way back of `nested`."""
    found: dict[str, Any] = {}
    for question, value in answers.items():
        if isinstance(value, Mapping) and question in _repeated():
            found.update({f"{question}@{member}": item for member, item in value.items()})
        else:
            found[question] = value
    return found


def _repeated() -> frozenset[str]:
    """The questions that are asked once for each of something, in any edition."""
    from dialogs.questionnaire.source import loader

    editions = loader.versions().values()
    return frozenset(id for each in editions for id, question in each.by_id.items() if question.repeat_for)
