"""The ways on from a question: done, keep, skip, back, help and the rest, by the code of their choice."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs.domain.messages import Code, M, Message
from dialogs.domain.questionnaire import QuestionKind
from dialogs.form import finish
from dialogs.form.input import list_input, multipart_input
from dialogs.form.input.choice_input import accept
from dialogs.form.next_question import open_question, proceed
from dialogs.questionnaire.journey import SHORT_WAY, Stop
from dialogs.screens import Kind
from dialogs.step_context import StepContext

__all__ = ["ACTIONS"]


def _short(ctx: StepContext, stop: Stop, argument: str) -> None:
    ctx.give(SHORT_WAY, True)
    ctx.note(M("short_way.on"))
    proceed(ctx, stop.key)


def _back(ctx: StepContext, stop: Stop, argument: str) -> None:
    earlier = ctx.journey.before(stop.key)
    if ctx.args.get("return") == "correction":  # only what was asked back is gone through
        ctx.goto("correction")
    elif earlier is not None:
        open_question(ctx, earlier, ctx.args.get("return"))
    elif ctx.args.get("return"):
        ctx.goto(str(ctx.args["return"]))
    else:
        ctx.note(M("back.first"))


def _next(ctx: StepContext, stop: Stop, argument: str) -> None:
    """Leave the answer as it is and go on to the question after it."""
    following = ctx.journey.after(stop.key)
    if ctx.args.get("return"):
        proceed(ctx, stop.key)
    elif following is None:
        ctx.goto("review")
    else:
        open_question(ctx, following)


def _help(ctx: StepContext, stop: Stop, argument: str) -> None:
    ctx.note(Message(stop.question.text("help"), {"year": Code(str(ctx.call.year if ctx.call else ""))}))
    if stop.question.example and stop.question.kind is not QuestionKind.FILE:
        ctx.note(M("hint.example", example=Message(stop.question.text("example"))), Kind.HINT)


def _later(ctx: StepContext, stop: Stop, argument: str) -> None:
    """Leave a question open and go on: it is asked again before the end."""
    if ctx.journey.cannot_wait(stop):
        ctx.error(M("skip.required"))
        return
    following = ctx.journey.next_open(stop.key)
    ctx.note(M("later.left_open", question=stop.question.label))
    if following is None or following.key == stop.key:
        ctx.goto("sections")
    else:
        open_question(ctx, following)


def _page(ctx: StepContext, stop: Stop, argument: str) -> None:
    ctx.update(page=int(argument))
    ctx.in_place = True


def _region(ctx: StepContext, stop: Stop, argument: str) -> None:
    ctx.update(region=argument or None, browse=True, page=None, candidates=None)
    ctx.in_place = True


def _none(ctx: StepContext, stop: Stop, argument: str) -> None:
    """None of the options that were offered back: all of them again."""
    ctx.update(candidates=None)


def _better(ctx: StepContext, stop: Stop, argument: str) -> None:
    accept(ctx, stop, ctx.args.get("better"))


def _mine(ctx: StepContext, stop: Stop, argument: str) -> None:
    accept(ctx, stop, ctx.args.get("mine"))


ACTIONS: Mapping[str, Callable[[StepContext, Stop, str], None]] = {
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
    ".choices": lambda ctx, stop, argument: ctx.update(all=True),
    ".better": _better,
    ".mine": _mine,
    ".remove_file": lambda ctx, stop, id: multipart_input.remove_file(ctx, stop, id),
    ".item": list_input.chosen,
    ".remove_item": lambda ctx, stop, argument: list_input.remove(ctx, stop),
    ".leave_item": lambda ctx, stop, argument: ctx.update(item=None),
    ".undo": lambda ctx, stop, argument: multipart_input.undo(ctx, stop),
    ".restart": lambda ctx, stop, argument: multipart_input.restart(ctx, stop),
}
"""The ways on from a question, by the code of their choice."""
