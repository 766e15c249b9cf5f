"""Goals suggested from action lines: those of the WSIS-SDG Matrix, the likeliest first, each with its reason."""

from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dialogs.knowledge import action_lines, goals, matrix

VIEWS = yaml.safe_load((Path(__file__).parent / "matrix_views.yaml").read_text())
OTHERS = [line for line in action_lines.SELECTABLE if line != "C3"]

some_lines = st.lists(st.sampled_from(action_lines.SELECTABLE), unique=True, max_size=18)
some_goals = st.lists(st.sampled_from(goals.GOALS), unique=True, max_size=17)


def numbers(lines: list[str], main: str | None = None, hints: tuple[int, ...] = ()) -> list[int]:
    return [found.goal for found in matrix.suggest(tuple(lines), main, hints)]


def test_the_links_are_the_same_seen_from_lines_goals_and_targets() -> None:
    assert {goal: tuple(lines) for goal, lines in VIEWS["by_goal"].items()} == matrix.BY_GOAL
    assert {target: tuple(lines) for target, lines in VIEWS["by_target"].items()} == matrix.BY_TARGET


def test_the_matrix_has_the_published_number_of_links() -> None:
    assert len(matrix.LINKED_GOALS) == 18
    assert sum(map(len, matrix.LINKED_TARGETS.values())) == 163
    assert len(matrix.BY_TARGET) == 80
    assert sum(map(len, matrix.WHOLE_GOALS.values())) == 25


def test_a_line_is_linked_with_exactly_the_goals_it_names_or_whose_targets_it_names() -> None:
    for line, linked in matrix.LINKED_GOALS.items():
        of_targets = {goals.goal_of(target) for target in matrix.LINKED_TARGETS[line]}
        assert of_targets | matrix.WHOLE_GOALS[line] == linked, line


@pytest.mark.feature("N9")
@pytest.mark.parametrize("line", OTHERS)
def test_a_line_alone_suggests_exactly_its_goals_of_the_matrix(line: str) -> None:
    expected = [goal for goal, lines in VIEWS["by_goal"].items() if line in lines]
    suggested = matrix.suggest((line,), line)
    assert [found.goal for found in suggested] == expected
    for found in suggested:
        assert found.because == (line,)
        named = {target for target, lines in VIEWS["by_target"].items() if line in lines}
        assert set(found.targets) == named & set(goals.TARGETS[found.goal])


@pytest.mark.feature("N9")
def test_a_line_linked_with_every_goal_suggests_none() -> None:
    assert matrix.suggest(("C3",), "C3") == ()
    assert matrix.why(4, ["C3"]) == ("C3",), "asked for, the link is there"


def test_it_adds_nothing_to_the_suggestions_of_others() -> None:
    assert matrix.suggest(("C3", "C11"), "C3") == matrix.suggest(("C11",), "C11")


def test_the_goal_that_most_lines_link_to_comes_first() -> None:
    first = matrix.suggest(("C7-ehea", "C1", "C10"), "C10")[0]
    assert len(first.because) == 3
    assert first.goal in (1, 3, 5, 17)


def test_on_a_tie_the_main_lines_goals_come_first() -> None:
    assert numbers(["C7-elea", "C11"], "C11") == [17, 4]
    assert numbers(["C7-elea", "C11"], "C7-elea") == [4, 17]


def test_older_entries_development_goals_come_after_the_linked_ones_and_break_ties() -> None:
    hints = matrix.goals_of_mdgs(["2", 3])
    assert hints == (4, 5)
    assert numbers(["C11"], "C11", hints) == [17, 4, 5]
    assert matrix.suggest((), None, hints)[0].because == ()
    assert numbers(["C7-egov"], None, (17,)) == [17, 9, 16]


def test_unknown_development_goals_hint_at_nothing() -> None:
    assert matrix.goals_of_mdgs(["9", "", "x", 0]) == ()


def test_targets_that_the_lines_name_come_first_then_all_others() -> None:
    assert matrix.targets_for(9, ["C7-egov"])[:2] == ("9.c", "9.1")
    assert matrix.targets_for(4, []) == goals.TARGETS[4]


@given(some_lines, some_goals)
def test_suggestions_are_the_linked_goals_in_order_of_their_lines(lines: list[str], hints: list[int]) -> None:
    suggested = matrix.suggest(tuple(lines), lines[0] if lines else None, tuple(hints))
    telling = [line for line in lines if line != "C3"]
    linked = {goal for goal, by in VIEWS["by_goal"].items() if set(by) & set(telling)}
    assert {found.goal for found in suggested} == linked | set(hints)
    assert all(len(one.because) >= len(next_.because) for one, next_ in pairwise(suggested))
    assert all(set(found.because) == set(telling) & set(VIEWS["by_goal"][found.goal]) for found in suggested)


@given(some_lines, st.sampled_from(goals.GOALS))
def test_no_target_of_a_goal_is_lost_or_doubled(lines: list[str], goal: int) -> None:
    assert sorted(matrix.targets_for(goal, lines)) == sorted(goals.TARGETS[goal])
