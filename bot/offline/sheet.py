"""A template in words: sections, questions and fields in one language, for whichever file they are written into."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from bot.offline.mark import Mark
from dialogs.domain.conversation import Call
from dialogs.domain.messages import Code, Listing, M, Message, Value
from dialogs.domain.question_roles import QuestionRole
from dialogs.domain.questionnaire import Limits, QuestionKind
from dialogs.form.offline.fields import Say, field_texts, option_text, plain
from dialogs.form.offline.questions import SEVERAL, Asked, sections_of
from dialogs.form.question_screen import limits_said
from dialogs.questionnaire.journey import Journey, Stop
from locales.words import Words

__all__ = ["Part", "Row", "Template", "make"]

SORTED = ("countries", "org_countries", "places", "spoken_languages")
"""Lists in the order of their names: all others have one of their own."""


@dataclass(frozen=True, slots=True)
class Row:
    """A question. `ask` is the question itself, `hints` how to answer it; `options` are the names that its fields
    offer, none: any text. `conditional`: other answers decide whether it is asked. `answers`: what stands in its
    fields, which are as many.
    """

    key: str
    label: str
    ask: str
    hints: tuple[str, ...]
    kind: QuestionKind
    required: bool
    conditional: bool
    options: tuple[str, ...]
    answers: tuple[str, ...]
    limits: Limits


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the questionnaire."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """All that a file of the questionnaire says."""

    mark: Mark
    direction: str
    title: str
    about: tuple[str, ...]
    heads: tuple[str, str, str]
    choose: str
    parts: tuple[Part, ...]

    @property
    def rows(self) -> Iterable[Row]:
        return (row for part in self.parts for row in part.rows)


def make(journey: Journey, call: Call | None, words: Words, language: str, *, empty: bool = False) -> Template:
    """The template of a draft, in a language; `empty`: of none."""

    def say(value: Value, /) -> str:
        return plain(words.say(value, language))

    parts = []
    for section, found in sections_of(journey):
        rows = tuple(_row(journey, call, each, say, partial(_in_order, words, language)) for each in found)
        parts.append(Part(say(section.title), rows))
    version = journey.questionnaire.version
    return Template(
        Mark(version, language, "" if empty else journey.draft.id),
        words.direction(language),
        say(M("template.file_title", year=Code(version[:4]))),
        (say(M("template.file_how")), say(M("template.file_back")), say(M("template.file_rest"))),
        (say(M("template.head_question")), say(M("template.head_answer")), say(M("template.head_how"))),
        say(M("template.choose")),
        tuple(parts),
    )


def _in_order(words: Words, language: str, values: list[str]) -> list[str]:
    return [str(value) for value in words.in_order(values, language)]


def _row(journey: Journey, call: Call | None, asked: Asked, say: Say, in_order: partial[list[str]]) -> Row:
    question, stop = asked.stop.question, asked.stop
    options = [option_text(question, option.code, say) for option in asked.options]
    texts = field_texts(question, journey.facts.value(stop.key), say)
    fields = max(asked.fields, len(texts))
    return Row(
        stop.key,
        say(_named(stop)),
        say(_asked(journey, call, stop)),
        tuple(say(hint) for hint in _hints(asked, call)),
        question.kind,
        stop.required,
        asked.only_if is not None,
        tuple(in_order(options) if question.options in SORTED else options),
        tuple(texts + [""] * (fields - len(texts))),
        question.limits,
    )


def _named(stop: Stop) -> Value:
    if stop.member is None:
        return stop.question.label
    return M("review.of_goal", label=stop.question.label, goal=Code(stop.member))


def _asked(journey: Journey, call: Call | None, stop: Stop) -> Message:
    values: dict[str, Value] = {"year": Code(str(call.year if call else journey.questionnaire.version[:4]))}
    if stop.member is not None:
        values["goal"] = M("choice.coded", code=Code(stop.member), label=Message(f"goal.{stop.member}"))
    mdgs = tuple(Code(str(goal)) for goal in journey.facts.value("mdgs") or ())
    if stop.question.role is QuestionRole.GOALS:
        values["mdgs"] = Listing(mdgs)
    return Message(journey.wording(stop.question), values)


def _hints(asked: Asked, call: Call | None) -> Iterable[Message]:
    """When it is asked, its limits, what the lists take, an example, and its help."""
    question = asked.stop.question
    if asked.only_if is not None:
        yield asked.only_if
    if not asked.stop.required and asked.only_if is None:
        yield M("template.optional")
    limits = limits_said(question)
    if limits is not None:
        yield limits
    if question.kind in SEVERAL:
        yield M("template.one_each")
    if question.kind in (QuestionKind.MONTH, QuestionKind.DATE):
        yield M("template.month")
    if question.example:
        yield M("hint.example", example=Message(question.text("example")))
    yield Message(question.text("help"), {"year": Code(str(call.year if call else ""))})
