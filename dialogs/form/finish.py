"""Leaving a question: with what was collected, with what was there before, without an answer, or by removing one.

Nothing that is there is thrown away by a way on. "Skip" leaves out what is empty; what was chosen so far is the
answer, an earlier entry's answer is kept, and over an answer it asks. Only "remove" removes, says so and can be undone.
"""

from __future__ import annotations

from typing import Any

from dialogs.answers.readers import check
from dialogs.domain.conversation import AnswerStatus
from dialogs.domain.messages import M
from dialogs.domain.questionnaire import QuestionKind
from dialogs.form.answer_format import answer_shown
from dialogs.form.input import multipart_input
from dialogs.form.input.guards import context_of, missed, writable
from dialogs.form.next_question import advance, proceed
from dialogs.form.question_screen import is_begun, selection, takes_several
from dialogs.form.save_answer import store, tell_change
from dialogs.questionnaire.journey import Stop
from dialogs.step_context import StepContext

__all__ = ["done", "keep", "keep_section", "put_back", "remove", "skip", "skip_section"]


def done(ctx: StepContext, stop: Stop, argument: str) -> None:
    """What was collected is the answer."""
    if not writable(ctx, stop):
        return
    if stop.question.kind is QuestionKind.LONG_TEXT:
        multipart_input.done(ctx, stop, advance)
        return
    value = selection(ctx, stop)
    refusal = check(stop.question, value, context_of(ctx, stop))
    if refusal is not None:
        missed(ctx, stop, refusal)
        return
    ctx.chosen = answer_shown(stop.question, value, ctx.journey.draft)
    store(ctx, stop, value)
    advance(ctx, stop)


def keep(ctx: StepContext, stop: Stop, argument: str) -> None:
    """The earlier entry's answer stands."""
    old = ctx.journey.old(stop)
    if old is not None and writable(ctx, stop):
        _kept(ctx, stop, old)
    advance(ctx, stop)


def keep_section(ctx: StepContext, stop: Stop, argument: str) -> None:
    """All earlier answers of the section stand; its optional questions without one are left out."""
    if writable(ctx):
        for other in ctx.journey.of(stop.section):
            old = ctx.journey.old(other)
            if old is not None:
                _kept(ctx, other, old)
        for other in ctx.journey.of(stop.section):
            if not other.required and ctx.journey.answer(other) is None:
                ctx.give(other.key, None, given=AnswerStatus.SKIPPED)
    proceed(ctx, stop.key)


def _kept(ctx: StepContext, stop: Stop, old: Any) -> None:
    refusal = check(stop.question, old, context_of(ctx, stop))
    if refusal is None:
        store(ctx, stop, old)


def skip(ctx: StepContext, stop: Stop, argument: str) -> None:
    """Go on without an answer, or with the one that is there."""
    if ctx.journey.old(stop) is not None:
        keep(ctx, stop, argument)
    elif _is_answered(ctx, stop):
        ctx.note(M("skip.over_answer", remove=M("choice.remove_answer")))
    elif is_begun(ctx, stop) and takes_several(stop.question):
        done(ctx, stop, argument)
    elif is_begun(ctx, stop):
        ctx.note(M("skip.begun"))
    elif stop.required:
        ctx.error(M("skip.required"))
    elif writable(ctx, stop):
        ctx.chosen = M("answer.none")
        ctx.give(stop.key, None, given=AnswerStatus.SKIPPED)
        proceed(ctx, stop.key)


def skip_section(ctx: StepContext, stop: Stop, argument: str) -> None:
    """Leave out the optional questions of the section for which there is nothing yet; keep what there was before."""
    for other in ctx.journey.open() if writable(ctx) else ():
        if other.section != stop.section:
            continue
        old = ctx.journey.old(other)
        if old is not None:
            _kept(ctx, other, old)
        elif not other.required and not is_begun(ctx, other):
            ctx.give(other.key, None, given=AnswerStatus.SKIPPED)
    proceed(ctx, stop.key)


def remove(ctx: StepContext, stop: Stop, argument: str) -> None:
    """Take the answer of an optional question out, and offer to put it back."""
    journey = ctx.journey
    answer = journey.answer(stop)
    there = answer.value if answer is not None else journey.old(stop)
    if stop.required or there is None or not writable(ctx, stop):
        return
    before = journey.set_aside()
    ctx.give(stop.key, None, given=AnswerStatus.SKIPPED)
    ctx.note(M("removed.note", question=stop.question.label))
    ctx.update(removed=there, candidates=None)
    tell_change(ctx, before)


def put_back(ctx: StepContext, stop: Stop, argument: str) -> None:
    """Undo a removal."""
    there = ctx.args.get("removed")
    if there is None or not writable(ctx, stop):
        return
    ctx.update(removed=None)
    store(ctx, stop, there)


def _is_answered(ctx: StepContext, stop: Stop) -> bool:
    answer = ctx.journey.answer(stop)
    return answer is not None and answer.given is AnswerStatus.ANSWERED
