"""A score is the mean by weight of what a reviewer gave; several become one by median or mean, without who abstains."""

from __future__ import annotations

import pytest

from dialogs.domain.scores import Criterion, Middle, Rubric, combined, is_complete, is_rubric, total
from dialogs.organizers.criteria_input import read_criteria
from tests.driver import MACHINE

RUBRIC = Rubric((Criterion("relevance", 3), Criterion("impact", 1), Criterion("Language", 0)))


@pytest.mark.feature("V13")
def test_weights_count_and_a_criterion_of_weight_nothing_does_not() -> None:
    assert total(RUBRIC, {"relevance": 5, "impact": 1, "Language": 1}) == 4
    assert total(RUBRIC, None) is None and total(RUBRIC, {"Language": 5}) is None
    assert is_complete(RUBRIC, {"relevance": 5, "impact": 1})
    for wrong in ({"relevance": 5}, {"relevance": 5, "impact": 6}, {"relevance": 0, "impact": 1}, {"beauty": 3}):
        assert not is_complete(RUBRIC, wrong)


@pytest.mark.feature("V13")
def test_several_scores_become_one_by_median_or_mean_without_those_who_abstained() -> None:
    given = [{"relevance": 5, "impact": 5}, {"relevance": 4, "impact": 4}, {"relevance": 1, "impact": 1}, None]
    assert combined(RUBRIC, given) == 4
    assert combined(Rubric(RUBRIC.criteria, Middle.MEAN), given) == pytest.approx(10 / 3)
    assert combined(RUBRIC, [None]) is None


@pytest.mark.feature("V13")
@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Relevance 3\nImpact: 2\nLocal words", [("relevance", 3), ("impact", 2), ("Local words", 1)]),
        ("Pertinence ×3 ; Актуальность к селу=2", [("relevance", 3), ("Актуальность к селу", 2)]),
        ("相关性 ３，可持续性 ２", [("relevance", 3), ("sustainability", 2)]),
        ("الملاءمة ٣؛ الأثر ١", [("relevance", 3), ("impact", 1)]),
        ("C7 2, Beauty 0", [("C7", 2), ("Beauty", 0)]),
    ],
)
def test_criteria_are_read_as_people_write_them(text: str, read: list[tuple[str, int]]) -> None:
    assert read_criteria(text, MACHINE.world.vocabulary) == tuple(Criterion(*each) for each in read)


@pytest.mark.feature("V13")
@pytest.mark.parametrize(
    "text", ["", "Beauty 0", "Impact 2, impact 3", "Impact 101", "x" * 61, "; ".join("abcdefghijk"), "3", "a\n" * 999]
)
def test_what_is_no_list_of_criteria_is_refused(text: str) -> None:
    assert not isinstance(read_criteria(text, MACHINE.world.vocabulary), tuple)
    assert not is_rubric(Rubric(()))
