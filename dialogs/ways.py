"""The ways on from a question: done, keep, skip, back, help and the rest, by the code of their choice."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs import collecting, finish, listing
from dialogs.following import open_question, proceed
from dialogs.messages import Code, M, Message
from dialogs.picking import accept
from dialogs.questionnaire.journey import SHORT_WAY, Stop
from dialogs.questionnaire.model import QuestionKind
from dialogs.screens import Kind
from dialogs.talk import Talk

__all__ = ["WAYS"]


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
    if talk.journey.cannot_wait(stop):
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
    ".done": finish.done,
    ".keep": finish.keep,
    ".keep_section": finish.keep_section,
    ".skip": finish.skip,
    ".skip_section": finish.skip_section,
    ".remove": finish.remove,
    ".put_back": finish.put_back,
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
