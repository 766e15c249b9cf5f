"""The questionnaire of 2027 as it comes with the project."""

from collections import Counter

import pytest

from dialogs.domain.messages import Month
from dialogs.domain.question_roles import QuestionRole
from dialogs.domain.questionnaire import QuestionKind
from dialogs.questionnaire.source import linter, loader
from locales.words import Words

QUESTIONNAIRE = loader.version("2027")


@pytest.mark.feature("Q16")
def test_it_has_ten_sections_with_51_questions() -> None:
    """53 with the two last steps, checking and sending, which belong to the conversation."""
    counts = {section.id: len(section.questions) for section in QUESTIONNAIRE.sections}
    assert counts == {
        "start": 5,
        "contact": 3,
        "organisation": 5,
        "activity": 11,
        "action_lines": 3,
        "sdgs": 7,
        "people": 4,
        "lasting": 6,
        "prize": 5,
        "review": 2,
    }
    assert len(QUESTIONNAIRE.by_id) == sum(counts.values()) == 51


def test_its_questions_are_known_by_their_roles() -> None:
    asked = {role: QUESTIONNAIRE.id_of(role) for role in QuestionRole}
    assert asked[QuestionRole.ORGANIZATION_COUNTRY] == "org_country"
    later = {QuestionRole.BENEFICIARIES, QuestionRole.WON_BEFORE, QuestionRole.GOALS, QuestionRole.GOALS_CONFIRMED}
    assert {role for role, id in asked.items() if not id} == later
    kind = QUESTIONNAIRE.by_role(QuestionRole.ORGANIZATION_KIND)
    assert kind is not None
    assert kind.codes == ("GOV", "INT", "BUS", "CSO", "ACA", "OTH")


def test_a_new_call_asks_the_newest_edition_of_its_year() -> None:
    assert loader.edition_of(2027).startswith("2027")
    assert loader.edition_of(1999) == max(loader.versions())


LATER = {QuestionKind.ITEMS, QuestionKind.PLACE, QuestionKind.DATE}
"""Kinds that the questionnaires of other years may use."""


def test_every_kind_of_question_is_used() -> None:
    assert set(Counter(question.kind for question in QUESTIONNAIRE.by_id.values())) == set(QuestionKind) - LATER


def test_conditions_limits_and_repeats_are_read_as_values() -> None:
    asked = QUESTIONNAIRE.by_id
    assert asked["countries"].ask_if is not None
    assert asked["countries"].ask_if.clauses == (("coverage", "in", ["local", "national", "regional"]),)
    assert asked["start_date"].limits.not_before == Month(1990, 1)
    assert asked["end_date"].limits.not_before == "start_date"
    assert asked["description"].limits.min_words == 30
    assert asked["link_example"].repeat_for == "chosen_goals"
    assert asked["link_example"].required_for == "main_goal"
    assert asked["goals"].required_if is not None
    assert asked["org_name"].keep
    assert QUESTIONNAIRE.section_of["prize_text"] == "prize"


def test_each_question_knows_its_line_of_the_file() -> None:
    lines = [question.line for question in QUESTIONNAIRE.by_id.values()]
    assert lines == sorted(set(lines))


@pytest.mark.feature("O7")
def test_the_linter_finds_nothing_in_its_ways_or_its_english() -> None:
    words = Words.ours()
    assert linter.lint(QUESTIONNAIRE, {"en": words.keys("en")}, words.say) == []


def test_no_text_of_a_question_is_left_over() -> None:
    used = {key for edition in loader.versions().values() for _, key in linter.texts_of(edition)}
    left = [key for key in Words.ours().keys("en") if key.startswith(("question.", "section.")) and key not in used]
    assert not left


def test_the_example_of_the_description_keeps_within_its_own_limits() -> None:
    example = Words.ours().forms("en", "question.description.example")[0]
    limits = QUESTIONNAIRE.by_id["description"].limits
    assert limits.min_words is not None
    assert limits.max_words is not None
    assert limits.min_words <= len(example.split()) <= limits.max_words


def test_every_question_that_is_written_or_searched_for_has_an_example() -> None:
    chosen = {QuestionKind.ONE, QuestionKind.SEVERAL, QuestionKind.YES_NO, QuestionKind.FILE}
    written = [question for question in QUESTIONNAIRE.by_id.values() if question.kind not in chosen]
    assert all(question.example for question in written)
