"""Whether answers are taken at a question now, what a reader of them needs to know, and what a bad one leads to."""

from __future__ import annotations

from dialogs.answers.results import Context
from dialogs.domain.conversation import CallState
from dialogs.domain.messages import Code, M, Message, Moment, Month
from dialogs.domain.question_roles import QuestionRole
from dialogs.domain.values.dates import first_month
from dialogs.questionnaire.journey import Stop
from dialogs.questionnaire.options import options_of, readable
from dialogs.step_context import StepContext

__all__ = ["context_of", "missed", "writable"]


def writable(ctx: StepContext, stop: Stop | None = None) -> bool:
    """Whether the call, and this question, take answers of ours at the moment this was sent; says so when not."""
    if stop is not None and stop.section in ctx.journey.draft.handed:
        ctx.error(M("handing.is_handed"))
        return False
    correction = ctx.conversation.correction
    asked = correction is not None and stop is not None and correction.comment(stop.key) is not None
    if stop is not None and stop.frozen and not asked:
        ctx.error(M("dated.frozen"))
        return False
    call = ctx.call
    if ctx.open_for_changes or call is None:
        return True
    if correction is not None:
        ctx.error(M("correction.too_late", due=Moment(correction.due)))
        return False
    key = "call.closed" if call.state(ctx.at) is CallState.CLOSED else "call.not_yet_open"
    ctx.error(Message(key, {"opens": Moment(call.opens), "closes": Moment(call.closes)}))
    return False


def context_of(ctx: StepContext, stop: Stop) -> Context:
    """What a reader of typed answers needs to know."""
    facts = ctx.journey.facts
    options = readable(stop, facts)
    bound = stop.question.limits.not_before
    earliest = facts.value(bound) if isinstance(bound, str) else bound
    return Context(
        language=ctx.language,
        options=options,
        shown=len(options_of(stop, facts)),
        vocabulary=ctx.world.vocabulary,
        this_month=Month(ctx.at.year, ctx.at.month),
        ahead=facts.played(QuestionRole.STATUS) == "planned",
        begun=str(ctx.args.get("begun", "")),
        not_before=first_month(earliest) if isinstance(earliest, str) else earliest,
        example=Message(stop.question.text("example")) if stop.question.example else None,
    )


def missed(ctx: StepContext, stop: Stop, message: Message) -> None:
    """A refusal; after three in a row an example and a way out come with it."""
    misses = ctx.missed()
    ctx.error(message)
    if misses >= 3 and ctx.journey.cannot_wait(stop):
        ctx.note(Message(stop.question.text("help"), {"year": Code(str(ctx.call.year if ctx.call else ""))}))
    elif misses >= 3:
        ctx.note(M("misses.way_out_required") if stop.required else M("misses.way_out"))
