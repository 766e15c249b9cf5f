"""Scores: a call may ask its reviewers to score entries by criteria, each with a weight.

A reviewer gives every criterion 1 to 5, or abstains. Their score is the mean of what they gave, by weight; the scores
of several reviewers become one by their median or mean. A criterion of weight 0 stands by itself: it may be left out
and counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from statistics import fmean, median
from typing import Any

__all__ = [
    "HEAVIEST",
    "HIGHEST",
    "KNOWN",
    "LONGEST_CRITERION",
    "LONGEST_REMARK",
    "LOWEST",
    "MOST_CRITERIA",
    "Criterion",
    "Middle",
    "Rubric",
    "Score",
    "Scoring",
    "combined",
    "is_complete",
    "is_rubric",
    "total",
]

KNOWN = (
    *("relevance", "impact", "innovation", "inclusion"),
    *("sustainability", "replicability", "partnership", "clarity"),
)
"""Criteria that have a name in every language; others are called as an organizer wrote them."""
LOWEST, HIGHEST = 1, 5
MOST_CRITERIA = 10
LONGEST_CRITERION = 60
"""Characters of a criterion's name."""
HEAVIEST = 100
LONGEST_REMARK = 1_500
"""Characters of what a reviewer writes beside a score: a few of them are read on one screen."""


class Middle(StrEnum):
    """How the scores of several reviewers become one."""

    MEDIAN = "median"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is scored. `name`: one of `KNOWN`, or as an organizer wrote it."""

    name: str
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Rubric:
    """The criteria of a call, in their order."""

    criteria: tuple[Criterion, ...]
    middle: Middle = Middle.MEDIAN

    def as_json(self) -> dict[str, Any]:
        return {"criteria": [[each.name, each.weight] for each in self.criteria], "middle": self.middle.value}

    @classmethod
    def of(cls, data: Any) -> Rubric | None:
        """As it was kept; None: nothing is scored."""
        if not data:
            return None
        return cls(tuple(Criterion(name, weight) for name, weight in data["criteria"]), Middle(data["middle"]))


@dataclass(frozen=True, slots=True)
class Score:
    """What a reviewer gave, by criterion; None: they abstained. `version`: of the entry, which they had before them.

    `person` None: somebody who asked to be forgotten.
    """

    person: int | None
    name: str
    version: int
    at: datetime
    given: Mapping[str, int] | None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Scoring:
    """The scores of an entry, as one reviewer may know them: before `own` is given, no others' and no total of them."""

    rubric: Rubric
    own: Score | None = None
    others: tuple[Score, ...] = ()
    total: float | None = None


def is_rubric(rubric: Rubric) -> bool:
    """Whether a call can have these criteria: none twice, and something that counts."""
    names = [each.name.casefold() for each in rubric.criteria]
    return (
        0 < len(names) <= MOST_CRITERIA
        and len(set(names)) == len(names)
        and all(0 < len(each.name.strip()) <= LONGEST_CRITERION for each in rubric.criteria)
        and all(0 <= each.weight <= HEAVIEST for each in rubric.criteria)
        and any(each.weight for each in rubric.criteria)
    )


def is_complete(rubric: Rubric, given: Mapping[str, int]) -> bool:
    """Whether this is a score by these criteria: all that count are given, none is unknown, each is in the range."""
    known = {each.name for each in rubric.criteria}
    needed = {each.name for each in rubric.criteria if each.weight}
    return needed <= set(given) <= known and all(LOWEST <= value <= HIGHEST for value in given.values())


def total(rubric: Rubric, given: Mapping[str, int] | None) -> float | None:
    """The score of one reviewer, 1 to 5; None when they abstained, or gave nothing that counts by now."""
    counted = [(given[each.name], each.weight) for each in rubric.criteria if given and each.name in given]
    weight = sum(each for _, each in counted)
    return sum(value * each for value, each in counted) / weight if weight else None


def combined(rubric: Rubric, scores: Iterable[Mapping[str, int] | None]) -> float | None:
    """The score of an entry, 1 to 5; None when nobody has given one."""
    totals = [found for given in scores if (found := total(rubric, given)) is not None]
    if not totals:
        return None
    return median(totals) if rubric.middle is Middle.MEDIAN else fmean(totals)
