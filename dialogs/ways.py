"""The ways on from a question: done, keep, skip, back, help and the rest, by the code of their choice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dialogs import collecting, listing
from dialogs.answers.reading import check
from dialogs.asking import FIRST_SECTION, selection
from dialogs.conversation import Given
from dialogs.following import advance, open_question, proceed
from dialogs.keeping import store
from dialogs.messages import Code, M, Message
from dialogs.picking import accept
from dialogs.questionnaire.journey import SHORT_WAY, Stop
from dialogs.questionnaire.model import QuestionKind
from dialogs.screens import Kind
from dialogs.showing import answer_shown
from dialogs.skipping import skip, skip_section
from dialogs.taking import context_of, missed, writable
from dialogs.talk import Talk

__all__ = ["WAYS"]


def _done(talk: Talk, stop: Stop, argument: str) -> None:
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


def _keep(talk: Talk, stop: Stop, argument: str) -> None:
    old = talk.journey.old(stop)
    if old is not None and writable(talk, stop):
        _kept(talk, stop, old)
    advance(talk, stop)


def _kept(talk: Talk, stop: Stop, old: Any) -> None:
    refusal = check(stop.question, old, context_of(talk, stop))
    if refusal is None:
        store(talk, stop, old)


def _keep_section(talk: Talk, stop: Stop, argument: str) -> None:
    if writable(talk):
        for other in talk.journey.of(stop.section):
            old = talk.journey.old(other)
            if old is not None:
                _kept(talk, other, old)
        for other in talk.journey.of(stop.section):
            if not other.required and talk.journey.answer(other) is None:
                talk.give(other.key, None, given=Given.SKIPPED)
    proceed(talk, stop.key)


def _short(talk: Talk, stop: Stop, argument: str) -> None:
    talk.give(SHORT_WAY, True)
    talk.note(M("short_way.on"))
    proceed(talk, stop.key)


def _back(talk: Talk, stop: Stop, argument: str) -> None:
    earlier = talk.journey.before(stop.key)
    if earlier is not None:
        open_question(talk, earlier, talk.args.get("return"))
    elif talk.args.get("return"):
        talk.go(str(talk.args["return"]))
    else:
        talk.note(M("back.first"))


def _next(talk: Talk, stop: Stop, argument: str) -> None:
    """Leave the answer as it is and go on to the question after it."""
    following = talk.journey.after(stop.key)
    if talk.args.get("return"):
        proceed(talk, stop.key)
    elif following is None:
        talk.go("review")
    else:
        open_question(talk, following)


def _help(talk: Talk, stop: Stop, argument: str) -> None:
    talk.note(Message(f"question.{stop.question.id}.help", {"year": Code(str(talk.call.year if talk.call else ""))}))
    if stop.question.example and stop.question.kind is not QuestionKind.FILE:
        talk.note(M("hint.example", example=Message(f"question.{stop.question.id}.example")), Kind.HINT)


def _later(talk: Talk, stop: Stop, argument: str) -> None:
    """Leave a question open and go on: it is asked again before the end."""
    if stop.section == FIRST_SECTION:
        talk.error(M("skip.required"))
        return
    following = talk.journey.next_open(stop.key)
    talk.note(M("later.left_open", question=stop.question.label))
    if following is None or following.key == stop.key:
        talk.go("sections")
    else:
        open_question(talk, following)


def _page(talk: Talk, stop: Stop, argument: str) -> None:
    talk.stay(page=int(argument))
    talk.in_place = True


def _region(talk: Talk, stop: Stop, argument: str) -> None:
    talk.stay(region=argument or None, browse=True, page=None, candidates=None)
    talk.in_place = True


def _none(talk: Talk, stop: Stop, argument: str) -> None:
    """None of the options that were offered back: all of them again."""
    talk.stay(candidates=None)


def _better(talk: Talk, stop: Stop, argument: str) -> None:
    accept(talk, stop, talk.args.get("better"))


def _mine(talk: Talk, stop: Stop, argument: str) -> None:
    accept(talk, stop, talk.args.get("mine"))


WAYS: Mapping[str, Callable[[Talk, Stop, str], None]] = {
    ".done": _done,
    ".keep": _keep,
    ".keep_section": _keep_section,
    ".skip": skip,
    ".skip_section": skip_section,
    ".short": _short,
    ".back": _back,
    ".next": _next,
    ".help": _help,
    ".later": _later,
    ".page": _page,
    ".region": _region,
    ".browse": _region,
    ".none": _none,
    ".better": _better,
    ".mine": _mine,
    ".item": listing.chosen,
    ".remove_item": lambda talk, stop, argument: listing.remove(talk, stop),
    ".leave_item": lambda talk, stop, argument: talk.stay(item=None),
    ".undo": lambda talk, stop, argument: collecting.undo(talk, stop),
    ".restart": lambda talk, stop, argument: collecting.restart(talk, stop),
}
"""The ways on from a question, by the code of their choice."""
