"""Which options a question offers now, in the order they are offered: most likely first where that is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from dialogs.domain.messages import Code, Country, LanguageName, Listing, M, Message, Value
from dialogs.domain.question_roles import QuestionRole
from dialogs.domain.questionnaire import Question, QuestionKind
from dialogs.knowledge import action_lines, countries, goals, matrix, prizes
from dialogs.knowledge.languages import SPOKEN
from dialogs.matching.option import Option
from dialogs.questionnaire.facts import OFFICIAL, Facts
from dialogs.questionnaire.journey import NO_CHANGE, Stop

__all__ = ["ANOTHER", "belongs_to", "every_option", "option_label", "options_of", "readable"]


def options_of(stop: Stop, facts: Facts) -> tuple[Option, ...]:
    """The options of a stop as things stand; empty for questions without options."""
    if stop.question.kind is QuestionKind.YES_NO:
        return (Option("yes", M("choice.yes")), Option("no", M("choice.no")))
    name = stop.question.options
    if name is None:
        return ()
    derive = DERIVED.get(name)
    if derive is not None:
        return tuple(derive(facts, stop))
    alone = stop.question.alone
    known = (Option(code, option_label(name, code), exclusive=code in alone) for code in stop.question.codes)
    return tuple(option for option in known if _is_offered(stop, facts, option.code))


def _is_offered(stop: Stop, facts: Facts, code: str) -> bool:
    """That nothing has changed can only be said of an entry whose answers are known."""
    return stop.question.role is not QuestionRole.UPDATE_SCOPE or code != NO_CHANGE or bool(facts.draft.previous)


def readable(stop: Stop, facts: Facts) -> tuple[Option, ...]:
    """The options that a typed answer may name: those offered, and those that the next question offers."""
    offered = options_of(stop, facts)
    more = MORE.get(stop.question.options or "")
    if more is None:
        return offered
    known = {option.code for option in offered}
    return (*offered, *(option for option in more[1](facts, stop) if option.code not in known))


def belongs_to(stop: Stop, code: str, facts: Facts) -> str:
    """The key of the question that a named option answers: this one, or the one that offers what is more."""
    more = MORE.get(stop.question.options or "")
    if more is None or any(option.code == code for option in options_of(stop, facts)):
        return stop.key
    return more[0]


def every_option(question: Question) -> tuple[Option, ...]:
    """Every option a question can ever offer, for those who read the questionnaire as a whole."""
    name = question.options
    if name is None:
        return ()
    codes = EVERY[name]() if name in EVERY else question.codes
    return tuple(Option(code, option_label(name, code)) for code in codes)


def option_label(name: str, code: str) -> Message | Country | LanguageName:
    """How a code of a list is named, for showing answers."""
    if name in COUNTRY_LISTS:
        return Message(f"region.{code}") if code in countries.REGIONS or code == countries.WORLD else Country(code)
    if name == "language" or (name == "spoken_languages" and code != ANOTHER):
        return LanguageName(code, own=name == "language")
    return Message(f"{FAMILIES.get(name, 'option.' + name)}.{code}")


def _line(code: str) -> Option:
    return Option(code, Message(f"action_line.{code}"), short=Message(f"action_line.{code}.short"), detail=Code(code))


def _lines(facts: Facts, stop: Stop) -> Iterable[Option]:
    return (_line(code) for code in action_lines.LINES)


def _sublines(facts: Facts, stop: Stop) -> Iterable[Option]:
    return (_line(code) for code in action_lines.SUBLINES)


def _chosen_lines(facts: Facts, stop: Stop) -> Iterable[Option]:
    return (_line(code) for code in facts.chosen_lines)


def _goal(number: str, because: Iterable[str] = ()) -> Option:
    lines = tuple(because)
    detail = M("goals.because", lines=_named_lines(lines)) if lines else None
    return Option(number, Message(f"goal.{number}"), detail=detail)


def _named_lines(lines: tuple[str, ...]) -> Value:
    """One line by its number and name, several by their numbers: a reason is a line on a button."""
    if len(lines) > 1:
        return Listing(tuple(Code(number) for number in dict.fromkeys(map(action_lines.number_of, lines))))
    named = Message(f"action_line.{lines[0]}.short")
    return M("choice.coded", code=Code(action_lines.number_of(lines[0])), label=named)


def _suggested_goals(facts: Facts, stop: Stop) -> Iterable[Option]:
    return (_goal(str(found.goal), found.because) for found in facts.suggestions[:6])


def _goals_by_fit(facts: Facts, stop: Stop) -> Iterable[Option]:
    return (_goal(str(found.goal), found.because) for found in facts.ranked_goals)


def _other_goals(facts: Facts, stop: Stop) -> Iterable[Option]:
    taken = set(facts.accepted_goals)
    return (_goal(str(number)) for number in goals.GOALS if str(number) not in taken)


def _chosen_goals(facts: Facts, stop: Stop) -> Iterable[Option]:
    return (_goal(number) for number in facts.chosen_goals)


def _targets(facts: Facts, stop: Stop) -> Iterable[Option]:
    goal = int(stop.member or 0)
    linked = {target for found in facts.suggestions if found.goal == goal for target in found.targets}
    for code in matrix.targets_for(goal, facts.chosen_lines):
        yield Option(code, Message(f"target.{code}"), group="matrix" if code in linked else "")


def _countries(facts: Facts, stop: Stop) -> Iterable[Option]:
    first = [facts.value("org_country")] if stop.key != "org_country" else []
    likely = [code for code in first if code and code != "INT"]
    rest = [code for code in countries.MEMBERS if code not in likely]
    return (Option(code, Country(code)) for code in [*likely, *rest])


def _places(facts: Facts, stop: Stop) -> Iterable[Option]:
    yield from _countries(facts, stop)
    yield from (Option(code, Message(f"region.{code}")) for code in (*countries.REGIONS, countries.WORLD))


def _spoken_languages(facts: Facts, stop: Stop) -> Iterable[Option]:
    """The six of the United Nations and its own language first, as most services are in one of them; where the second
    page begins, one that is not on the list.
    """
    first = dict.fromkeys([facts.draft.language.partition("-")[0], *OFFICIAL])
    near = [code for code in first if code in SPOKEN]
    codes = [*near, *(code for code in SPOKEN if code not in first)]
    codes.insert(FIRST_PAGE, ANOTHER)
    return (Option(code, option_label("spoken_languages", code)) for code in codes)


def _org_countries(facts: Facts, stop: Stop) -> Iterable[Option]:
    if facts.value("org_type") == "INT":
        yield Option("INT", Country("INT"))
    yield from _countries(facts, stop)


def _prize_categories(facts: Facts, stop: Stop) -> Iterable[Option]:
    main = facts.value("main_line")
    lines = sorted(facts.chosen_lines, key=lambda code: code != main)
    for line in lines:
        number = str(prizes.category_of(line))
        yield Option(number, Message(f"prize_category.{number}"), short=Message(f"action_line.{line}.short"))


def _languages(facts: Facts, stop: Stop) -> Iterable[Option]:
    return (Option(code, LanguageName(code)) for code in facts.languages)


DERIVED: Mapping[str, Callable[[Facts, Stop], Iterable[Option]]] = {
    "language": _languages,
    "action_lines": _lines,
    "sublines": _sublines,
    "chosen_lines": _chosen_lines,
    "suggested_goals": _suggested_goals,
    "other_goals": _other_goals,
    "chosen_goals": _chosen_goals,
    "targets": _targets,
    "goals_by_fit": _goals_by_fit,
    "countries": _countries,
    "places": _places,
    "spoken_languages": _spoken_languages,
    "org_countries": _org_countries,
    "prize_categories": _prize_categories,
}

FIRST_PAGE = 8
"""Languages before it: what is shown at once."""

ANOTHER = "other"
"""Among languages: one that is not on the list, and is named in words."""

COUNTRY_LISTS = ("countries", "org_countries", "places")

MORE: Mapping[str, tuple[str, Callable[[Facts, Stop], Iterable[Option]]]] = {
    "action_lines": ("sublines", _sublines),
    "suggested_goals": ("goals", _other_goals),
}
"""What people name one question early: the key where it belongs, and its options."""

EVERY: Mapping[str, Callable[[], Iterable[str]]] = {
    "language": lambda: OFFICIAL,
    "action_lines": lambda: action_lines.LINES,
    "sublines": lambda: action_lines.SUBLINES,
    "chosen_lines": lambda: action_lines.SELECTABLE,
    "suggested_goals": lambda: map(str, goals.GOALS),
    "other_goals": lambda: map(str, goals.GOALS),
    "chosen_goals": lambda: map(str, goals.GOALS),
    "targets": lambda: (target for goal in goals.GOALS for target in matrix.targets_for(goal, ())),
    "goals_by_fit": lambda: map(str, goals.GOALS),
    "countries": lambda: countries.MEMBERS,
    "places": lambda: (*countries.MEMBERS, *countries.REGIONS, countries.WORLD),
    "spoken_languages": lambda: (*SPOKEN, ANOTHER),
    "org_countries": lambda: ("INT", *countries.MEMBERS),
    "prize_categories": lambda: map(str, sorted(set(prizes.CATEGORIES.values()))),
}
"""All codes of each derived list."""

FAMILIES = {
    "action_lines": "action_line",
    "sublines": "action_line",
    "chosen_lines": "action_line",
    "suggested_goals": "goal",
    "other_goals": "goal",
    "goals_by_fit": "goal",
    "chosen_goals": "goal",
    "targets": "target",
    "prize_categories": "prize_category",
}
"""Where the labels of a derived list come from."""
