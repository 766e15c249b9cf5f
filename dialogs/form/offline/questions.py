"""Which questions of a draft stand in its template, with the fields and options each has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.domain.messages import Listing, M, Message
from dialogs.domain.question_roles import QuestionRole
from dialogs.domain.questionnaire import Condition, Question, QuestionKind, Questionnaire, Section
from dialogs.matching.option import Option
from dialogs.questionnaire.journey import Journey, Stop
from dialogs.questionnaire.options import every_option, option_label, options_of

__all__ = ["LEFT_OUT", "SEVERAL", "Asked", "is_left_out", "sections_of"]

LEFT_OUT = frozenset(
    {
        QuestionRole.LANGUAGE,
        QuestionRole.ENTRY_MODE,
        QuestionRole.EXISTING_ENTRY,
        QuestionRole.UPDATE_SCOPE,
        QuestionRole.GOALS_CONFIRMED,
    }
)
"""Questions that steer the conversation: they are answered in it."""

SEVERAL = (QuestionKind.SEVERAL, QuestionKind.COUNTRIES)

MOST_FIELDS = 6
"""Fields of a question that takes many answers, while it has fewer."""
SPARE = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the template. `fields`: how many cells its answer has. `only_if`: when it is asked, in words."""

    stop: Stop
    options: tuple[Option, ...]
    fields: int
    only_if: Message | None


def is_left_out(question: Question) -> bool:
    """Whether a question never stands in a template."""
    return question.role in LEFT_OUT or question.kind is QuestionKind.FILE


def sections_of(journey: Journey) -> Iterator[tuple[Section, tuple[Asked, ...]]]:
    """The sections that the person fills in, with their questions: those that are asked by now, and those that other
    answers may bring. A question about each goal stands there for the goals that are chosen already.
    """
    draft = journey.draft
    for section in journey.questionnaire.sections:
        mine = not draft.sections or section.id in draft.sections
        found = tuple(_asked(journey, section)) if mine and section.id not in draft.handed else ()
        if found:
            yield section, found


def _asked(journey: Journey, section: Section) -> Iterator[Asked]:
    for question in section.questions:
        if is_left_out(question):
            continue
        for stop in _stops(journey, section, question):
            if not stop.frozen:
                options = _options(journey, stop)
                yield Asked(stop, options, _fields(journey, stop, options), _only_if(journey, section, question))


def _stops(journey: Journey, section: Section, question: Question) -> tuple[Stop, ...]:
    asked = tuple(stop for stop in journey.of(section.id) if stop.question is question)
    if asked or question.repeat_for is not None or question.only_if_given:
        return asked
    return (Stop(question.id, question, section.id, required=question.required),)


def _options(journey: Journey, stop: Stop) -> tuple[Option, ...]:
    """All that the question can offer: which of them it does offer may hang on other answers of the same file."""
    if stop.member is not None or stop.question.kind is QuestionKind.YES_NO:
        return options_of(stop, journey.facts)
    return every_option(stop.question)


def _fields(journey: Journey, stop: Stop, options: tuple[Option, ...]) -> int:
    if stop.question.kind not in SEVERAL:
        return 1
    most = min(stop.question.limits.max or len(options), len(options))
    return max(1, min(most, max(MOST_FIELDS, len(journey.facts.value(stop.key) or ()) + SPARE)))


def _only_if(journey: Journey, section: Section, question: Question) -> Message | None:
    """When a question is asked: by the answer that it hangs on, where that can be said in a line."""
    conditions = [each for each in (question.ask_if, section.ask_if) if each is not None]
    if not conditions:
        return None
    said = (_said(journey.questionnaire, clause) for condition in conditions for clause in _clauses(condition))
    return next((message for message in said if message is not None), M("template.if_applies"))


def _clauses(condition: Condition) -> tuple[tuple[str, str, object], ...]:
    return condition.clauses


def _said(questionnaire: Questionnaire, clause: tuple[str, str, object]) -> Message | None:
    fact, test, value = clause
    question = questionnaire.by_id.get(fact)
    if question is None or is_left_out(question):
        return None
    if question.kind is QuestionKind.YES_NO and test == "is":
        answers = [M("choice.yes") if value else M("choice.no")]
    elif question.options and test in ("is", "in", "includes"):
        values = value if isinstance(value, (list, tuple)) else [value]
        answers = [option_label(question.options, str(code)) for code in values]  # type: ignore[misc]
    else:
        return None
    return M("template.only_if", question=question.label, answer=Listing(tuple(answers), "or"))
