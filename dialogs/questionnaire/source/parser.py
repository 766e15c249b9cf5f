"""From values of the file to sections, questions, limits and conditions; each part reads by a table of its fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from dialogs.domain.messages import Month
from dialogs.domain.question_roles import QuestionRole
from dialogs.domain.questionnaire import Condition, Limits, Move, Question, QuestionKind, Section, Wording
from dialogs.questionnaire.facts import TESTS
from dialogs.questionnaire.source.yaml_source import Value

__all__ = ["Read", "ReadQuestion", "ReadQuestionnaire", "ReadSection", "read_questionnaire"]

ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
MONTH = re.compile(r"[12]\d{3}-(0[1-9]|1[0-2])")

Reader = Callable[[Value], Any]


@dataclass(frozen=True, slots=True)
class Read:
    """A part as read, and where its fields stand, by ways such as `limits.max`; `""` is the part itself."""

    places: Mapping[str, Value]

    def wrong(self, way: str, text: str) -> None:
        """Note a mistake at a field, or at what holds it when the field itself isn't there."""
        self.at(way).wrong(text)

    def at(self, way: str) -> Value:
        """Where a field stands, or what holds it when the field itself isn't there."""
        while way and way not in self.places:
            way = way.rpartition(".")[0]
        return self.places[way]


@dataclass(frozen=True, slots=True)
class ReadQuestion(Read):
    """`sound`: whether its kind could be read, without which nothing more can be said about it."""

    question: Question
    sound: bool = True


@dataclass(frozen=True, slots=True)
class ReadSection(Read):
    id: str
    questions: tuple[ReadQuestion, ...]
    ask_if: Condition | None = None
    always: bool = False
    words: str | None = None

    @property
    def section(self) -> Section:
        return Section(self.id, tuple(read.question for read in self.questions), self.ask_if, self.always, self.words)


@dataclass(frozen=True, slots=True)
class ReadQuestionnaire(Read):
    """The parts of an edition that could be read. `version` None: it could not."""

    version: str | None
    sections: tuple[ReadSection, ...]
    lists: Mapping[str, tuple[str, ...]]
    scopes: Mapping[str, tuple[str, ...]]
    required_first: bool = False
    moves: tuple[Move, ...] = ()
    carried: tuple[str, ...] = ()


def read_questionnaire(source: Value) -> ReadQuestionnaire:
    """What could be read of an edition; what could not is noted."""
    read, places = _read(source, QUESTIONNAIRE, required=("version", "sections"))
    lists = read.get("lists", {})
    sections = tuple(_with_codes(section, lists) for section in read.get("sections", ()))
    inner = _inner(places, read, ("scopes", "lists"))
    more = (read.get("required_first", False), read.get("moves", ()), read.get("carried", ()))
    return ReadQuestionnaire(inner, read.get("version"), sections, lists, read.get("scopes", {}), *more)


def _with_codes(section: ReadSection, lists: Mapping[str, tuple[str, ...]]) -> ReadSection:
    """The section with its questions knowing the members of the lists that they name."""
    questions = (
        replace(read, question=replace(read.question, codes=lists.get(read.question.options or "", ())))
        for read in section.questions
    )
    return replace(section, questions=tuple(questions))


def _lists(value: Value) -> dict[str, tuple[str, ...]]:
    """Lists of codes, or of ids, by name."""
    return {name: _codes(place) for name, place in value.entries().items()}


def _codes(value: Value) -> tuple[str, ...]:
    codes: list[str] = []
    for item in value.items():
        code = item.text()
        if code is not None and not CODE.fullmatch(code):
            item.wrong(f"{code!r} cannot be a code: use letters, 0 to 9 and _, starting with a letter, at most 40")
        elif code in codes:
            item.wrong(f"{code} stands in this list twice: keep one")
        elif code is not None:
            codes.append(code)
    return tuple(codes)


def _read(
    value: Value, readers: Mapping[str, Reader], required: Collection[str]
) -> tuple[dict[str, Any], dict[str, Value]]:
    """The fields of a mapping: those that could be read, and where all of them stand (`""`: the mapping)."""
    places = value.entries()
    read: dict[str, Any] = {}
    for name, place in places.items():
        if place.check_known(name, readers, "field"):
            found = readers[name](place)
            if found is not None:
                read[name] = found
    for name in required:
        if name not in places:
            value.wrong(f"{name} is missing: add a line `{name}: ...`")
    return read, {"": value, **places}


def _sections(value: Value) -> list[ReadSection]:
    sections = [section for item in value.items() if (section := _section(_renamed(item))) is not None]
    if not sections:
        value.wrong("there is no section: add at least one")
    return sections


def _section(value: Value) -> ReadSection | None:
    read, places = _read(value, SECTION, required=("id", "questions"))
    if not {"id", "questions"} <= read.keys():
        return None
    return ReadSection(_inner(places, read, ("ask_if",)), **read)


def _questions(value: Value) -> tuple[ReadQuestion, ...]:
    questions = [question for item in value.items() if (question := _question(_renamed(item))) is not None]
    if not value.items():
        value.wrong("this section has no question: add one, or take the section out")
    return tuple(questions)


def _question(value: Value) -> ReadQuestion | None:
    read, places = _read(value, QUESTION, required=("id", "kind", "required"))
    if "id" not in read:
        return None
    question = Question(**{"required": False, "kind": QuestionKind.TEXT, **read}, line=value.line)
    return ReadQuestion(_inner(places, read, ("limits", "ask_if", "required_if")), question, sound="kind" in read)


def _inner(places: dict[str, Value], read: Collection[str], holders: Collection[str]) -> dict[str, Value]:
    """The places, with those of the fields that stand within `holders`."""
    found = dict(places)
    for holder in holders:
        if holder in read:
            found |= {f"{holder}.{name}": inner for name, inner in places[holder].entries().items()}
    return found


def _renamed(value: Value) -> Value:
    """A member of a list, named by its id when it has one."""
    named = value.peek("id")
    return value.named(named) if named else value


def _id(value: Value) -> str | None:
    text = value.text()
    if text is not None and not ID.fullmatch(text):
        value.wrong(f"{text!r} cannot be an id: use a to z, 0 to 9 and _, starting with a letter, at most 40")
        return None
    return text


def _kind(value: Value) -> QuestionKind | None:
    kind = value.one_of([kind.value for kind in QuestionKind], "kind of question")
    return QuestionKind(kind) if kind else None


def _wordings(value: Value) -> tuple[Wording, ...]:
    """Other ways to put a question: `- {words: start_date_planned, when: {status: {is: planned}}}`."""
    found = []
    for item in value.items():
        read, _ = _read(item, {"words": _id, "when": _condition}, required=("words", "when"))
        if read.keys() == {"words", "when"}:
            found.append(Wording(**read))
    return tuple(found)


HOWS = ("append", "add", "recode")


def _moves(value: Value) -> tuple[Move, ...]:
    """What becomes of answers of other editions: `- {from: future, to: sustainability, how: append}`."""
    readers: dict[str, Reader] = {"from": _id, "to": _id, "how": lambda how: how.one_of(HOWS, "way"), "codes": _recoded}
    found = []
    for item in value.items():
        read, _ = _read(item, readers, required=("from", "to", "how"))
        if {"from", "to", "how"} <= read.keys():
            found.append(Move(read["from"], read["to"], read["how"], read.get("codes", {})))
    return tuple(found)


def _recoded(value: Value) -> dict[str, Any]:
    return {name: place.plain() for name, place in value.entries().items()}


def _role(value: Value) -> QuestionRole | None:
    role = value.one_of([role.value for role in QuestionRole], "role")
    return QuestionRole(role) if role else None


def _limits(value: Value) -> Limits:
    readers: dict[str, Reader] = {each.name: Value.number for each in fields(Limits)} | {"not_before": _not_before}
    read, _ = _read(value, readers, required=())
    return Limits(**read)


def _not_before(value: Value) -> Month | str | None:
    """A month written `2015-03`, or the id of the question that holds one."""
    text = value.text()
    if text is None or ID.fullmatch(text):
        return text
    if not MONTH.fullmatch(text):
        value.wrong(f'{text!r} is neither a month (write "2015-03") nor the id of a question')
        return None
    return Month.parse(text)


def _day(value: Value) -> date | None:
    """A day written `2027-02-15`."""
    day = value.plain()
    if type(day) is date:
        return day
    text = value.text()
    if text is not None:
        value.wrong(f"{text!r} is no day: write it as 2027-02-15")
    return None


def _condition(value: Value) -> Condition | None:
    entries = value.entries()
    clauses = [clause for fact, tests in entries.items() for clause in _clauses(fact, tests)]
    if isinstance(value.plain(), dict) and not clauses:
        value.wrong("this condition says nothing: write `fact: {test: value}`, or take it out")
    return Condition(tuple(clauses)) if clauses else None


def _clauses(fact: str, value: Value) -> list[tuple[str, str, Any]]:
    tests = value.entries()
    if not tests and isinstance(value.plain(), dict):
        value.wrong(f"how is {fact} tested? write one of {', '.join(TESTS)} with a value")
    return [(fact, test, at.plain()) for test, at in tests.items() if at.check_known(test, TESTS, "test")]


QUESTIONNAIRE: Mapping[str, Reader] = {
    "version": Value.text,
    "lists": _lists,
    "scopes": _lists,
    "required_first": Value.flag,
    "moves": _moves,
    "carried": _codes,
    "sections": _sections,
}

SECTION: Mapping[str, Reader] = {
    "id": _id,
    "questions": _questions,
    "ask_if": _condition,
    "always": Value.flag,
    "words": _id,
}

QUESTION: Mapping[str, Reader] = {
    "id": _id,
    "kind": _kind,
    "required": Value.flag,
    "limits": _limits,
    "options": Value.text,
    "role": _role,
    "ask_if": _condition,
    "repeat_for": Value.text,
    "required_for": Value.text,
    "asked_for": Value.text,
    "only_if_given": Value.flag,
    "alone": _codes,
    "words": _id,
    "asked_as": _id,
    "wordings": _wordings,
    "public": Value.flag,
    "required_if": _condition,
    "required_from": _day,
    "frozen_from": _day,
    "keep": Value.flag,
    "anew": Value.flag,
    "remembered": Value.flag,
    "why": Value.flag,
    "example": Value.flag,
    "basis": Value.text,
}
