"""Whether the parts of a questionnaire fit together: everything that reading one field alone cannot show.

Facts come from answers, and answers come in the order of the questions. So a condition may only name what is
asked before it; one that looks ahead would never hold when its moment comes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from dialogs.domain.messages import Month
from dialogs.domain.question_roles import QuestionRole
from dialogs.domain.questionnaire import Condition, Limits, Question, QuestionKind
from dialogs.questionnaire import options
from dialogs.questionnaire.conditions import DERIVED_LISTS, FACTS, REPEATS, codes_of, tests_of
from dialogs.questionnaire.source.parser import Read, ReadQuestion, ReadQuestionnaire

__all__ = ["judge"]

Codes = Sequence[str] | None

LISTS_OF_KIND: Mapping[QuestionKind, frozenset[str]] = {
    QuestionKind.ONE: frozenset(DERIVED_LISTS - {"targets", *options.COUNTRY_LISTS}),
    QuestionKind.SEVERAL: frozenset(DERIVED_LISTS - {*options.COUNTRY_LISTS}),
    QuestionKind.COUNTRY: frozenset(options.COUNTRY_LISTS),
    QuestionKind.COUNTRIES: frozenset({"countries", "places"}),
}
"""The derived lists that a kind of question can offer; kinds that aren't here have no options."""

OWN_LISTS = frozenset({QuestionKind.ONE, QuestionKind.SEVERAL})
"""The kinds that can offer a list of the edition's own."""

WORDS = frozenset({"max_chars", "min_words", "max_words", "min_digits"})
COUNTS = frozenset({"min", "max"})

LIMITS_OF_KIND: Mapping[QuestionKind, frozenset[str]] = {
    QuestionKind.TEXT: WORDS,
    QuestionKind.LONG_TEXT: WORDS,
    QuestionKind.EMAIL: frozenset({"max_chars"}),
    QuestionKind.URL: frozenset({"max_chars"}),
    QuestionKind.NUMBER: COUNTS,
    QuestionKind.SEVERAL: COUNTS,
    QuestionKind.COUNTRIES: COUNTS,
    QuestionKind.MONTH: frozenset({"not_before"}),
    QuestionKind.DATE: frozenset({"not_before"}),
    QuestionKind.FILE: frozenset({"max_files", "max_mb_each"}),
    QuestionKind.ITEMS: COUNTS | {"max_chars"},
    QuestionKind.PLACE: frozenset({"max_chars"}),
}
"""The limits that an answer of a kind can have; kinds that aren't here have none."""

ORDERED = (("min", "max"), ("min_words", "max_words"))
AT_LEAST_ONE = ("max_chars", "max_words", "max", "max_files", "max_mb_each")


@dataclass(frozen=True, slots=True)
class Known:
    """What is asked in the whole file, and what has been asked before the part that is being judged. None stands
    for a question whose kind could not be read: it is there, and its mistake is told already.
    """

    every: Mapping[str, Question | None]
    before: Mapping[str, Question | None]
    lists: Collection[str] = ()


def judge(edition: ReadQuestionnaire) -> None:
    """Note every mistake between the parts, each where it stands."""
    every = {read.question.id: _if_sound(read) for section in edition.sections for read in section.questions}
    before: dict[str, Question | None] = {}
    seen: dict[str, object] = {}
    known = Known(every, before, edition.lists)
    for section in edition.sections:
        _once(section, section.id, seen, "section")
        _condition(section, "ask_if", section.ask_if, known)
        for read in section.questions:
            _once(read, read.question.id, before, "question")
            _judge_question(read, known)
            before.setdefault(read.question.id, _if_sound(read))
        seen.setdefault(section.id, section)
    _roles(edition)
    _lists(edition)
    _scopes(edition)
    _moves(edition)


def _roles(edition: ReadQuestionnaire) -> None:
    played: dict[str, str] = {}
    for section in edition.sections:
        for read in section.questions:
            role = read.question.role
            if role is not None and role in played:
                read.wrong("role", f"{played[role]} plays the role {role.value} already: each role once")
            elif role is not None:
                played[role] = read.question.id


def _lists(edition: ReadQuestionnaire) -> None:
    for name, codes in edition.lists.items():
        at = f"lists.{name}"
        if name in DERIVED_LISTS:
            edition.wrong(at, f"{name} follows from answers or from what is known: give this list another name")
        elif not codes:
            edition.wrong(at, f"{name} is empty: write its codes, such as [a, b]")


def _scopes(edition: ReadQuestionnaire) -> None:
    """Each answer to "What changed?" opens sections that there are."""
    sections = [section.id for section in edition.sections]
    asked = (read.question for section in edition.sections for read in section.questions)
    scope = next((question for question in asked if question.role is QuestionRole.UPDATE_SCOPE), None)
    codes = scope.codes if scope is not None else ()
    questions = {read.question.id for section in edition.sections for read in section.questions}
    for name, opened in edition.scopes.items():
        if name not in codes:
            edition.wrong(f"scopes.{name}", f"{name!r} is no answer to the question of what changed")
        for each in opened:
            if each not in sections and each not in questions:
                expected = f"expected a question's id or one of {', '.join(sections)}"
                edition.wrong(f"scopes.{name}", f"there is no section {each!r}: {expected}")


def _moves(edition: ReadQuestionnaire) -> None:
    """What becomes of older answers: where they go is asked here, and codes only become what can be answered."""
    asked = {read.question.id: read.question for section in edition.sections for read in section.questions}
    for move in edition.moves:
        if move.to not in asked:
            edition.wrong("moves", f"{move.source} goes to {move.to}, and there is no such question")
        elif bool(move.codes) is not (move.how == "recode"):
            edition.wrong("moves", f"{move.source}: codes belong to `how: recode`, and only there")


def _if_sound(read: ReadQuestion) -> Question | None:
    return read.question if read.sound else None


def _judge_question(read: ReadQuestion, known: Known) -> None:
    for rule in RULES if read.sound else ():
        rule(read, known)


def _once(read: Read, name: str, seen: Mapping[str, object], what: str) -> None:
    if name in seen:
        read.wrong("id", f"another {what} is called {name} already: ids must differ")


def _options(read: ReadQuestion, known: Known) -> None:
    question = read.question
    lists = LISTS_OF_KIND.get(question.kind)
    if lists is None and question.options is not None:
        read.wrong("options", f"a question of kind {question.kind.value} has no options: take this out")
    elif lists is not None and question.options is None:
        read.wrong("", f"options is missing: a question of kind {question.kind.value} offers a list")
    elif lists is not None and question.options is not None:
        own = known.lists if question.kind in OWN_LISTS else ()
        known_lists = [*own, *sorted(lists)]
        read.places["options"].check_known(question.options, known_lists, f"option list for kind {question.kind.value}")
    if question.options == "targets" and question.repeat_for is None:
        read.wrong("options", "targets are those of one goal: add `repeat_for: chosen_goals`")
    for code in question.alone:
        if code not in question.codes:
            read.wrong("alone", f"{code!r} is no option of this question: expected {', '.join(question.codes)}")
    _fed(read, "options", LIST_NEEDS.get(question.options or "", ()), known)


LIST_NEEDS: Mapping[str, tuple[str, ...]] = {
    "chosen_lines": FACTS["chosen_lines"].needs,
    "prize_categories": FACTS["chosen_lines"].needs,
    "suggested_goals": FACTS["suggested_goals"].needs,
    "chosen_goals": FACTS["chosen_goals"].needs,
}
"""The questions that fill a derived list; at least one of them must come before it is offered."""


def _fed(read: Read, way: str, needs: Sequence[str], known: Known) -> None:
    """Something derived from answers: one of the questions it needs must be asked before."""
    if needs and not any(need in known.before for need in needs):
        later = [need for need in needs if need in known.every]
        what = f"it comes from {' and '.join(needs)}"
        remedy = f"move this behind {later[0]}" if later else f"add a question {needs[0]} before this"
        read.wrong(way, f"nothing is known yet here, {what}: {remedy}")


def _limits(read: ReadQuestion, known: Known) -> None:
    question = read.question
    allowed = LIMITS_OF_KIND.get(question.kind, frozenset())
    given = {each.name: getattr(question.limits, each.name) for each in fields(Limits)}
    for name, value in given.items():
        if value is not None and name not in allowed:
            expected = f"expected {', '.join(sorted(allowed))}" if allowed else "take it out"
            read.wrong(f"limits.{name}", f"an answer of kind {question.kind.value} has no limit {name}: {expected}")
        if value == 0 and name in AT_LEAST_ONE:
            read.wrong(f"limits.{name}", f"{name} is 0, so nothing could be answered: write 1 or more")
    for low, high in ORDERED:
        if given[low] is not None and given[high] is not None and given[low] > given[high]:
            read.wrong(f"limits.{low}", f"{low} {given[low]} is more than {high} {given[high]}: exchange them")
    _enough_options(read)
    _not_before(read, known)


def _enough_options(read: ReadQuestion) -> None:
    question, wanted = read.question, read.question.limits.min
    codes = codes_of(question) if question.kind is QuestionKind.SEVERAL else None
    if codes and wanted is not None and wanted > len(codes):
        read.wrong("limits.min", f"{wanted} of {len(codes)} options cannot be chosen: write {len(codes)} or less")


def _not_before(read: ReadQuestion, known: Known) -> None:
    named = read.question.limits.not_before
    if named is None or isinstance(named, Month):
        return
    bound = known.before.get(named)
    if named not in known.every:
        read.places["limits.not_before"].check_known(named, known.before, "question")
    elif named not in known.before:
        read.wrong("limits.not_before", f"{named} is not answered yet here: name a question asked before")
    elif bound is not None and bound.kind not in (QuestionKind.MONTH, QuestionKind.DATE):
        read.wrong("limits.not_before", f"{named} is no month: name a question of kind month or date, or a month")


def _conditions(read: ReadQuestion, known: Known) -> None:
    _condition(read, "ask_if", read.question.ask_if, known)
    _condition(read, "required_if", read.question.required_if, known)
    for wording in read.question.wordings:
        _condition(read, "wordings", wording.when, known)


def _condition(read: Read, way: str, condition: Condition | None, known: Known) -> None:
    for fact, test, value in condition.clauses if condition else ():
        at = f"{way}.{fact}"
        if fact in FACTS:
            _fed(read, at, FACTS[fact].needs, known)
            _suits(read, at, test, value, FACTS[fact].tests, FACTS[fact].codes())
        elif fact not in known.every:
            read.at(at).check_known(fact, [*known.before, *FACTS], "question or fact")
        elif fact not in known.before:
            read.wrong(at, f"{fact} is asked later, so this never holds in time: name a question asked before")
        elif (asked := known.before[fact]) is not None:
            _on_answer(read, at, test, value, asked)


def _on_answer(read: Read, at: str, test: str, value: Any, asked: Question) -> None:
    if asked.repeat_for is not None:
        read.wrong(at, f"{asked.id} is asked once per goal, so it has no single answer: name another question")
    else:
        _suits(read, at, test, value, tests_of(asked), codes_of(asked))


def _suits(read: Read, at: str, test: str, value: Any, tests: Collection[str], codes: Codes) -> None:
    """Whether the test is one of those that suit the fact, and its value suits the test."""
    fact = at.rpartition(".")[2]
    if test not in tests:
        read.wrong(at, f"{fact} cannot be tested with {test}: expected {', '.join(sorted(tests))}")
        return
    for mistake in _unsuited(fact, test, value, codes):
        read.wrong(at, mistake)


def _unsuited(fact: str, test: str, value: Any, codes: Codes) -> Iterator[str]:
    if test in ("more_than", "fewer_than"):
        if isinstance(value, bool) or not isinstance(value, int):
            yield f"{test} needs a whole number, found {value!r}"
    elif test == "given" or codes == ():
        if not isinstance(value, bool):
            yield f"{test} needs true or false here, found {value!r}"
    elif test == "in" and (not isinstance(value, list) or not value):
        yield f"in needs a list of what {fact} may be, such as [a, b]; found {value!r}"
    elif codes is not None:
        yield from _strangers(fact, value if test == "in" else [value], codes)


def _strangers(fact: str, values: Sequence[Any], codes: Sequence[str]) -> Iterator[str]:
    for value in values:
        if value not in codes:
            shown = ", ".join(codes[:20]) + (", ..." if len(codes) > 20 else "")
            quoting = f' (write "{value}" in quotation marks)' if str(value) in codes else ""
            yield f"{value!r} is never an answer to {fact}{quoting}: expected {shown}"


def _repeats(read: ReadQuestion, known: Known) -> None:
    question = read.question
    if question.repeat_for is not None:
        place = read.places["repeat_for"]
        if place.check_known(question.repeat_for, REPEATS, "fact to repeat for"):
            _fed(read, "repeat_for", FACTS[question.repeat_for].needs, known)
    for field in ("required_for", "asked_for"):
        if (narrowed := getattr(question, field)) is not None:
            read.places[field].check_known(narrowed, ["main_goal"], "fact")
            if question.repeat_for is None:
                read.wrong(field, "this narrows a repeated question: add `repeat_for: chosen_goals`, or take it out")


def _required(read: ReadQuestion, known: Known) -> None:
    if read.question.required_if is not None and read.question.required:
        read.wrong("required_if", "this question is required anyway: write `required: false`, or take this out")
    if read.question.required_from is not None and read.question.required:
        read.wrong("required_from", "this question is required anyway: write `required: false`, or take this out")
    _from, until = read.question.required_from, read.question.frozen_from
    if _from is not None and until is not None and until <= _from:
        read.wrong("frozen_from", f"it is frozen before it is required on {_from}: write a later day")


RULES: tuple[Callable[[ReadQuestion, Known], None], ...] = (_options, _limits, _conditions, _repeats, _required)
