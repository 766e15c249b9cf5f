"""A person edits a message they sent: the answer that it gave changes, and the open question stays open."""

from __future__ import annotations

from dialogs.answers.items import items_in
from dialogs.answers.long_text import tidy
from dialogs.answers.readers import Accepted, Refusal, read
from dialogs.domain.conversation import Answer, AnswerStatus
from dialogs.domain.events import Edited
from dialogs.domain.messages import M
from dialogs.domain.questionnaire import QuestionKind
from dialogs.form.answer_format import answer_shown, shortened
from dialogs.form.input import list_input, multipart_input
from dialogs.form.input.guards import context_of, writable
from dialogs.form.save_answer import store
from dialogs.questionnaire.journey import Stop
from dialogs.step_context import StepContext

__all__ = ["edited", "is_unchanged"]


def edited(ctx: StepContext, event: Edited) -> None:
    """Read the new text as an answer to the question that the old one answered."""
    found = _answered_by(ctx, event.ref)
    if found is None:
        ctx.note(M("edit.no_answer"))
    elif writable(ctx, found[0]):
        stop, answer = found
        if stop.question.kind is QuestionKind.LONG_TEXT:
            _long_text(ctx, stop, answer, event)
        elif stop.question.kind is QuestionKind.ITEMS:
            _items(ctx, stop, event)
        else:
            _short(ctx, stop, event)


def is_unchanged(ctx: StepContext, event: Edited) -> bool:
    """Whether a message says what it said: apps report it as edited when somebody reacts to it, or a preview loads."""
    found = _answered_by(ctx, event.ref)
    if found is None:
        return False
    stop, answer = found
    if stop.question.kind is QuestionKind.LONG_TEXT:
        return tidy(event.text) in answer.pieces
    if stop.question.kind is QuestionKind.ITEMS:
        return set(items_in(event.text)) <= set(map(str, answer.value or ()))
    reading = read(stop.question, event.text, context_of(ctx, stop))
    return isinstance(reading, Accepted) and reading.value == answer.value


def _answered_by(ctx: StepContext, ref: str) -> tuple[Stop, Answer] | None:
    draft = ctx.draft
    if draft is None or draft.discarded is not None:
        return None
    journey = ctx.journey
    for key, answer in draft.answers.items():
        stop = journey.by_key.get(key)
        own = answer.by in (None, ctx.conversation.person.id)  # messages are numbered anew in every chat
        if stop is not None and own and answer.ref and ref in answer.ref.split():
            return stop, answer
    return None


def _short(ctx: StepContext, stop: Stop, event: Edited) -> None:
    reading = read(stop.question, event.text, context_of(ctx, stop))
    if isinstance(reading, Accepted):
        store(ctx, stop, reading.value, ref=event.ref)
        _say_changed(ctx, stop, reading.value)
        return
    ctx.error(M("edit.not_taken", question=stop.question.label))
    if isinstance(reading, Refusal):
        ctx.error(reading.message)


def _items(ctx: StepContext, stop: Stop, event: Edited) -> None:
    if list_input.edited(ctx, stop, event.ref, event.text, context_of(ctx, stop)):
        _say_changed(ctx, stop, list_input.items_of(ctx, stop))
    else:
        ctx.error(M("edit.not_taken", question=stop.question.label))


def _long_text(ctx: StepContext, stop: Stop, answer: Answer, event: Edited) -> None:
    refs = (answer.ref or "").split()
    pieces = list(answer.pieces)
    if len(pieces) != len(refs):
        ctx.error(M("edit.not_taken", question=stop.question.label))
        return
    pieces[refs.index(event.ref)] = tidy(event.text)
    whole = "\n\n".join(piece for piece in pieces if piece)
    missed = multipart_input.limit_missed(ctx, stop, whole) if answer.given is AnswerStatus.ANSWERED else None
    refusal = multipart_input.too_much(whole) or missed
    if refusal is not None:
        ctx.error(M("edit.not_taken", question=stop.question.label))
        ctx.error(refusal)
        return
    ctx.give(stop.key, whole, given=answer.given, ref=answer.ref, pieces=tuple(pieces))
    _say_changed(ctx, stop, whole)


def _say_changed(ctx: StepContext, stop: Stop, value: object) -> None:
    said = shortened(answer_shown(stop.question, value, ctx.journey.draft))
    ctx.note(M("edit.changed", question=stop.question.label, answer=said))
