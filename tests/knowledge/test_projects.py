"""The goals that are offered first, tried on projects whose people would know better."""

from pathlib import Path

import pytest
import yaml

from dialogs.knowledge import matrix
from dialogs.knowledge.goals import GOALS

PROJECTS = yaml.safe_load((Path(__file__).parent / "projects.yaml").read_text())["projects"]


def offered(project: dict[str, object]) -> list[int]:
    lines = project["lines"]
    assert isinstance(lines, list)
    in_order = tuple(line for line in matrix.LINKED_GOALS if line in lines)
    return [each.goal for each in matrix.ranked(in_order, lines[0], women=bool(project.get("women")))]


@pytest.mark.feature("Q20")
def test_the_goal_that_somebody_from_the_field_names_first_is_offered_first_for_22_of_26() -> None:
    first = [project["title"] for project in PROJECTS if offered(project)[0] == project["expert"][0]]
    assert len(PROJECTS) == 26
    assert len(first) >= 22, sorted({project["title"] for project in PROJECTS} - set(first))


@pytest.mark.feature("Q20")
def test_every_goal_they_name_is_on_the_first_page_for_nearly_all() -> None:
    missed = [project["title"] for project in PROJECTS if not set(project["expert"]) <= set(offered(project)[:8])]
    assert len(missed) <= 4, missed


@pytest.mark.feature("Q20")
def test_access_to_knowledge_alone_gets_a_list_that_begins_with_learning_and_information() -> None:
    assert [each.goal for each in matrix.ranked(("C3",), None)][:3] == [4, 16, 9]


def test_every_goal_is_offered_once_and_a_home_goal_is_one_that_the_matrix_links() -> None:
    for project in PROJECTS:
        assert sorted(offered(project)) == list(GOALS)
    for line, homes in matrix.HOME_GOALS.items():
        assert set(homes) <= matrix.LINKED_GOALS[line], line
    assert matrix.HOME_GOALS.keys() == matrix.LINKED_GOALS.keys()


def test_women_bring_equality_forward_and_an_older_entry_the_goals_that_took_up_its_own() -> None:
    assert [each.goal for each in matrix.ranked(("C7-ehea",), None, women=True)][:2] == [3, 5]
    after = [each.goal for each in matrix.ranked(("C7-elea",), None, matrix.goals_of_mdgs([7]))]
    assert after[:3] == [4, 6, 7]
