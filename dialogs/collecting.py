"""Answers that come in several messages: long texts as people really send them, and files.

A text inside the limits, sent as one message of one's own, is the answer at once. A text that is too short,
so long that the app has probably cut it, or forwarded, is collected: each further message is added, with a
count, until Done. What is collected is kept in the draft from the first piece on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dialogs.answers.file import check_file
from dialogs.answers.long_text import tidy, words
from dialogs.conversation import Answer, Given
from dialogs.events import Said, Sent
from dialogs.messages import M, Message
from dialogs.questionnaire.journey import Stop
from dialogs.questionnaire.model import QuestionKind
from dialogs.talk import Talk

__all__ = ["done", "restart", "said", "sent", "too_much", "undo"]

Advance = Callable[[Talk, Stop], None]

PROBABLY_CUT = 3_500
"""Characters: apps cut texts at 4,096, so one near it has probably a second half on its way."""


LONGEST = 24_000
"""Characters of all pieces together: more than one message of any channel, and several times the longest answer that is
asked for. A piece that would make it longer is not added, so that no message costs more to read than the one before."""


def said(talk: Talk, stop: Stop, event: Said, advance: Advance) -> None:
    """A text came at a long-text question."""
    _piece(talk, stop, event.text, event.ref, event.forwarded, advance)


def _piece(talk: Talk, stop: Stop, text: str, ref: str | None, forwarded: bool, advance: Advance) -> None:
    text = tidy(text)
    if not text:
        talk.error(M("odd.empty"))
        return
    earlier = _collected(talk, stop)
    pieces = (*(earlier.pieces if earlier else ()), text)
    refs = " ".join(filter(None, [earlier.ref if earlier else None, ref])) or None
    whole = "\n\n".join(pieces)
    excess = too_much(whole)
    if excess is not None:
        talk.missed()
        talk.error(excess)
        return
    at_once = earlier is None and not forwarded and len(text) < PROBABLY_CUT
    if at_once and limit_missed(talk, stop, whole) is None:
        talk.give(stop.key, whole, ref=refs, pieces=pieces)
        talk.note(M("saved.words", words(whole, talk.language)))
        advance(talk, stop)
        return
    talk.give(stop.key, whole, given=Given.COLLECTING, ref=refs, pieces=pieces)
    _say_count(talk, stop, whole)


def too_much(whole: str) -> Message | None:
    """That all pieces together are longer than what is kept. Code points are counted: they are what takes time."""
    over = len(whole) - LONGEST
    return M("reading.text.too_long", len(whole), max=LONGEST, over=over) if over > 0 else None


def _say_count(talk: Talk, stop: Stop, whole: str) -> None:
    talk.in_place = True
    missed = limit_missed(talk, stop, whole)
    talk.note(missed or M("collecting.enough", words(whole, talk.language)))


def limit_missed(talk: Talk, stop: Stop, text: str) -> Message | None:
    """What is wrong with the length of a text: the count, the limit and what to do."""
    limits, count = stop.question.limits, words(text, talk.language)
    if limits.min_words is not None and count < limits.min_words:
        return M("collecting.too_short", count, min=limits.min_words, missing=limits.min_words - count)
    if limits.max_words is not None and count > limits.max_words:
        return M("collecting.too_long", count, max=limits.max_words, over=count - limits.max_words)
    return None


def _collected(talk: Talk, stop: Stop) -> Answer | None:
    answer = talk.journey.answer(stop)
    return answer if answer is not None and answer.given is Given.COLLECTING else None


def done(talk: Talk, stop: Stop, advance: Advance) -> None:
    """The collected text is the answer, if its length is right."""
    answer = _collected(talk, stop)
    if answer is None:
        talk.error(M("odd.empty"))
        return
    missed = limit_missed(talk, stop, answer.value)
    if missed is not None:
        talk.missed()
        talk.error(missed)
        return
    talk.give(stop.key, answer.value, ref=answer.ref, pieces=answer.pieces)
    talk.note(M("saved.words", words(answer.value, talk.language)))
    advance(talk, stop)


def undo(talk: Talk, stop: Stop) -> None:
    """Take the last piece, or the last file, back."""
    answer = _collected(talk, stop)
    if answer is None:
        return
    if stop.question.kind is QuestionKind.LONG_TEXT:
        _keep_pieces(talk, stop, answer, answer.pieces[:-1])
    elif len(answer.value) > 1:
        talk.give(stop.key, list(answer.value)[:-1], given=Given.COLLECTING)
    else:
        talk.take_back(stop.key)


def _keep_pieces(talk: Talk, stop: Stop, answer: Answer, pieces: Sequence[str]) -> None:
    if not pieces:
        talk.take_back(stop.key)
        return
    whole = "\n\n".join(pieces)
    talk.give(stop.key, whole, given=Given.COLLECTING, ref=answer.ref, pieces=tuple(pieces))
    _say_count(talk, stop, whole)


def restart(talk: Talk, stop: Stop) -> None:
    """Throw away what was collected."""
    talk.take_back(stop.key)
    talk.note(M("collecting.restarted"))


def sent(talk: Talk, stop: Stop, event: Sent, advance: Advance) -> None:
    """A file came: it is an answer here, or belongs to the question about documents; its caption is a text."""
    recording = event.file.kind.startswith("audio/")
    if recording and stop.question.kind not in (QuestionKind.LONG_TEXT, QuestionKind.FILE):
        talk.error(M("odd.voice"))
        return
    target = stop if stop.question.kind is QuestionKind.FILE else _file_stop(talk)
    if target is not None:
        _keep_file(talk, target, event, here=target.key == stop.key)
    elif not event.caption:
        talk.error(M("odd.file"))
    if target is not None and target.key != stop.key and recording:
        talk.note(M("voice.write_too"))
    if event.caption and stop.question.kind is QuestionKind.LONG_TEXT:
        _piece(talk, stop, event.caption, event.ref, True, advance)


def _file_stop(talk: Talk) -> Stop | None:
    """The question about documents, unless a colleague has it."""
    away = talk.journey.draft.handed
    return next((s for s in talk.journey.stops if s.question.kind is QuestionKind.FILE and s.section not in away), None)


def _keep_file(talk: Talk, stop: Stop, event: Sent, *, here: bool) -> None:
    talk.in_place = bool(event.album)  # its items come one by one: they have one answer
    answer = talk.journey.answer(stop)
    files = list(answer.value or []) if answer is not None else []
    refusal = check_file(stop.question, event.file, len(files))
    if refusal is not None:
        talk.error(refusal)
        return
    given = Given.COLLECTING if here else Given.ANSWERED
    talk.give(stop.key, [*files, event.file.id], given=given, ref=event.ref, file=event.file)
    talk.note(M("file.kept", name=event.file.name) if here else M("file.kept_elsewhere", question=stop.question.label))
