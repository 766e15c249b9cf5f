"""The 18 categories of the WSIS Prizes, one for each action line that stands alone."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.knowledge.data_files import facts

__all__ = ["BOXES", "CATEGORIES", "IN_ENGLISH", "category_of"]

CATEGORIES: Mapping[str, int] = facts("prizes")["categories"]
"""The number of each line's category."""


BOXES: Mapping[str, tuple[str, ...]] = {box: tuple(ids) for box, ids in facts("prizes")["boxes"].items()}
"""The questions that fill each box of the rules' form."""


IN_ENGLISH = frozenset(facts("prizes")["in_english"])
"""The questions whose answers the rules want in English, and that are long enough to tell."""


def category_of(line: str) -> int:
    """The number of the line's category, 1 to 18; KeyError for what isn't one of the 18 lines (C7 itself)."""
    return CATEGORIES[line]
