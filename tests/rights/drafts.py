"""Drafts with any choices: of other sections' answers, those that conditions and options may hang on."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from dialogs.domain.conversation import Answer, AnswerStatus, Draft
from dialogs.domain.questionnaire import Question, QuestionKind
from dialogs.questionnaire.options import every_option
from tests.driver import IN_SEASON, MACHINE

__all__ = ["DRAFTS"]

ASKED = [question for section in MACHINE.world.questionnaires["2027"].sections for question in section.questions]


def _value(question: Question) -> st.SearchStrategy[Any]:
    if question.kind is QuestionKind.YES_NO:
        return st.booleans()
    if question.kind is QuestionKind.MONTH:
        return st.sampled_from(["2019-05", "2024-01"])
    codes = [option.code for option in every_option(question)][:12]
    if question.kind in (QuestionKind.SEVERAL, QuestionKind.COUNTRIES):
        return st.lists(st.sampled_from(codes), min_size=1, max_size=4, unique=True)
    return st.sampled_from(codes) if codes else st.just("Some words")


def _answers() -> st.SearchStrategy[dict[str, Any]]:
    plain = [question for question in ASKED if question.repeat_for is None]
    return st.fixed_dictionaries({}, optional={question.id: _value(question) for question in plain})


def _draft(values: dict[str, Any], previous: dict[str, Any], revises: bool) -> Draft:
    answers = {key: Answer(value, IN_SEASON, AnswerStatus.ANSWERED) for key, value in values.items()}
    old = previous if revises else {}
    return Draft("d", "2027", "2027", IN_SEASON, IN_SEASON, answers, "WSIS-2026-000001" if revises else None, old)


DRAFTS = st.builds(_draft, _answers(), _answers(), st.booleans())
