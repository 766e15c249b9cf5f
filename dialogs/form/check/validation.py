"""Cross-checks at the end: what single answers cannot show. Each problem names the question where to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.answers.readers import check
from dialogs.domain.messages import M, Message
from dialogs.domain.question_roles import QuestionRole
from dialogs.domain.questionnaire import QuestionKind
from dialogs.domain.values.dates import first_month, last_month
from dialogs.form.check.prize_check import contradiction
from dialogs.form.input.guards import context_of
from dialogs.questionnaire.journey import Journey, Status, Stop
from dialogs.questionnaire.options import options_of
from dialogs.step_context import StepContext

__all__ = ["Problem", "problems"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend before sending: at which stop, and what is wrong in words."""

    stop: Stop
    message: Message


def problems(ctx: StepContext) -> tuple[Problem, ...]:
    """All that keeps the open draft from being sent, in the journey's order."""
    journey = ctx.journey
    if journey.confirms:
        return ()
    found: dict[str, Problem] = {}
    for stop in journey.stops:
        for message in _of(ctx, journey, stop):
            found.setdefault(stop.key, Problem(stop, message))
    return tuple(found.values())


def _of(ctx: StepContext, journey: Journey, stop: Stop) -> Iterator[Message]:
    status = journey.status(stop)
    value = journey.facts.value(stop.key)
    if status is Status.OPEN and stop.required:
        yield M("problem.unanswered")
        return
    if value is None:
        return
    if stop.question.kind in (QuestionKind.ONE, QuestionKind.SEVERAL):
        offered = {option.code for option in options_of(stop, journey.facts)}
        if not {str(v) for v in (value if isinstance(value, list) else [value])} <= offered:
            yield M("problem.no_longer_offered")
            return
    message = check(stop.question, value, context_of(ctx, stop)) or contradiction(journey, stop)
    if message is not None:
        yield message
    if stop.question.role is QuestionRole.END and _before(value, journey.facts.played(QuestionRole.START)):
        yield M("problem.ends_before_it_starts")


def _before(end: object, start: object) -> bool:
    return isinstance(end, str) and isinstance(start, str) and last_month(end) < first_month(start)
