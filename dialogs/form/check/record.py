"""Answers as a record: what the check, the receipt and the record of an entry show, whole and in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from dialogs.details import Answered
from dialogs.domain.conversation import Answer, Draft, Entry
from dialogs.domain.events import FileRef
from dialogs.domain.messages import Code, M, Message, Value
from dialogs.form.answer_format import answer_brief, answer_shown
from dialogs.questionnaire.journey import Journey, Status, Stop
from dialogs.screens import Kind, Line
from dialogs.step_context import StepContext

__all__ = ["answer_line", "answered", "is_changed", "is_given", "is_seen", "named", "record_journey", "record_lines"]

UNSEEN = (Status.PASSED, Status.OPEN)
"""How questions stand that have no answer yet, and may be left out of a record."""


def answered(journey: Journey, seen: Callable[[Journey, Stop], bool], *, change: bool) -> Iterator[Answered]:
    """Every answer that is seen, whole; with a way to `change` it where it can still be changed."""
    draft = journey.draft
    for section in journey.sections:
        heading: Value | None = section.title
        for stop in journey.of(section.id):
            if not seen(journey, stop):
                continue
            value = journey.facts.value(stop.key)
            before = answer_shown(stop.question, draft.previous.get(stop.key), draft)
            yield Answered(
                named(stop),
                answer_shown(stop.question, value, draft),
                f"change:{stop.key}" if change and not stop.frozen else "",
                section=heading,
                before=before if is_changed(journey, stop) else None,
            )
            heading = None


def is_seen(journey: Journey, stop: Stop) -> bool:
    """Whether there is something to check: an answer, or that none was given."""
    return journey.status(stop) not in UNSEEN or (
        journey.status(stop) is Status.PASSED and journey.facts.value(stop.key) is not None
    )


def is_changed(journey: Journey, stop: Stop) -> bool:
    """Whether an update has another answer than the entry that it updates."""
    draft = journey.draft
    given = draft.revises is not None and stop.key in draft.previous and journey.old(stop) is None
    return given and journey.facts.value(stop.key) != draft.previous[stop.key]


def named(stop: Stop) -> Value:
    """What a question is called, with the goal it is about."""
    label = stop.question.label
    return label if stop.member is None else M("review.of_goal", label=label, goal=Code(stop.member))


def is_given(journey: Journey, stop: Stop) -> bool:
    """Whether there is an answer."""
    return journey.facts.value(stop.key) is not None


def answer_line(journey: Journey, stop: Stop, *, shorten: bool = False) -> Message:
    """An answer behind the name of its question."""
    show = answer_brief if shorten else answer_shown
    said = show(stop.question, journey.facts.value(stop.key), journey.draft)
    if is_changed(journey, stop):
        return M("review.changed", label=named(stop), answer=said)
    return M("review.answer", label=named(stop), answer=said)


def record_journey(ctx: StepContext, entry: Entry, files: Mapping[str, FileRef]) -> Journey | None:
    """The questions that an entry answered, of the edition that asked them; None when its call is not at hand."""
    call = next((call for call in ctx.conversation.calls if call.code == entry.call), None)
    if call is None:
        return None
    at = entry.submitted
    given = {key: Answer(value, at, language=entry.languages.get(key)) for key, value in entry.answers.items()}
    edition = entry.edition if entry.edition in ctx.world.questionnaires else call.version
    return ctx.journey_of(Draft("record", call.code, edition, at, at, given, files=files))


def record_lines(journey: Journey) -> Iterator[Line]:
    """All answers of an entry, for channels that show lines."""
    for section in journey.sections:
        for stop in journey.of(section.id):
            if is_given(journey, stop):
                yield Line(Kind.ITEM, answer_line(journey, stop), repeated=True)
