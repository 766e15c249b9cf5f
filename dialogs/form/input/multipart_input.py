"""Answers that come in several messages: long texts as people really send them, and files.

A text inside the limits, sent as one message of one's own, is the answer at once. A text that is too short,
so long that the app has probably cut it, or forwarded, is collected: each further message is added, with a
count, until Done. What is collected is kept in the draft from the first piece on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from dialogs.answers.file import check_file
from dialogs.answers.long_text import tidy, words
from dialogs.domain.conversation import Answer, AnswerStatus
from dialogs.domain.events import Said, Sent
from dialogs.domain.messages import M, Message
from dialogs.domain.questionnaire import QuestionKind
from dialogs.form.check.prize_check import contradiction
from dialogs.form.input.guards import writable
from dialogs.questionnaire.journey import Stop
from dialogs.step_context import StepContext

__all__ = ["done", "restart", "said", "sent", "too_much", "undo"]

Advance = Callable[[StepContext, Stop], None]

PROBABLY_CUT = 3_500
"""Characters: apps cut texts at 4,096, so one near it has probably a second half on its way."""


LONGEST = 24_000
"""Characters of all pieces together: more than one message of any channel, and several times the longest answer that is
asked for. A piece that would make it longer is not added, so that no message costs more to read than the one before."""


def said(ctx: StepContext, stop: Stop, event: Said, advance: Advance) -> None:
    """A text came at a long-text question: all of it, or a piece."""
    if event.whole:
        _whole(ctx, stop, event, advance)
    else:
        _piece(ctx, stop, event.text, event.ref, event.forwarded, advance)


def _whole(ctx: StepContext, stop: Stop, event: Said, advance: Advance) -> None:
    """The text as it stands in its field replaces what there was. One of the wrong length stays to be mended."""
    text = tidy(event.text)
    refusal = too_much(text) or limit_missed(ctx, stop, text)
    if not text:
        ctx.error(M("odd.empty"))
    elif refusal is None:
        _save(ctx, stop, text, event.ref, (text,), advance)
    else:
        if too_much(text) is None:
            ctx.give(stop.key, text, given=AnswerStatus.COLLECTING, ref=event.ref, pieces=(text,))
        ctx.missed()
        ctx.error(refusal)


def _piece(ctx: StepContext, stop: Stop, text: str, ref: str | None, forwarded: bool, advance: Advance) -> None:
    text = tidy(text)
    if not text:
        ctx.error(M("odd.empty"))
        return
    earlier = _collected(ctx, stop) or _too_short_alone(ctx, stop, text)
    pieces = (*(earlier.pieces if earlier else ()), text)
    refs = " ".join(filter(None, [earlier.ref if earlier else None, ref])) or None
    whole = "\n\n".join(pieces)
    excess = too_much(whole)
    if excess is not None:
        ctx.missed()
        ctx.error(excess)
        return
    at_once = earlier is None and not forwarded and len(text) < PROBABLY_CUT
    if at_once and limit_missed(ctx, stop, whole) is None:
        _save(ctx, stop, whole, refs, pieces, advance)
        return
    if earlier is not None and earlier.given is AnswerStatus.ANSWERED:
        ctx.note(M("collecting.added"))
    ctx.give(stop.key, whole, given=AnswerStatus.COLLECTING, ref=refs, pieces=pieces)
    _say_count(ctx, stop, whole)


def _save(ctx: StepContext, stop: Stop, text: str, ref: str | None, pieces: tuple[str, ...], advance: Advance) -> None:
    """The text is the answer: keep it, say what speaks against it, and go on."""
    ctx.give(stop.key, text, ref=ref, pieces=pieces)
    ctx.note(M("saved.words", words(text, ctx.language)))
    against = contradiction(ctx.journey, stop)
    if against is not None:
        ctx.note(against)
    advance(ctx, stop)


def _too_short_alone(ctx: StepContext, stop: Stop, text: str) -> Answer | None:
    """The answer as it stands, when a text is too short to take its place: it is more of it, and replaces nothing."""
    answer = ctx.journey.answer(stop)
    least = stop.question.limits.min_words
    if (
        answer is None
        or answer.given is not AnswerStatus.ANSWERED
        or least is None
        or words(text, ctx.language) >= least
    ):
        return None
    return replace(answer, pieces=answer.pieces or (str(answer.value),))


def too_much(whole: str) -> Message | None:
    """That all pieces together are longer than what is kept. Code points are counted: they are what takes time."""
    over = len(whole) - LONGEST
    return M("reading.text.too_long", len(whole), max=LONGEST, over=over) if over > 0 else None


def _say_count(ctx: StepContext, stop: Stop, whole: str) -> None:
    ctx.in_place = True
    missed = limit_missed(ctx, stop, whole)
    ctx.note(missed or M("collecting.enough", words(whole, ctx.language)))


def limit_missed(ctx: StepContext, stop: Stop, text: str) -> Message | None:
    """What is wrong with the length of a text: the count, the limit and what to do."""
    limits, count = stop.question.limits, words(text, ctx.language)
    if limits.min_words is not None and count < limits.min_words:
        return M("collecting.too_short", count, min=limits.min_words, missing=limits.min_words - count)
    if limits.max_words is not None and count > limits.max_words:
        return M("collecting.too_long", count, max=limits.max_words, over=count - limits.max_words)
    return None


def _collected(ctx: StepContext, stop: Stop) -> Answer | None:
    answer = ctx.journey.answer(stop)
    return answer if answer is not None and answer.given is AnswerStatus.COLLECTING else None


def done(ctx: StepContext, stop: Stop, advance: Advance) -> None:
    """The collected text is the answer, if its length is right."""
    answer = _collected(ctx, stop)
    if answer is None:
        ctx.error(M("odd.empty"))
        return
    missed = limit_missed(ctx, stop, answer.value)
    if missed is not None:
        ctx.missed()
        ctx.error(missed)
        return
    _save(ctx, stop, answer.value, answer.ref, answer.pieces, advance)


def undo(ctx: StepContext, stop: Stop) -> None:
    """Take the last piece, or the last file, back."""
    answer = _collected(ctx, stop)
    if answer is None:
        return
    if stop.question.kind is QuestionKind.LONG_TEXT:
        _keep_pieces(ctx, stop, answer, answer.pieces[:-1])
    elif len(answer.value) > 1:
        ctx.give(stop.key, list(answer.value)[:-1], given=AnswerStatus.COLLECTING)
    else:
        ctx.take_back(stop.key)


def _keep_pieces(ctx: StepContext, stop: Stop, answer: Answer, pieces: Sequence[str]) -> None:
    if not pieces:
        ctx.take_back(stop.key)
        return
    whole = "\n\n".join(pieces)
    ctx.give(stop.key, whole, given=AnswerStatus.COLLECTING, ref=answer.ref, pieces=tuple(pieces))
    _say_count(ctx, stop, whole)


def restart(ctx: StepContext, stop: Stop) -> None:
    """Throw away what was collected."""
    ctx.take_back(stop.key)
    ctx.note(M("collecting.restarted"))


def remove_file(ctx: StepContext, stop: Stop, id: str) -> None:
    """Take one file out."""
    answer = ctx.journey.answer(stop)
    if stop.question.kind is not QuestionKind.FILE or answer is None or id not in (answer.value or ()):
        return
    if not writable(ctx, stop):
        return
    name = ctx.journey.draft.files[id].name if id in ctx.journey.draft.files else id
    left = [other for other in answer.value if other != id]
    if left:
        ctx.give(stop.key, left, given=AnswerStatus.COLLECTING)
    else:
        ctx.take_back(stop.key)
    ctx.note(M("file.removed", name=name))


def sent(ctx: StepContext, stop: Stop, event: Sent, advance: Advance) -> None:
    """A file came: it is an answer here, or belongs to the question about documents; its caption is a text."""
    recording = event.file.kind.startswith("audio/")
    if recording and stop.question.kind not in (QuestionKind.LONG_TEXT, QuestionKind.FILE):
        ctx.error(M("odd.voice"))
        return
    target = stop if stop.question.kind is QuestionKind.FILE else _file_stop(ctx)
    if target is not None:
        _keep_file(ctx, target, event, here=target.key == stop.key)
    elif not event.caption:
        ctx.error(M("odd.file"))
    if target is not None and target.key != stop.key and recording:
        ctx.note(M("voice.write_too"))
    if event.caption and stop.question.kind is QuestionKind.LONG_TEXT:
        _piece(ctx, stop, event.caption, event.ref, True, advance)


def _file_stop(ctx: StepContext) -> Stop | None:
    """The question about documents, unless a colleague has it."""
    away = ctx.journey.draft.handed
    return next((s for s in ctx.journey.stops if s.question.kind is QuestionKind.FILE and s.section not in away), None)


def _keep_file(ctx: StepContext, stop: Stop, event: Sent, *, here: bool) -> None:
    ctx.in_place = bool(event.album)  # its items come one by one: they have one answer
    answer = ctx.journey.answer(stop)
    files = list(answer.value or []) if answer is not None else []
    refusal = check_file(stop.question, event.file, len(files))
    if refusal is not None:
        ctx.error(refusal)
        return
    given = AnswerStatus.COLLECTING if here else AnswerStatus.ANSWERED
    ctx.give(stop.key, [*files, event.file.id], given=given, ref=event.ref, file=event.file)
    ctx.note(M("file.kept", name=event.file.name) if here else M("file.kept_elsewhere", question=stop.question.label))
