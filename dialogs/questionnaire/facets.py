"""Facets that are the answer to a question: their values in entries of every edition, and what these are called.

Entries of all editions are found and counted together. A code that a later edition gives another meaning than it had
is another value here, so that nobody is counted under words that they did not choose.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from dialogs.domain.messages import Country, LanguageName, Message
from dialogs.domain.questionnaire import Question
from dialogs.questionnaire.options import every_option, option_label
from dialogs.questionnaire.source import loader

__all__ = ["OTHERWISE", "QUESTIONS", "chosen", "is_asked", "label_of", "name_of", "values_of"]

QUESTIONS: Mapping[str, str] = {
    "organization": "org_type",
    "activity": "activity_type",
    "status": "status",
    "reach": "coverage",
    "beneficiary": "beneficiaries",
    "technology": "technology",
    "inclusion": "inclusion",
    "openness": "openness",
    "evidence": "impact_basis",
    "partner": "partner_kinds",
    "spoken": "service_languages",
}
"""The facets, with the questions."""

NAMED = ("technology", "inclusion", "openness", "evidence", "partner", "spoken")
"""Facets that are called as their question is."""

OTHERWISE: Mapping[str, Mapping[str, str]] = {"stage": {"ongoing": "first_phase"}}
"""By an edition's list: codes that mean another thing than in the lists before, with the values that they are here.
`ongoing` was all work under way, and is work in its first phase.
"""


def values_of(facet: str) -> tuple[str, ...]:
    """What a facet's question can be answered with in any edition: as the newest has it, then what only others had."""
    return tuple(_known(facet, tuple(loader.versions())))


def label_of(facet: str, value: str) -> Message | Country | LanguageName:
    """What a value is called: by the newest edition that offers it."""
    name, code = _known(facet, tuple(loader.versions())).get(value, (QUESTIONS[facet], value))
    return option_label(name, code)


def name_of(facet: str) -> Message:
    """What the facet itself is called."""
    if facet not in NAMED:
        return Message(f"facet.{facet}")
    return next(question.label for _, question in _asked(facet, tuple(loader.versions())))


def chosen(facet: str, answers: Mapping[str, Any], edition: str) -> tuple[str, ...]:
    """The values of a facet that answers to an edition have. Words of one's own, where those are taken, are none."""
    given = answers.get(QUESTIONS[facet])
    codes = given if isinstance(given, list) else [given]
    question = loader.versions()[edition].by_id.get(QUESTIONS[facet]) if edition in loader.versions() else None
    otherwise = OTHERWISE.get((question.options or "") if question else "", {})
    known = _known(facet, tuple(loader.versions()))
    values = (otherwise.get(str(code), str(code)) for code in codes if code)
    return tuple(value for value in values if value in known)


def is_asked(facet: str, edition: str) -> bool:
    """Whether entries of an edition can have a value of it at all; so it is taken for one that is not known."""
    known = loader.versions().get(edition)
    return facet not in QUESTIONS or known is None or QUESTIONS[facet] in known.by_id


@cache
def _known(facet: str, versions: tuple[str, ...]) -> Mapping[str, tuple[str, str]]:
    """Each value with the list and the code that name it."""
    found: dict[str, tuple[str, str]] = {}
    for _, question in _asked(facet, versions):
        name = question.options or ""
        for option in every_option(question):
            found.setdefault(OTHERWISE.get(name, {}).get(option.code, option.code), (name, option.code))
    return found


def _asked(facet: str, versions: tuple[str, ...]) -> Iterator[tuple[str, Question]]:
    """The facet's question in each edition that has it, the newest edition first."""
    for version in reversed(versions):
        question = loader.version(version).by_id.get(QUESTIONS[facet])
        if question is not None:
            yield version, question
