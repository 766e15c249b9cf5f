"""Which edition of the questionnaire an entry answers that came without its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialogs.domain.questionnaire import Questionnaire
from dialogs.questionnaire.source import loader

__all__ = ["edition_of"]


def edition_of(answers: Mapping[str, Any], said: str = "") -> str:
    """The edition that was said, if these can be answers to it; else the newest to which they can, or the newest."""
    newest_first = sorted(loader.versions(), reverse=True)
    candidates = [said, *newest_first] if said in newest_first else newest_first
    return next((each for each in candidates if _fits(answers, loader.version(each))), newest_first[0])


def _fits(answers: Mapping[str, Any], questionnaire: Questionnaire) -> bool:
    for key, value in answers.items():
        question = questionnaire.by_id.get(key.partition("@")[0])
        if question is None:
            return False
        chosen = value if isinstance(value, (list, tuple)) else (value,)
        if question.codes and not all(each in question.codes for each in chosen):
            return False
    return True
