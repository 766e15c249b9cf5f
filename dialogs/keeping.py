"""Keeping an answer: what follows from it beyond itself, and which answers it sets aside or brings back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dialogs.domain.question_roles import QuestionRole
from dialogs.messages import Listing, Message
from dialogs.questionnaire.journey import Stop
from dialogs.talk import Talk

__all__ = ["store", "tell_change"]


def store(talk: Talk, stop: Stop, value: Any, *, ref: str | None = None) -> None:
    """Keep an answer and tell what it made meaningless, or brought back."""
    before = talk.journey.set_aside()
    talk.give(stop.key, value, ref=ref)
    if stop.question.role is not None:
        AFTER.get(stop.question.role, _nothing)(talk, value)
    tell_change(talk, before)


def tell_change(talk: Talk, before: frozenset[str]) -> None:
    after = talk.journey.set_aside()
    _tell(talk, "aside.put", after - before)
    _tell(talk, "aside.back", before - after)


def _tell(talk: Talk, key: str, keys: frozenset[str]) -> None:
    if keys and talk.draft is not None:
        by_id = talk.journey.questionnaire.by_id
        named = dict.fromkeys(k.partition("@")[0] for k in sorted(keys))
        labels = tuple(by_id[name].label for name in named if name in by_id)
        talk.note(Message(key, {"questions": Listing(labels)}))


def _nothing(talk: Talk, value: Any) -> None:
    pass


def _language(talk: Talk, value: Any) -> None:
    talk.change_person(language=value, language_chosen=True)


CONSENT = "2027-1"
"""The version of the consent text (`question.agree.ask`); raise it when the text changes."""


def _agree(talk: Talk, value: Any) -> None:
    talk.change_person(consent=CONSENT if value else None)


AFTER: Mapping[QuestionRole, Callable[[Talk, Any], None]] = {
    QuestionRole.LANGUAGE: _language,
    QuestionRole.AGREEMENT: _agree,
}
"""What follows from some answers beyond the answer."""
