"""The guide for organizers says what is true of the code."""

import re
from pathlib import Path

import pytest

from dialogs.domain.question_roles import QuestionRole
from dialogs.domain.questionnaire import QuestionKind
from dialogs.questionnaire import options
from dialogs.questionnaire.conditions import FACTS, REPEATS
from dialogs.questionnaire.consistency_rules import LIMITS_OF_KIND
from dialogs.questionnaire.facts import DERIVED, TESTS
from dialogs.questionnaire.source.linter import LONGEST_BUTTON
from dialogs.questionnaire.source.loader import QuestionnaireError, load
from dialogs.questionnaire.source.parser import QUESTION

GUIDE = (Path(__file__).parents[2] / "docs" / "questionnaire.md").read_text()


def quoted(text: str) -> set[str]:
    return set(re.findall(r"`([a-z_]+)`", text))


@pytest.mark.parametrize(
    "names",
    [
        QUESTION.keys(),
        {kind.value for kind in QuestionKind},
        {name for names in LIMITS_OF_KIND.values() for name in names},
        options.DERIVED.keys(),
        FACTS.keys(),
        TESTS.keys(),
        set(REPEATS),
        {role.value for role in QuestionRole},
    ],
    ids=["fields", "kinds", "limits", "lists", "facts", "tests", "repeats", "roles"],
)
def test_everything_one_can_write_is_explained(names: set[str]) -> None:
    assert set(names) <= quoted(GUIDE)


def test_conditions_can_ask_about_every_derived_fact_and_no_other() -> None:
    assert FACTS.keys() == DERIVED.keys()
    assert all(fact.tests <= TESTS.keys() for fact in FACTS.values())


def test_the_room_on_buttons_is_told() -> None:
    assert f"room for {LONGEST_BUTTON} characters" in GUIDE


@pytest.mark.feature("Q16")
def test_a_questionnaire_of_ones_own_can_be_as_short_as_one_question(tmp_path: Path) -> None:
    example = re.search(r"## A question\n\n```yaml\n(.*?)```", GUIDE, re.DOTALL)
    assert example is not None
    question = re.sub(r"^", "      ", example[1], flags=re.MULTILINE).rstrip()
    status = "      - {id: status, kind: one, required: true, options: status}\n"
    start = "      - {id: start_date, kind: month, required: true}\n"
    path = tmp_path / "mine.yaml"
    head = 'version: "2028"\nlists: {status: [planned, completed]}\nsections:\n  - id: activity\n    questions:\n'
    path.write_text(f"{head}{status}{start}{question}\n")
    assert list(load(path).by_id) == ["status", "start_date", "end_date"]
    path.write_text(f'version: "2028"\nsections:\n  - id: activity\n    questions:\n{question}\n')
    with pytest.raises(QuestionnaireError, match="unknown question"):
        load(path)
