"""What a condition may ask about, and how: which tests suit which fact, and what its values can be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dialogs.domain.questionnaire import Question, QuestionKind
from dialogs.knowledge import action_lines, goals
from dialogs.questionnaire.options import DERIVED, every_option

__all__ = ["DERIVED_LISTS", "FACTS", "REPEATS", "Fact", "codes_of", "tests_of"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A derived fact of `facts.py`. `needs`: the questions it comes from, one of which must be asked before.
    `codes()`: every value it can hold, or its members can; `()` for a truth; None where any value can be.
    """

    needs: tuple[str, ...]
    tests: frozenset[str]
    codes: Callable[[], tuple[str, ...] | None] = lambda: None


COUNTED = frozenset({"more_than", "fewer_than"})
CHOSEN = COUNTED | {"includes", "lacks"}
SINGLE = frozenset({"is", "in", "given"})


def _goals() -> tuple[str, ...]:
    return tuple(map(str, goals.GOALS))


FACTS: Mapping[str, Fact] = {
    "chosen_lines": Fact(("lines", "sublines"), CHOSEN, lambda: action_lines.SELECTABLE),
    "suggested_goals": Fact(("lines", "sublines"), COUNTED),
    "accepted_goals": Fact(("goals_suggested",), CHOSEN, _goals),
    "chosen_goals": Fact(("goals_suggested", "goals"), CHOSEN, _goals),
    "main_goal": Fact(("goals_suggested", "goals"), SINGLE, _goals),
    "prize_open": Fact((), frozenset({"is"}), lambda: ()),
    "old_goals": Fact((), CHOSEN, _goals),
    "old_mdgs": Fact((), COUNTED),
    "one_country": Fact(("countries",), frozenset({"is"}), lambda: ()),
    "nominated": Fact(("nominate",), frozenset({"is"}), lambda: ()),
    "has_evidence": Fact(("impact_basis",), frozenset({"is"}), lambda: ()),
    "english_title": Fact(("title",), frozenset({"is"}), lambda: ()),
}

REPEATS = ("accepted_goals", "chosen_goals")
"""The facts whose every member can be asked about: `goal` stands for it in the question's text."""

DERIVED_LISTS = frozenset(DERIVED.keys())
"""The names of the option lists that follow from answers or from what is known; others are an edition's own."""

TESTS_OF_KIND: Mapping[QuestionKind, frozenset[str]] = {
    QuestionKind.ONE: SINGLE,
    QuestionKind.COUNTRY: SINGLE,
    QuestionKind.YES_NO: frozenset({"is", "given"}),
    QuestionKind.SEVERAL: CHOSEN | {"given"},
    QuestionKind.COUNTRIES: CHOSEN | {"given"},
    QuestionKind.FILE: COUNTED | {"given"},
    QuestionKind.ITEMS: COUNTED | {"given"},
    QuestionKind.NUMBER: COUNTED | {"given"},
}


def tests_of(question: Question) -> frozenset[str]:
    """The tests that suit an answer of this kind; of what people write, only whether it is given."""
    return TESTS_OF_KIND.get(question.kind, frozenset({"given"}))


def codes_of(question: Question) -> tuple[str, ...] | None:
    """Every code that the question's answer can hold; `()` for yes or no, None where any value can be."""
    if question.kind is QuestionKind.YES_NO:
        return ()
    if not question.codes and question.options not in DERIVED_LISTS:
        return None
    return tuple(option.code for option in every_option(question))
