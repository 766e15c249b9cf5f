"""The WSIS Prizes: how far an entry has come in its category, and whether it may take part at all.

    submitted ──nominate──> nominated ──shortlist──> champion ──award──> winner

Each step can be taken back until it was announced. What was not announced is shown to nobody but organizers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from itertools import pairwise
from typing import Any

__all__ = [
    "CRITERIA",
    "HIGHEST",
    "LEAST_WORDS",
    "MOST_WORDS",
    "NEXT",
    "ORDER",
    "Standing",
    "faults",
    "from_step",
    "is_at_least",
]


class Standing(StrEnum):
    SUBMITTED = "submitted"  # its author asked for it; nothing is kept beside the entry
    NOMINATED = "nominated"
    CHAMPION = "champion"
    WINNER = "winner"  # one a category and year


ORDER = tuple(Standing)

NEXT: Mapping[Standing, Standing] = dict(pairwise(ORDER))
"""The step that follows each; no step is left out."""

CRITERIA = ("results", "community", "goals", "replication", "sustainability", "partnerships", "values")
"""What jurors score (criteria of the 2026 edition)."""
HIGHEST = 10
"""The best score; the lowest is 0. An empty cell abstains."""

MATURE = ("phase_done", "completed")
"""Statuses that the rules take. The first edition of the questionnaire asked for this by itself (`prize_maturity`)."""

LEAST_WORDS, MOST_WORDS = 100, 200
"""Words of the text for the Prizes (2015 asked for 100, 2023 for at most 200)."""


def faults(answers: Mapping[str, Any], words: int, *, categories: Collection[int]) -> tuple[str, ...]:
    """Why an entry may not take part, by name; empty when it may. `words`: how many the text for the Prizes has.

    Whether it won before, or its organization has another entry in the category, is asked of the store.
    """
    wrong = {
        "not_asked": answers.get("nominate") is not True,
        "not_mature": answers.get("prize_maturity", answers.get("status") in MATURE) is not True,
        "past_winner": answers.get("prize_past") is not False,
        "no_category": not str(answers.get("prize_category") or "").isdigit()
        or int(answers["prize_category"]) not in categories,
        "text_length": not LEAST_WORDS <= words <= MOST_WORDS,
    }
    return tuple(name for name, is_wrong in wrong.items() if is_wrong)


def from_step(step: Standing) -> tuple[Standing, ...]:
    """A step and those after it: a winner was nominated too."""
    return ORDER[ORDER.index(step) :]


def is_at_least(standing: str | None, step: Standing) -> bool:
    """Whether a standing (None: nothing yet) is that step or a later one."""
    return standing is not None and ORDER.index(Standing(standing)) >= ORDER.index(step)
