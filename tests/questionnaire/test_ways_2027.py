"""Who is asked what in 2027: the conditions of the file, met along the journey."""

from datetime import UTC, datetime
from typing import Any

import pytest

from dialogs.domain.conversation import Answer, Draft
from dialogs.questionnaire.journey import Journey
from dialogs.questionnaire.source import loader

NOW = datetime(2027, 1, 15, 9, tzinfo=UTC)


def journey(*, prize_open: bool = True, **answers: Any) -> Journey:
    given = {key: Answer(value, NOW) for key, value in answers.items()}
    return Journey(loader.version("2027"), Draft("d1", "2027", "2027", NOW, NOW, given), prize_open)


def asked(**answers: Any) -> list[str]:
    return [stop.key for stop in journey(**answers).stops]


def required(key: str, **answers: Any) -> bool:
    return journey(**answers).by_key[key].required


@pytest.mark.feature("Q10")
@pytest.mark.parametrize(
    ("question", "leads", "leads_not"),
    [
        ("existing_ref", {"entry_mode": "update"}, {"entry_mode": "new"}),
        ("update_scope", {"entry_mode": "update"}, {"entry_mode": "new"}),
        ("org_type_other", {"org_type": "OTH"}, {"org_type": "GOV"}),
        ("activity_type_other", {"activity_type": "other"}, {"activity_type": "project"}),
        ("end_date", {"status": "completed"}, {"status": "ongoing"}),
        ("countries", {"coverage": "regional"}, {"coverage": "international"}),
        ("sublines", {"lines": ["C3", "C7"]}, {"lines": ["C3"]}),
        ("main_line", {"lines": ["C3", "C4"]}, {"lines": ["C3"]}),
        (
            "main_line",
            {"lines": ["C7"], "sublines": ["C7-ehea", "C7-elea"]},
            {"lines": ["C7"], "sublines": ["C7-ehea"]},
        ),
        ("goals_suggested", {"lines": ["C11"]}, {"lines": ["C3"]}),
        ("main_goal", {"goals_suggested": ["3"], "goals": ["4"]}, {"goals": ["4"]}),
        ("partners", {"has_partners": True}, {"has_partners": False}),
        ("prize_maturity", {"nominate": True}, {"nominate": False}),
        ("show_contact", {"publish": True}, {"publish": False}),
    ],
)
def test_a_question_comes_with_the_answer_that_calls_for_it(
    question: str, leads: dict[str, Any], leads_not: dict[str, Any]
) -> None:
    assert question in asked(**leads)
    assert question not in asked(**leads_not)
    assert question not in asked()


@pytest.mark.parametrize("wrong", [{"nominate": False}, {"prize_maturity": False}, {"prize_past": True}])
def test_the_prize_is_asked_about_only_for_work_that_may_win_it(wrong: dict[str, bool]) -> None:
    fit = {"nominate": True, "prize_maturity": True, "prize_past": False}
    assert {"prize_category", "prize_text"} <= set(asked(**fit))
    assert not {"prize_category", "prize_text"} & set(asked(**fit | wrong))


def test_without_nominations_the_prizes_are_not_mentioned() -> None:
    keys = [stop.key for stop in journey(prize_open=False, nominate=True).stops]
    assert not [key for key in keys if key == "nominate" or key.startswith("prize")]
    assert "publish" in keys


def test_at_least_one_goal_is_wanted_over_both_questions() -> None:
    assert required("goals", lines=["C11"])
    assert not required("goals", lines=["C11"], goals_suggested=["17"])


@pytest.mark.feature("Q9")
def test_each_goal_has_its_targets_and_its_example_and_the_main_ones_is_required() -> None:
    chosen = {"goals_suggested": ["3"], "goals": ["4", "10"], "main_goal": "4"}
    repeated = [key for key in asked(**chosen) if "@" in key]
    assert repeated == [f"{question}@{goal}" for goal in (3, 4, 10) for question in ("targets", "link_example")]
    assert [required(f"link_example@{goal}", **chosen) for goal in (3, 4, 10)] == [False, True, False]
    assert not required("targets@4", **chosen)
