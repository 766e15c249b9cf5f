"""A colleague's portion of a draft: the questions of the sections they were given, and what those questions hang on.

Conditions and option lists look at answers of other sections. A colleague's draft is loaded with those values, kept
apart from the answers (`Draft.context`): they decide what is asked and offered, and no screen shows them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from dialogs.domain.question_roles import QuestionRole
from dialogs.domain.questionnaire import Condition, Question, QuestionKind, Questionnaire, Section

__all__ = ["NAME", "Portion", "Portions", "portion"]

NAME = "title"
"""The question whose answer a draft is called by: a colleague may know which draft it is."""

NEEDS: Mapping[str, tuple[str, ...]] = {
    "chosen_lines": ("lines", "sublines"),
    "suggested_goals": ("lines", "sublines", "main_line", "mdgs"),
    "accepted_goals": ("goals_suggested",),
    "other_goals": ("goals_suggested",),
    "chosen_goals": ("goals_suggested", "goals"),
    "main_goal": ("goals_suggested", "goals", "main_goal"),
    "targets": ("lines", "sublines", "main_line", "mdgs"),
    "prize_categories": ("lines", "sublines", "main_line"),
    "org_countries": ("org_type",),
    "prize_open": (),
    "old_goals": (),
    "old_mdgs": ("mdgs",),
    "one_country": ("countries",),
    "nominated": ("nominate", "prize_past", "status"),
    "has_evidence": ("impact_basis",),
    "english_title": (),
    "goals_by_fit": ("lines", "sublines", "main_line", "mdgs", "beneficiaries"),
    "places": (),
    "spoken_languages": (),
}
"""Which answers a derived fact or an option list comes from. Other facts are answers themselves."""


@dataclass(frozen=True, slots=True)
class Portion:
    """Ids of questions: `own` ones are seen and answered, the values of `needed` ones only count."""

    own: frozenset[str]
    needed: frozenset[str]

    def owns(self, key: str) -> bool:
        """Whether a key such as `targets@4` belongs to an own question."""
        return key.partition("@")[0] in self.own


Portions = Callable[[str, tuple[str, ...]], Portion]
"""Gives the portion of a questionnaire's version that some sections (by id) make."""


def portion(questionnaire: Questionnaire, sections: Collection[str]) -> Portion:
    """What belongs to these sections. Sections that this questionnaire does not have give nothing."""
    given = [section for section in questionnaire.sections if section.id in sections]
    own = frozenset(question.id for section in given for question in section.questions)
    needed = frozenset(name for section in given for name in _needs(section, questionnaire)) - {""}
    return Portion(own, needed - own)


def _needs(section: Section, questionnaire: Questionnaire) -> Iterator[str]:
    yield questionnaire.id_of(QuestionRole.UPDATE_SCOPE)  # which old answers of an update are gone through
    yield from _of_condition(section.ask_if)
    for question in section.questions:
        yield from _of_question(question, questionnaire)


def _of_question(question: Question, questionnaire: Questionnaire) -> Iterator[str]:
    yield from _of_condition(question.ask_if)
    yield from _of_condition(question.required_if)
    for fact in (question.repeat_for, question.required_for):
        yield from _answers(fact) if fact is not None else ()
    yield from NEEDS.get(question.options or "", ())
    if question.kind in (QuestionKind.MONTH, QuestionKind.DATE):
        yield questionnaire.id_of(QuestionRole.STATUS)  # a month to come makes sense for what is planned
    if isinstance(question.limits.not_before, str):
        yield question.limits.not_before


def _of_condition(condition: Condition | None) -> Iterator[str]:
    for fact, _, _ in condition.clauses if condition is not None else ():
        yield from _answers(fact)


def _answers(fact: str) -> tuple[str, ...]:
    return NEEDS.get(fact, (fact,))
