"""A text that replies to an earlier message of ours: it answers the question which that message asks.

Apps show what a reply replies to, so the question is known by its words, in whatever language it was asked.
"""

from __future__ import annotations

from dialogs.answers.long_text import tidy
from dialogs.answers.readers import Accepted, Refusal, read
from dialogs.domain.events import Said
from dialogs.domain.messages import M, Message
from dialogs.domain.questionnaire import QuestionKind
from dialogs.form.answer_format import answer_shown, shortened
from dialogs.form.input import multipart_input
from dialogs.form.input.guards import context_of, writable
from dialogs.form.question_screen import asked
from dialogs.form.save_answer import store
from dialogs.questionnaire.journey import Stop
from dialogs.step_context import StepContext
from dialogs.text.normalize import normalize

__all__ = ["answered"]

LONGEST_SHOWN = 4_096
"""Characters of our message that are looked at: Telegram's bound."""

ELSEWHERE = (QuestionKind.FILE, QuestionKind.ITEMS)
"""Kinds whose answers are put together on their own screen."""


def answered(ctx: StepContext, said: Said) -> bool:
    """Take a reply as the answer to the question that it replies to; False when it replies to none of the form."""
    stop = _asked_in(ctx, said.replied[:LONGEST_SHOWN])
    if stop is None or stop.question.kind in ELSEWHERE:
        return False
    if not writable(ctx, stop):
        return True
    reading = _read(ctx, stop, said.text)
    if isinstance(reading, Accepted):
        store(ctx, stop, reading.value, ref=said.ref)
        shown = shortened(answer_shown(stop.question, reading.value, ctx.journey.draft))
        ctx.note(M("edit.changed", question=stop.question.label, answer=shown))
        return True
    ctx.error(M("reply.not_taken", question=stop.question.label))
    if isinstance(reading, Message):
        ctx.error(reading)
    return True


def _asked_in(ctx: StepContext, shown: str) -> Stop | None:
    """The question that a message of ours asks; None when it asks none, or more than one is likely."""
    if ctx.draft is None or ctx.draft.discarded is not None:
        return None
    vocabulary, text = ctx.world.vocabulary, normalize(shown)
    for language in dict.fromkeys((ctx.language, *vocabulary.languages)):
        found = [
            (len(words), stop)
            for stop in ctx.journey.stops
            if (words := normalize(vocabulary.speaking.say(asked(ctx, stop), language))) and words in text
        ]
        if found:
            longest = max(length for length, _ in found)
            likeliest = [stop for length, stop in found if length == longest]
            return likeliest[0] if len(likeliest) == 1 else None
    return None


def _read(ctx: StepContext, stop: Stop, text: str) -> Accepted | Message | None:
    """The answer in a reply, or why there is none; None when it would have to be asked which one is meant."""
    if ctx.world.vocabulary.wanted(text) is not None and stop.question.kind is not QuestionKind.YES_NO:
        return None
    if stop.question.kind is QuestionKind.LONG_TEXT:
        whole = tidy(text)
        refusal = multipart_input.too_much(whole) or multipart_input.limit_missed(ctx, stop, whole)
        return refusal or Accepted(whole)
    outcome = read(stop.question, text, context_of(ctx, stop))
    if isinstance(outcome, Refusal):
        return outcome.message
    return outcome if isinstance(outcome, Accepted) else None
