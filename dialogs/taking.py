"""Whether answers are taken at a question now, what a reader of them needs to know, and what a bad one leads to."""

from __future__ import annotations

from dialogs.answers.outcomes import Context
from dialogs.conversation import CallState
from dialogs.domain.question_roles import QuestionRole
from dialogs.messages import Code, M, Message, Moment, Month
from dialogs.questionnaire.journey import Stop
from dialogs.questionnaire.options import readable
from dialogs.talk import Talk

__all__ = ["context_of", "missed", "writable"]


def writable(talk: Talk, stop: Stop | None = None) -> bool:
    """Whether the call, and this question, take answers of ours at the moment this was sent; says so when not."""
    if stop is not None and stop.section in talk.journey.draft.handed:
        talk.error(M("handing.is_handed"))
        return False
    if stop is not None and stop.frozen:
        talk.error(M("dated.frozen"))
        return False
    call = talk.call
    if talk.open_for_changes or call is None:
        return True
    key = "call.closed" if call.state(talk.at) is CallState.CLOSED else "call.not_yet_open"
    talk.error(Message(key, {"opens": Moment(call.opens), "closes": Moment(call.closes)}))
    return False


def context_of(talk: Talk, stop: Stop) -> Context:
    """What a reader of typed answers needs to know."""
    facts = talk.journey.facts
    options = readable(stop, facts)
    bound = stop.question.limits.not_before
    earliest = facts.value(bound) if isinstance(bound, str) else bound
    return Context(
        language=talk.language,
        options=options,
        vocabulary=talk.world.vocabulary,
        this_month=Month(talk.at.year, talk.at.month),
        ahead=facts.played(QuestionRole.STATUS) == "planned",
        not_before=Month.parse(earliest) if isinstance(earliest, str) else earliest,
        example=Message(f"question.{stop.question.id}.example") if stop.question.example else None,
    )


def missed(talk: Talk, stop: Stop, message: Message) -> None:
    """A refusal; after three in a row an example and a way out come with it."""
    misses = talk.missed()
    talk.error(message)
    if misses >= 3 and talk.journey.cannot_wait(stop):
        talk.note(
            Message(f"question.{stop.question.id}.help", {"year": Code(str(talk.call.year if talk.call else ""))})
        )
    elif misses >= 3:
        talk.note(M("misses.way_out_required") if stop.required else M("misses.way_out"))
