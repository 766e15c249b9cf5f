"""The Prize check: what the rules of the WSIS Prizes want of a nomination, and what one still lacks.

The rules of 2023, 2025 and 2026 refuse incomplete forms, so nobody may find out after sending.
"""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.domain.messages import Listing, M, Message
from dialogs.domain.question_roles import QuestionRole
from dialogs.knowledge import prizes
from dialogs.questionnaire.facts import MATURE
from dialogs.questionnaire.journey import Journey, Status, Stop
from dialogs.screens import Kind, Line
from dialogs.text.language_detection import UNDETERMINED

__all__ = ["contradiction", "lacking", "prize_check"]


def prize_check(journey: Journey) -> Iterator[Line]:
    """For a nomination: that it is complete, or the boxes it lacks, or why it is none. Nothing for other entries."""
    facts = journey.facts
    if not journey.questionnaire.required_first or facts.played(QuestionRole.NOMINATION) is not True:
        return
    if facts.played(QuestionRole.WON_BEFORE) is True:
        yield Line(Kind.HINT, M("prize.won_before"))
    elif facts.nominated:
        lacks = tuple(dict.fromkeys(stop.question.label for stop in lacking(journey)))
        yield Line(Kind.HINT, M("prize.lacks", boxes=Listing(lacks)) if lacks else M("prize.complete"))


def lacking(journey: Journey) -> tuple[Stop, ...]:
    """The questions of the rules' boxes that have no answer yet."""
    boxes = {id for ids in prizes.BOXES.values() for id in ids}
    asked = (stop for stop in journey.stops if stop.question.id in boxes)
    return tuple(s for s in asked if journey.facts.value(s.key) is None or journey.status(s) is Status.OPEN)


def contradiction(journey: Journey, stop: Stop) -> Message | None:
    """What an answer says against the nomination: work not ready, an entry that nobody may see, another language."""
    facts, role = journey.facts, stop.question.role
    if not journey.questionnaire.required_first or facts.played(QuestionRole.NOMINATION) is not True:
        return None
    if role is QuestionRole.NOMINATION and facts.played(QuestionRole.STATUS) not in MATURE:
        return M("prize.needs_phase")
    if role is QuestionRole.PUBLISHING and facts.nominated and facts.value(stop.key) is False:
        return M("prize.needs_publishing")
    answer = journey.draft.answers.get(stop.key)
    language = answer.language if answer is not None else None
    if stop.question.id in prizes.IN_ENGLISH and facts.nominated and language not in (None, "en", UNDETERMINED):
        return M("prize.in_english")
    return None
