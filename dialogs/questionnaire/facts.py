"""What the answers of a draft mean together: the values conditions ask about, and what follows from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from dialogs.domain.conversation import Answer, AnswerStatus, Draft
from dialogs.domain.question_roles import QuestionRole
from dialogs.domain.questionnaire import Condition
from dialogs.knowledge import action_lines, countries, matrix
from dialogs.text.language_detection import language_of

__all__ = ["OFFICIAL", "Facts", "effective"]

MATURE = ("phase_done", "completed")
"""The statuses that the rules of the Prizes take: completed, or at the end of a major phase."""

EVIDENCE = frozenset({"compared", "independent", "statistics"})
"""Ways to know of an effect that leave a report or data behind."""

OFFICIAL = ("ar", "en", "es", "fr", "ru", "zh")
"""The languages of the United Nations."""


def effective(answer: Answer | None, before: Any) -> Any:
    """What counts of an answer, and of an entry's old one where there is none: None when it was skipped, or is a text
    still being sent. Ticks count at once, though their question stays open until Done.
    """
    if answer is None:
        return before
    ticked = answer.given is AnswerStatus.COLLECTING and isinstance(answer.value, list)
    return answer.value if answer.given is AnswerStatus.ANSWERED or ticked else None


@dataclass(frozen=True)
class Facts:
    """The effective answers of a draft: those given in it, else those of the entry it revises.

    `prize_open`: whether nominations for the Prizes are taken now. `languages`: those an entry can be written in.
    `ids`: the questions that play a role in the draft's edition.
    """

    draft: Draft
    prize_open: bool = True
    languages: tuple[str, ...] = OFFICIAL
    ids: Mapping[QuestionRole, str] = field(default_factory=dict)

    def value(self, key: str) -> Any:
        """The effective value under a question key, or None: see `effective`."""
        draft = self.draft
        value = effective(draft.answers.get(key), draft.previous.get(key))
        return draft.context.get(key) if value is None and key not in draft.answers else value

    def played(self, role: QuestionRole) -> Any:
        """The effective value of the question that plays a role; None where the edition has none."""
        return self.value(self.ids[role]) if role in self.ids else None

    @cached_property
    def chosen_lines(self) -> tuple[str, ...]:
        """The chosen action lines that can stand alone: C7 is replaced by its chosen sub-lines, in order."""
        chosen = set(self.value("lines") or ())
        if "C7" in chosen:
            chosen = (chosen - {"C7"}) | set(self.value("sublines") or ())
        return tuple(code for code in action_lines.SELECTABLE if code in chosen)

    @cached_property
    def suggestions(self) -> tuple[matrix.Suggestion, ...]:
        """The goals that the matrix links to the chosen lines, best first; older entries' MDGs add theirs."""
        hints = matrix.goals_of_mdgs(self.value("mdgs") or ())
        return matrix.suggest(self.chosen_lines, self.value("main_line"), hints)

    @cached_property
    def ranked_goals(self) -> tuple[matrix.Suggestion, ...]:
        """All 17 goals, those that fit best first: see `matrix.ranked`."""
        hints = matrix.goals_of_mdgs(self.value("mdgs") or ())
        women = "women" in (self.played(QuestionRole.BENEFICIARIES) or ())
        return matrix.ranked(self.chosen_lines, self.value("main_line"), hints, women=women)

    @cached_property
    def accepted_goals(self) -> tuple[str, ...]:
        """The suggested goals that were taken, as `"4"`, in the goals' order."""
        return _in_order(self.value("goals_suggested") or ())

    @cached_property
    def chosen_goals(self) -> tuple[str, ...]:
        """All goals of the draft, as `"4"`, in the goals' order."""
        return _in_order([*self.accepted_goals, *(self.value("goals") or ())])

    @cached_property
    def main_goal(self) -> str | None:
        """The goal that matters most: the only one, or the one said to."""
        if len(self.chosen_goals) == 1:
            return self.chosen_goals[0]
        said = self.value("main_goal")
        return said if said in self.chosen_goals else None

    @cached_property
    def old_goals(self) -> tuple[str, ...]:
        """The goals of the entry that is updated."""
        before = self.draft.previous
        return _in_order([*(before.get("goals_suggested") or ()), *(before.get("goals") or ())])

    @cached_property
    def goals_stand(self) -> bool:
        """Whether the goals of last time were confirmed."""
        return bool(self.old_goals) and self.played(QuestionRole.GOALS_CONFIRMED) is True

    @cached_property
    def nominated(self) -> bool:
        """Whether the entry goes to the Prizes: wanted, not won before, and completed or with a phase finished."""
        wanted = self.prize_open and self.played(QuestionRole.NOMINATION) is True
        mature = self.played(QuestionRole.STATUS) in MATURE
        return wanted and mature and self.played(QuestionRole.WON_BEFORE) is not True

    @cached_property
    def one_country(self) -> bool:
        """Whether it is at work in a single country, no region of several."""
        places = list(self.played(QuestionRole.COUNTRIES) or ())
        return len(places) == 1 and countries.region_of(str(places[0])) is not None

    @cached_property
    def has_evidence(self) -> bool:
        """Whether something must be written down somewhere that shows the effect."""
        return bool(EVIDENCE & set(self.value("impact_basis") or ()))

    @cached_property
    def english_title(self) -> bool:
        """Whether the title is English, as far as one can tell; a title that is not there is no foreign one."""
        title = self.played(QuestionRole.TITLE)
        answer = self.draft.answers.get(self.ids.get(QuestionRole.TITLE, ""))
        known = answer.language if answer is not None else None
        return not isinstance(title, str) or (known or language_of(title, self.draft.language)) == "en"

    def fact(self, name: str) -> Any:
        """A derived fact, or the answer to the question of that name."""
        derive = DERIVED.get(name)
        return derive(self) if derive else self.value(name)

    def holds(self, condition: Condition | None) -> bool:
        """Whether every clause of the condition is true; no condition always holds."""
        return condition is None or all(
            TESTS[test](self.fact(name), expected) for name, test, expected in condition.clauses
        )


def _in_order(goals: Any) -> tuple[str, ...]:
    return tuple(sorted({str(goal) for goal in goals}, key=int))


def _size(fact: Any) -> int:
    if fact is None:
        return 0
    return fact if isinstance(fact, int) else len(fact)


DERIVED: Mapping[str, Callable[[Facts], Any]] = {
    "chosen_lines": lambda facts: facts.chosen_lines,
    "chosen_goals": lambda facts: facts.chosen_goals,
    "accepted_goals": lambda facts: facts.accepted_goals,
    "suggested_goals": lambda facts: facts.suggestions,
    "main_goal": lambda facts: facts.main_goal,
    "prize_open": lambda facts: facts.prize_open,
    "old_goals": lambda facts: facts.old_goals,
    "one_country": lambda facts: facts.one_country,
    "nominated": lambda facts: facts.nominated,
    "has_evidence": lambda facts: facts.has_evidence,
    "english_title": lambda facts: facts.english_title,
    "old_mdgs": lambda facts: facts.value("mdgs") or (),
}

TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "is": lambda fact, expected: fact == expected,
    "in": lambda fact, expected: fact in expected,
    "lacks": lambda fact, expected: expected not in (fact or ()),
    "includes": lambda fact, expected: expected in (fact or ()),
    "more_than": lambda fact, expected: _size(fact) > expected,
    "fewer_than": lambda fact, expected: _size(fact) < expected,
    "given": lambda fact, expected: (fact is not None) == expected,
}
