"""Texts of an edition's own: rewording next year's questionnaire leaves the open call as it is.

The catalogues have the texts of a question by its id, for all editions. An edition that organizers made may bring
other words for the same id. These get a name of their own, as `words` and `asked_as` give one in a file: `title` of the
edition 2028 is said with the texts of `title__2028`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from dialogs.domain.questionnaire import Question, Questionnaire, Section

__all__ = ["Texts", "text_keys", "with_own_texts"]

Texts = Mapping[str, Mapping[str, str]]
"""By message key, then by language."""

PARTS = ("label", "help", "why", "example")
"""The texts of a question besides the question itself."""


def text_keys(questionnaire: Questionnaire) -> Iterator[str]:
    """The keys of all texts that an edition says and that are about nothing else, each once, in order."""
    seen: set[str] = set()
    for key in _keys(questionnaire):
        if key not in seen:
            seen.add(key)
            yield key


def _keys(questionnaire: Questionnaire) -> Iterator[str]:
    for section in questionnaire.sections:
        yield from (section.text("title"), section.text("purpose"))
        for question in section.questions:
            yield question.ask.key
            yield from (f"question.{other.words}.ask" for other in question.wordings)
            yield from (question.text("label"), question.text("help"))
            yield from (question.text(part) for part in ("why", "example") if getattr(question, part))
    for name, codes in questionnaire.lists.items():
        yield from (f"option.{name}.{code}" for code in codes)


@dataclass(frozen=True, slots=True)
class _Names:
    """Which names have texts of the edition's own: questions as they are asked, their other texts, sections, lists."""

    version: str
    asks: Collection[str]
    questions: Collection[str]
    sections: Collection[str]
    lists: Collection[str]

    def own(self, name: str) -> str:
        return f"{name}__{self.version}"

    def key(self, key: str) -> str:
        """The key under which a text of the edition's own stands."""
        family, name, part = key.split(".", 2)
        return f"{family}.{self.own(name)}.{part}"


def with_own_texts(questionnaire: Questionnaire, texts: Texts) -> tuple[Questionnaire, Texts]:
    """The edition saying its own texts, and these by the keys that it now says.

    `texts`: by the keys of `text_keys`; of a question's texts besides the question itself, of a section and of a list
    all are there, or none.
    """
    names = _names(questionnaire.version, texts)
    sections = tuple(_section(section, names) for section in questionnaire.sections)
    by_id = {question.id: question for section in sections for question in section.questions}
    lists = {names.own(name) if name in names.lists else name: codes for name, codes in questionnaire.lists.items()}
    own = {names.key(key): said for key, said in texts.items()}
    return replace(questionnaire, sections=sections, by_id=by_id, lists=lists), own


def _names(version: str, texts: Texts) -> _Names:
    found = [key.split(".", 2) for key in texts]
    return _Names(
        version,
        asks={name for family, name, part in found if family == "question" and part == "ask"},
        questions={name for family, name, part in found if family == "question" and part in PARTS},
        sections={name for family, name, _ in found if family == "section"},
        lists={name for family, name, _ in found if family == "option"},
    )


def _section(section: Section, names: _Names) -> Section:
    named = section.words or section.id
    words = names.own(named) if named in names.sections else section.words
    return replace(section, words=words, questions=tuple(_question(each, names) for each in section.questions))


def _question(question: Question, names: _Names) -> Question:
    named, asked = question.words or question.id, question.asked_as or question.words or question.id
    words = names.own(named) if named in names.questions else question.words
    asked_as = names.own(asked) if asked in names.asks else asked
    wordings = tuple(
        replace(other, words=names.own(other.words)) if other.words in names.asks else other
        for other in question.wordings
    )
    options = question.options
    return replace(
        question,
        words=words,
        asked_as=None if asked_as == (words or question.id) else asked_as,
        wordings=wordings,
        options=names.own(options) if options in names.lists and options is not None else options,
    )
