"""How far one is: a way that never goes back, and a count that holds within a section.

The way is measured on the questionnaire as it is written, not on the questions that this person is asked: an answer
that opens further questions does not move it. The count is of the section one is in. It counts a question whose
condition is not decided yet as one that will be asked, so it can become smaller, and does not grow.
"""

from __future__ import annotations

from collections import Counter

from dialogs.domain.questionnaire import Question, Section
from dialogs.questionnaire.conditions import FACTS
from dialogs.questionnaire.journey import SHORT_WAY, Journey, Stop

__all__ = ["LIKELY_GOALS", "counted", "way"]

LIKELY_GOALS = 3
"""Goals that most entries choose (the register's median): how often a question for each goal is counted beforehand."""


def way(journey: Journey, stop: Stop) -> int:
    """How far the questionnaire has been gone through at this stop, out of 1000."""
    asked = [question.id for section in _sections(journey) for question in section.questions]
    group = _group(journey, stop)
    first = asked.index(group[0].question.id)
    last = asked.index(group[-1].question.id) + 1
    share = [other.key for other in group].index(stop.key) / len(group)
    return round(1000 * (first + (last - first) * share) / len(asked))


def _sections(journey: Journey) -> tuple[Section, ...]:
    mine = journey.draft.sections
    return tuple(s for s in journey.questionnaire.sections if not mine or s.id in mine)


def _group(journey: Journey, stop: Stop) -> tuple[Stop, ...]:
    """The stop with those beside it that repeat for the same goals; alone when it is asked once."""
    repeat = stop.question.repeat_for
    if repeat is None:
        return (stop,)
    return tuple(other for other in journey.of(stop.section) if other.question.repeat_for == repeat)


def counted(journey: Journey, stop: Stop) -> tuple[int, int]:
    """Which question of its section this is, and how many that section will ask, as far as one can tell."""
    short = SHORT_WAY in journey.draft.answers
    here = [s for s in journey.of(stop.section) if s.key == stop.key or not short or _is_asked(journey, s)]
    number = [s.key for s in here].index(stop.key) + 1
    section = next(s for s in journey.sections if s.id == stop.section)
    there = Counter(s.question.id for s in here)
    wanted = [q for q in section.questions if q.required or not short]
    return number, len(here) + sum(max(0, _likely(journey, q) - there[q.id]) for q in wanted)


def _is_asked(journey: Journey, stop: Stop) -> bool:
    return stop.required or stop.key in journey.draft.answers


def _likely(journey: Journey, question: Question) -> int:
    """How often a question is asked when all is decided; 0 when that is decided already."""
    condition, repeat = question.ask_if, question.repeat_for
    facts = [name for name, _, _ in condition.clauses] if condition is not None else []
    undecided = [name for name in (*facts, *([repeat] if repeat else [])) if _is_undecided(journey, name)]
    if not undecided:
        return 0
    return LIKELY_GOALS if repeat else 1


def _is_undecided(journey: Journey, fact: str) -> bool:
    """Whether an answer that a fact comes from is still to be given."""
    needs = FACTS[fact].needs if fact in FACTS else (fact,)
    return any(stop in journey.open() for key in needs if (stop := journey.by_key.get(key)) is not None)
