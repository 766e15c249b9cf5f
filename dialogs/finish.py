"""Leaving a question: with what was collected, with what was there before, without an answer, or by removing one.

Nothing that is there is thrown away by a way on. "Skip" leaves out what is empty; what was chosen so far is the
answer, an earlier entry's answer is kept, and over an answer it asks. Only "remove" removes, says so and can be undone.
"""

from __future__ import annotations

from typing import Any

from dialogs import collecting
from dialogs.answers.reading import check
from dialogs.asking import is_begun, selection, takes_several
from dialogs.conversation import Given
from dialogs.following import advance, proceed
from dialogs.keeping import store, tell_change
from dialogs.messages import M
from dialogs.questionnaire.journey import Stop
from dialogs.questionnaire.model import QuestionKind
from dialogs.showing import answer_shown
from dialogs.taking import context_of, missed, writable
from dialogs.talk import Talk

__all__ = ["done", "keep", "keep_section", "put_back", "remove", "skip", "skip_section"]


def done(talk: Talk, stop: Stop, argument: str) -> None:
    """What was collected is the answer."""
    if not writable(talk, stop):
        return
    if stop.question.kind is QuestionKind.LONG_TEXT:
        collecting.done(talk, stop, advance)
        return
    value = selection(talk, stop)
    refusal = check(stop.question, value, context_of(talk, stop))
    if refusal is not None:
        missed(talk, stop, refusal)
        return
    talk.chosen = answer_shown(stop.question, value, talk.journey.draft)
    store(talk, stop, value)
    advance(talk, stop)


def keep(talk: Talk, stop: Stop, argument: str) -> None:
    """The earlier entry's answer stands."""
    old = talk.journey.old(stop)
    if old is not None and writable(talk, stop):
        _kept(talk, stop, old)
    advance(talk, stop)


def keep_section(talk: Talk, stop: Stop, argument: str) -> None:
    """All earlier answers of the section stand; its optional questions without one are left out."""
    if writable(talk):
        for other in talk.journey.of(stop.section):
            old = talk.journey.old(other)
            if old is not None:
                _kept(talk, other, old)
        for other in talk.journey.of(stop.section):
            if not other.required and talk.journey.answer(other) is None:
                talk.give(other.key, None, given=Given.SKIPPED)
    proceed(talk, stop.key)


def _kept(talk: Talk, stop: Stop, old: Any) -> None:
    refusal = check(stop.question, old, context_of(talk, stop))
    if refusal is None:
        store(talk, stop, old)


def skip(talk: Talk, stop: Stop, argument: str) -> None:
    """Go on without an answer, or with the one that is there."""
    if talk.journey.old(stop) is not None:
        keep(talk, stop, argument)
    elif _is_answered(talk, stop):
        talk.note(M("skip.over_answer", remove=M("choice.remove_answer")))
    elif is_begun(talk, stop) and takes_several(stop.question):
        done(talk, stop, argument)
    elif is_begun(talk, stop):
        talk.note(M("skip.begun"))
    elif stop.required:
        talk.error(M("skip.required"))
    elif writable(talk, stop):
        talk.chosen = M("answer.none")
        talk.give(stop.key, None, given=Given.SKIPPED)
        proceed(talk, stop.key)


def skip_section(talk: Talk, stop: Stop, argument: str) -> None:
    """Leave out the optional questions of the section for which there is nothing yet; keep what there was before."""
    for other in talk.journey.open() if writable(talk) else ():
        if other.section != stop.section:
            continue
        old = talk.journey.old(other)
        if old is not None:
            _kept(talk, other, old)
        elif not other.required and not is_begun(talk, other):
            talk.give(other.key, None, given=Given.SKIPPED)
    proceed(talk, stop.key)


def remove(talk: Talk, stop: Stop, argument: str) -> None:
    """Take the answer of an optional question out, and offer to put it back."""
    journey = talk.journey
    answer = journey.answer(stop)
    there = answer.value if answer is not None else journey.old(stop)
    if stop.required or there is None or not writable(talk, stop):
        return
    before = journey.set_aside()
    talk.give(stop.key, None, given=Given.SKIPPED)
    talk.note(M("removed.note", question=stop.question.label))
    talk.stay(removed=there, candidates=None)
    tell_change(talk, before)


def put_back(talk: Talk, stop: Stop, argument: str) -> None:
    """Undo a removal."""
    there = talk.args.get("removed")
    if there is None or not writable(talk, stop):
        return
    talk.stay(removed=None)
    store(talk, stop, there)


def _is_answered(talk: Talk, stop: Stop) -> bool:
    answer = talk.journey.answer(stop)
    return answer is not None and answer.given is Given.ANSWERED
