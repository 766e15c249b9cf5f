"""How each section stands: done, begun, not begun, to be mended, with a colleague."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from dialogs.details import Part
from dialogs.domain.conversation import AnswerStatus
from dialogs.domain.messages import M, Message
from dialogs.domain.questionnaire import Section
from dialogs.questionnaire.journey import Journey, Status

__all__ = ["asked_sections", "parts", "standing"]


def asked_sections(journey: Journey) -> list[Section]:
    """The sections in which this person is asked anything."""
    return [section for section in journey.sections if journey.of(section.id)]


def parts(journey: Journey, here: str | None = None, to_mend: Collection[str] = ()) -> Iterator[Part]:
    """The list of sections, each of which can be opened; `here` is the one that is open."""
    for section in asked_sections(journey):
        state, words = standing(journey, section, to_mend)
        yield Part(f".section:{section.id}", section.title, words, state, section.id == here)


def standing(journey: Journey, section: Section, to_mend: Collection[str] = ()) -> tuple[str, Message]:
    """How a section stands, as a code and in words."""
    if section.id in journey.draft.handed:
        return "handed", M("standing.handed")
    if section.id in to_mend:
        return "mend", M("standing.to_mend")
    stops = journey.of(section.id)
    open_ = [stop for stop in stops if journey.status(stop) is Status.OPEN]
    if all(journey.status(stop) is Status.PASSED for stop in stops):
        return "open", M("standing.nothing_required")
    if not open_:
        return "done", M("standing.done")
    begun = any(answer.given is AnswerStatus.ANSWERED for stop in stops if (answer := journey.answer(stop)))
    if begun or len(open_) < len(stops):
        return "begun", M("standing.begun", len(open_))
    return "open", M("standing.not_begun")
