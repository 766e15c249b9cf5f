"""Texts that tell people what to write: each example is run through the reader that will read what they write.

A text that says "write Arabic, Chinese ..." where the reader knows other words for them makes everybody fail.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from dialogs.answers.readers import Accepted, Context, read
from dialogs.answers.results import Reading
from dialogs.domain.messages import Country, M, Month
from dialogs.domain.questionnaire import Question, QuestionKind
from dialogs.knowledge.countries import MEMBERS
from dialogs.matching.option import Option
from dialogs.organizers.entries.entry_query import understood
from dialogs.text.normalize import normalize
from dialogs.text.vocabulary import Vocabulary

__all__ = ["TOLD", "refused"]

AFTER = re.compile(r"[:：]\s*([^:：]*)$")
"""What stands behind the last colon of a text: its example."""

BETWEEN = re.compile(r"[,،，、]|\bor\b|\bou\b|\bo\b|\bили\b|\bأو\b|或")
QUOTED = re.compile(r"[“«]\s*([^“”«»{}]+?)\s*[”»]")

YES_NO = (Option("yes", M("choice.yes")), Option("no", M("choice.no")))
COUNTRIES = tuple(Option(code, Country(code)) for code in MEMBERS)


class Moment(NamedTuple):
    """The words that readers know, and the language of whom the text is for."""

    vocabulary: Vocabulary
    language: str

    def reading(self, kind: QuestionKind, text: str, options: tuple[Option, ...] = ()) -> Reading:
        context = Context(self.language, options, self.vocabulary, Month(2027, 3), ahead=True)
        return read(Question("told", kind, required=True), text, context)


def refused(key: str, text: str, vocabulary: Vocabulary, language: str) -> Iterator[str]:
    """The examples of a text that its reader would not take."""
    check = TOLD.get(key)
    if check is not None:
        yield from check(text.replace("\u00a0", " "), Moment(vocabulary, language))


def _countries(text: str, moment: Moment) -> Iterator[str]:
    example = AFTER.search(text)
    for name in filter(None, (part.strip(" .。") for part in BETWEEN.split(example[1] if example else ""))):
        if not isinstance(moment.reading(QuestionKind.COUNTRY, name, COUNTRIES), Accepted):
            yield name


def _yes_and_no(text: str, moment: Moment) -> Iterator[str]:
    for word in QUOTED.findall(text):
        if not isinstance(moment.reading(QuestionKind.YES_NO, word, YES_NO), Accepted):
            yield word


def _numbers(text: str, moment: Moment) -> Iterator[str]:
    for number in QUOTED.findall(text):
        if not isinstance(moment.reading(QuestionKind.NUMBER, number), Accepted):
            yield number


def _search(text: str, moment: Moment) -> Iterator[str]:
    example = AFTER.search(text)
    wanted = understood(example[1], moment.vocabulary) if example else None
    if wanted is None or not (wanted.line and wanted.goal and wanted.country):
        yield example[1] if example else text


def _languages(text: str, moment: Moment) -> Iterator[str]:
    """Of each language that we speak, one name that is understood must stand in the text."""
    words = normalize(text)
    for code in moment.vocabulary.languages:
        if not any(normalize(name) in words for name in moment.vocabulary.labels.get(f"language.{code}", ())):
            yield code


def _of_kind(kind: QuestionKind) -> Callable[[str, Moment], Iterator[str]]:
    def check(text: str, moment: Moment) -> Iterator[str]:
        if not isinstance(moment.reading(kind, text), Accepted):
            yield text

    return check


TOLD: Mapping[str, Callable[[str, Moment], Iterator[str]]] = {
    "reading.country.unknown": _countries,
    "reading.yes_no.unclear": _yes_and_no,
    "register.how": _search,
    "contacts.row.language": _languages,
    "question.org_country.example": lambda text, moment: _countries(f": {text}", moment),
    "question.contact_email.example": _of_kind(QuestionKind.EMAIL),
    "question.start_date.example": _of_kind(QuestionKind.MONTH),
    "question.end_date.example": _of_kind(QuestionKind.MONTH),
    "question.people_reached.help": _numbers,
    "question.people_reached.example": _of_kind(QuestionKind.NUMBER),
    "question.org_url.example": _of_kind(QuestionKind.URL),
    "question.activity_url.example": _of_kind(QuestionKind.URL),
}
"""By key: what finds the examples in a text that are refused."""
