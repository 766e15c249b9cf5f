"""The 17 Sustainable Development Goals and their 169 targets."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.knowledge.data_files import facts

__all__ = ["GOALS", "TARGETS", "goal_of", "is_target"]

TARGETS: Mapping[int, tuple[str, ...]] = {number: tuple(codes) for number, codes in facts("goals")["goals"].items()}
"""The codes of each goal's targets, such as `9.c`, in the resolution's order."""

GOALS: tuple[int, ...] = tuple(TARGETS)
"""1 to 17."""

GOAL_OF: Mapping[str, int] = {target: goal for goal, targets in TARGETS.items() for target in targets}


def is_target(text: str) -> bool:
    """Whether `text` is exactly the code of a target."""
    return text in GOAL_OF


def goal_of(target: str) -> int:
    """The goal a target belongs to; KeyError when there is no such target."""
    return GOAL_OF[target]
