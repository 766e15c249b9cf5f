"""The WSIS-SDG Matrix: which goals and targets the chosen action lines are usually linked with, and why.

Links serve to suggest. Anyone may choose any goal, and any target of a chosen goal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dialogs.knowledge.data_files import facts
from dialogs.knowledge.goals import GOALS, TARGETS

__all__ = [
    "BY_GOAL",
    "BY_TARGET",
    "HOME_GOALS",
    "LINKED_GOALS",
    "Suggestion",
    "goals_of_mdgs",
    "ranked",
    "suggest",
    "targets_for",
    "why",
]

LINKED_GOALS: Mapping[str, frozenset[int]] = {
    line: frozenset(links["goals"]) for line, links in facts("matrix")["lines"].items()
}
"""The goals that each of the 18 lines is linked with."""

LINKED_TARGETS: Mapping[str, frozenset[str]] = {
    line: frozenset(links.get("targets", ())) for line, links in facts("matrix")["lines"].items()
}

WHOLE_GOALS: Mapping[str, frozenset[int]] = {
    line: frozenset(links.get("whole_goals", ())) for line, links in facts("matrix")["lines"].items()
}
"""The goals that a line is linked with as a whole, no target of theirs being named."""

BY_GOAL: Mapping[int, tuple[str, ...]] = {
    goal: tuple(line for line, goals in LINKED_GOALS.items() if goal in goals) for goal in GOALS
}
"""The same links seen from the goals; lines in the Plan of Action's order."""

BY_TARGET: Mapping[str, tuple[str, ...]] = {
    target: lines
    for targets in TARGETS.values()
    for target in targets
    if (lines := tuple(line for line, linked in LINKED_TARGETS.items() if target in linked))
}
"""The same links seen from the 80 targets that any line names."""

EVERY_GOAL: frozenset[str] = frozenset(facts("matrix")["every_goal"])
"""Lines linked with all 17 goals as wholes: they cannot tell one goal from another."""

HOME_GOALS: Mapping[str, tuple[int, ...]] = {
    line: tuple(goals) for line, goals in facts("matrix")["home_goals"].items()
}
"""The goals that work on a line is usually about, first things first. Ours: it orders what the matrix links."""

MDGS: Mapping[int, tuple[int, ...]] = {number: tuple(goals) for number, goals in facts("matrix")["mdgs"].items()}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A goal that may fit. `because`: the chosen lines linked with it; empty when an older entry's Millennium
    Development Goals alone hint at it. `targets`: those of the goal that these lines name, in order.
    """

    goal: int
    because: tuple[str, ...]
    targets: tuple[str, ...]


@lru_cache(maxsize=1_000)
def suggest(lines: tuple[str, ...], main: str | None, hints: tuple[int, ...] = ()) -> tuple[Suggestion, ...]:
    """The goals linked with `lines`, first those that most of them link to.

    On a tie the `main` line's goals come first, then those in `hints`, then the lower number. Goals that only
    `hints` name come last. C3, linked with all goals alike, suggests none.
    """
    found = (Suggestion(goal, telling(goal, lines), linked_targets(goal, lines)) for goal in GOALS)
    fitting = (suggestion for suggestion in found if suggestion.because or suggestion.goal in hints)
    return tuple(sorted(fitting, key=lambda each: _rank(each, main, hints)))


def _rank(found: Suggestion, main: str | None, hints: Sequence[int]) -> tuple[int, bool, bool, int]:
    return (-len(found.because), main not in found.because, found.goal not in hints, found.goal)


WOMEN = 5
"""The goal of gender equality."""


@lru_cache(maxsize=1_000)
def ranked(
    lines: tuple[str, ...], main: str | None, hints: tuple[int, ...] = (), *, women: bool = False
) -> tuple[Suggestion, ...]:
    """All 17 goals, those that fit best first.

    First the home goals of the `main` line and those of the other lines; then the goals in `hints`, which an older
    entry names; then those that most lines are linked with; then the others by number. `women`: they are whom the
    work is for, and so goal 5 is among the first two.
    """
    main = main if main in lines else next(iter(lines), None)
    homes = list(dict.fromkeys(goal for line in (main, *lines) if line for goal in HOME_GOALS.get(line, ())))
    linked = [each.goal for each in suggest(lines, main, hints)]
    order = list(dict.fromkeys([*homes[:1], *([WOMEN] if women else ()), *homes, *hints, *linked, *GOALS]))
    return tuple(Suggestion(goal, telling(goal, lines), linked_targets(goal, lines)) for goal in order)


def why(goal: int, lines: Iterable[str]) -> tuple[str, ...]:
    """Those of `lines` that the matrix links with the goal, C3 included, in the order given."""
    return tuple(line for line in lines if goal in LINKED_GOALS.get(line, ()))


def telling(goal: int, lines: Iterable[str]) -> tuple[str, ...]:
    """As `why`, without the lines linked with every goal."""
    return tuple(line for line in why(goal, lines) if line not in EVERY_GOAL)


def linked_targets(goal: int, lines: Iterable[str]) -> tuple[str, ...]:
    """The targets of the goal that any of `lines` names, in the resolution's order."""
    named = frozenset().union(*(LINKED_TARGETS.get(line, frozenset()) for line in lines))
    return tuple(target for target in TARGETS[goal] if target in named)


def targets_for(goal: int, lines: Iterable[str]) -> tuple[str, ...]:
    """All targets of the goal: those that `lines` name first, then the others; KeyError when there is no such goal."""
    first = linked_targets(goal, lines)
    return (*first, *(target for target in TARGETS[goal] if target not in first))


def goals_of_mdgs(mdgs: Iterable[int | str]) -> tuple[int, ...]:
    """The goals that took up these Millennium Development Goals (1 to 8), without repeats; others are ignored."""
    numbers = [int(mdg) for mdg in mdgs if str(mdg).isdecimal()]
    return tuple(dict.fromkeys(goal for number in numbers for goal in MDGS.get(number, ())))
