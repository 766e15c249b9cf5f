"""Which questions no answers lead to, because the conditions on the way contradict one another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dialogs.domain.questionnaire import Condition, Question, QuestionKind, Questionnaire
from dialogs.questionnaire.conditions import FACTS, codes_of

__all__ = ["unreachable"]

Clause = tuple[str, str, Any]


def unreachable(questionnaire: Questionnaire) -> Iterator[tuple[Question, str]]:
    """Each question that can never be asked, with the contradiction in words."""
    for section in questionnaire.sections:
        for question in section.questions:
            reason = _contradiction(_way_to(question, section.ask_if, questionnaire), questionnaire)
            if reason is not None:
                yield question, reason


def _way_to(question: Question, section: Condition | None, questionnaire: Questionnaire) -> set[Clause]:
    """Every clause that must hold for the question to be asked: its own, its section's, and those of the
    questions whose answers they look at.
    """
    found: list[Clause] = []
    waiting = [*_clauses(section), *_clauses(question.ask_if)]
    while waiting:
        clause = waiting.pop()
        if clause in found:
            continue
        found.append(clause)
        named = questionnaire.by_id.get(clause[0])
        if named is not None and clause[0] not in FACTS and _needs_answer(clause):
            waiting += _clauses(named.ask_if)
            waiting += _clauses(_section_condition(named, questionnaire))
    return {(fact, test, _frozen(value)) for fact, test, value in found}


def _section_condition(question: Question, questionnaire: Questionnaire) -> Condition | None:
    name = questionnaire.section_of[question.id]
    return next(section.ask_if for section in questionnaire.sections if section.id == name)


def _clauses(condition: Condition | None) -> tuple[Clause, ...]:
    return condition.clauses if condition else ()


def _needs_answer(clause: Clause) -> bool:
    """Whether the clause can only hold once its question has been answered."""
    _, test, value = clause
    return not (test in ("fewer_than", "lacks") or (test == "given" and value is False))


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _contradiction(clauses: set[Clause], questionnaire: Questionnaire) -> str | None:
    for fact in sorted({clause[0] for clause in clauses}):
        about = sorted((test, value) for name, test, value in clauses if name == fact)
        if not _possible(fact, about, questionnaire):
            return " and ".join(f"{fact} {test} {_said(value)}" for test, value in about) + " can never hold"
    return None


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"[{', '.join(map(str, value))}]" if isinstance(value, tuple) else str(value)


def _possible(fact: str, about: list[tuple[str, Any]], questionnaire: Questionnaire) -> bool:
    return _size_fits(fact, about, questionnaire) and _value_fits(about)


def _value_fits(about: list[tuple[str, Any]]) -> bool:
    """Whether one value satisfies every `is` and `in`, and is given when it must be."""
    allowed = [{value} if test == "is" else set(value) for test, value in about if test in ("is", "in")]
    absent = ("given", False) in about
    present = ("given", True) in about or any(test == "includes" for test, _ in about)
    if allowed and (absent or not set.intersection(*allowed)):
        return False
    return not (absent and present)


def _size_fits(fact: str, about: list[tuple[str, Any]], questionnaire: Questionnaire) -> bool:
    """Whether a size lies between what `more_than`, `includes` and `fewer_than` want and the list allows."""
    least = max([value + 1 for test, value in about if test == "more_than"], default=0)
    least = max(least, len({value for test, value in about if test == "includes"}))
    most = min([value - 1 for test, value in about if test == "fewer_than"], default=None)
    largest = _largest(fact, questionnaire)
    tops = [top for top in (most, largest) if top is not None]
    return all(least <= top for top in tops)


def _largest(fact: str, questionnaire: Questionnaire) -> int | None:
    """How many members the fact can have, or how large the number can be; None: no bound."""
    if fact in FACTS:
        codes = FACTS[fact].codes()
        return len(codes) if codes else None
    question = questionnaire.by_id[fact]
    if question.kind in (QuestionKind.SEVERAL, QuestionKind.COUNTRIES):
        codes = codes_of(question)
        sizes = [size for size in (len(codes) if codes else None, question.limits.max) if size is not None]
        return min(sizes) if sizes else None
    return question.limits.max_files if question.kind is QuestionKind.FILE else question.limits.max
