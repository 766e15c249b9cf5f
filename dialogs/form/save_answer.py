"""Keeping an answer: what follows from it beyond itself, and which answers it sets aside or brings back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dialogs.domain.messages import Listing, Message
from dialogs.domain.question_roles import QuestionRole
from dialogs.form.check.prize_check import contradiction
from dialogs.questionnaire.journey import Stop
from dialogs.step_context import StepContext

__all__ = ["store", "tell_change"]


def store(ctx: StepContext, stop: Stop, value: Any, *, ref: str | None = None) -> None:
    """Keep an answer and tell what it made meaningless, or brought back."""
    before = ctx.journey.set_aside()
    ctx.give(stop.key, value, ref=ref)
    if stop.question.role is not None:
        AFTER.get(stop.question.role, _nothing)(ctx, value)
    tell_change(ctx, before)


def tell_change(ctx: StepContext, before: frozenset[str]) -> None:
    after = ctx.journey.set_aside()
    _tell(ctx, "aside.put", after - before)
    _tell(ctx, "aside.back", before - after)


def _tell(ctx: StepContext, key: str, keys: frozenset[str]) -> None:
    if keys and ctx.draft is not None:
        by_id = ctx.journey.questionnaire.by_id
        named = dict.fromkeys(k.partition("@")[0] for k in sorted(keys))
        labels = tuple(by_id[name].label for name in named if name in by_id)
        ctx.note(Message(key, {"questions": Listing(labels)}))


def _nothing(ctx: StepContext, value: Any) -> None:
    pass


def _language(ctx: StepContext, value: Any) -> None:
    ctx.change_person(language=value, language_chosen=True)


CONSENT = "2027-1"
"""The version of the consent text (`question.agree.ask`); raise it when the text changes."""


def _agree(ctx: StepContext, value: Any) -> None:
    ctx.change_person(consent=CONSENT if value else None)


def _nominated(ctx: StepContext, value: Any) -> None:
    """Whoever nominates what is not ready hears of it at once, while the status is fresh in mind."""
    journey = ctx.journey
    stop = journey.by_key.get(journey.questionnaire.id_of(QuestionRole.NOMINATION))
    against = contradiction(journey, stop) if stop is not None and value else None
    if against is not None:
        ctx.note(against)


AFTER: Mapping[QuestionRole, Callable[[StepContext, Any], None]] = {
    QuestionRole.LANGUAGE: _language,
    QuestionRole.AGREEMENT: _agree,
    QuestionRole.NOMINATION: _nominated,
}
"""What follows from some answers beyond the answer."""
