"""Words of the report in one language: messages, shares, names in order, and how answers are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from babel.numbers import format_percent

from dialogs.domain.messages import Code, Listing, M, Message, Value
from dialogs.domain.questionnaire import Question, QuestionKind
from dialogs.domain.values.dates import date_shown
from dialogs.form.answer_format import option_shown, place_shown
from dialogs.questionnaire import facets
from dialogs.questionnaire.options import option_label
from dialogs.questionnaire.source import loader
from locales.rendering import locale_of
from locales.sorting import sort_key
from locales.words import Words

__all__ = ["Saying"]

ISOLATES = str.maketrans("", "", "\u2066\u2067\u2068\u2069\u200f\u200e")
"""Marks that keep directions apart on a screen. Here every piece says its own direction."""


@dataclass(frozen=True)
class Saying:
    """The words of one language. `plain`: without marks of direction, for what stands alone."""

    words: Words
    language: str

    @property
    def direction(self) -> str:
        return self.words.direction(self.language)

    def direction_of(self, language: str) -> str:
        return self.words.direction(language)

    def say(self, value: Value) -> str:
        """A value within the report's own text: foreign pieces are isolated."""
        return self.words.say(value, self.language)

    def plain(self, value: Value) -> str:
        return self.say(value).translate(ISOLATES)

    def share(self, count: int, whole: int) -> str:
        """A share in percent, to a tenth where it is small."""
        part = count / whole if whole else 0.0
        pattern = "#,##0.0%" if 0 < part < 0.1 else None
        locale = locale_of(self.language)
        return str(format_percent(part, pattern, locale=locale, numbering_system="default")).translate(ISOLATES)

    def in_order(self, names: Iterable[str]) -> list[str]:
        return sorted(names, key=lambda name: sort_key(name, self.language))

    def facet(self, facet: str, code: str) -> str:
        """What a value of a facet is called."""
        return self.plain(_facet(facet, code))

    def answer(self, key: str, value: Any, edition: str = "") -> str:
        """An answer as it is shown: codes as that edition calls them, people's own words as they are."""
        question = _questions(edition).get(key.partition("@")[0])
        return self.plain(_answer(question, value)) if question is not None else str(value)

    def label(self, key: str) -> str:
        """The short name of a question."""
        question = _questions().get(key)
        return self.plain(question.label) if question is not None else key


def _facet(facet: str, code: str) -> Value:
    match facet:
        case "line":
            return M("choice.coded", code=Code(code), label=Message(f"action_line.{code}.short"))
        case "goal":
            return M("choice.coded", code=Code(code), label=Message(f"goal.{code}"))
        case "region":
            return Message(f"region.{code}")
        case "country":
            return option_label("places", code)
    return facets.label_of(facet, code)


def _answer(question: Question, value: Any) -> Value:
    if isinstance(value, bool):
        return M("choice.yes") if value else M("choice.no")
    if isinstance(value, int):
        return value
    if isinstance(value, Mapping):
        return place_shown(value)
    if isinstance(value, list):
        return Listing(tuple(option_shown(question, str(code)) for code in value))
    if question.kind in (QuestionKind.MONTH, QuestionKind.DATE):
        return date_shown(str(value))
    return option_shown(question, str(value)) if question.options else str(value)


def _questions(edition: str = "") -> Mapping[str, Question]:
    """Every question that any edition has asked, as its newest edition asks it; those of `edition` as that one does."""
    editions = loader.versions()
    own = [editions[edition]] if edition in editions else []
    return {id: question for each in (*editions.values(), *own) for id, question in each.by_id.items()}
