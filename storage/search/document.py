"""What an entry is found by: the words of what it says, the words of its title, and its facets."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from dialogs.domain.entries.entry import is_public
from dialogs.knowledge.countries import expanded, region_of
from dialogs.questionnaire import facets
from dialogs.questionnaire.register import goals_in, lines_in, public_answers
from dialogs.text.language_detection import UNDETERMINED
from storage.search.tokens import tokens
from storage.tables.entries import EntryRow

__all__ = ["FACET", "PUBLIC", "TITLE", "digest_of", "facet", "facets_of", "is_shown", "tokens_of"]

TITLE = "t:"
"""Before a word of a title. Words themselves have letters and digits only."""
FACET = "f:"
PUBLIC = "f:public"
EVERY = "f:every"
"""The tokens of the entries that the public is shown, and of all."""

SAID = ("description", "link_example", "results", "partners", "impact_figures", "impact_figure")
"""Answers in whose words is searched, besides the title and the organization's name: what is done, and was reached."""


def facet(name: str, value: str) -> str:
    """The token of a facet's value."""
    return f"{FACET}{name}={value}"


def is_shown(entry: EntryRow) -> bool:
    """Whether the public is shown this entry."""
    return is_public(entry.state, (entry.answers or {}).get("publish"))


def tokens_of(entry: EntryRow) -> frozenset[str]:
    """All that an entry is found by."""
    answers: Mapping[str, Any] = entry.answers or {}
    found = set(_facets(entry, answers))
    title = tokens(entry.title, _language(entry, "title"))
    title = [*title, *tokens(str(answers.get("title_en") or ""), "en")]
    found.update(title, (TITLE + word for word in title))
    found.update(tokens(entry.organisation, _language(entry, "org_name")))
    found.update(tokens(entry.reference, "en"))
    for key, text in answers.items():
        if key.partition("@")[0] in SAID and isinstance(text, str):
            found.update(tokens(text, _language(entry, key)))
    return frozenset(found)


def facets_of(entry: EntryRow) -> dict[str, set[str]]:
    """The values of each facet that an entry has."""
    found: dict[str, set[str]] = {}
    for token in _facets(entry, entry.answers or {}):
        name, equals, value = token.removeprefix(FACET).partition("=")
        if equals:
            found.setdefault(name, set()).add(value)
    return found


def digest_of(entry: EntryRow) -> str:
    """Tells whether what is shown of an entry has changed."""
    shown = [entry.reference, entry.language, entry.languages, public_answers(entry.answers or {})]
    return hashlib.blake2b(json.dumps(shown, sort_keys=True).encode(), digest_size=12).hexdigest()


def _language(entry: EntryRow, key: str) -> str:
    language = (entry.languages or {}).get(key, entry.language)
    return entry.language if language == UNDETERMINED else str(language)


def _facets(entry: EntryRow, answers: Mapping[str, Any]) -> Iterator[str]:
    yield EVERY
    yield f"{FACET}state={entry.state}"
    if is_shown(entry):
        yield PUBLIC
    yield facet("year", entry.call)
    yield facet("language", entry.language)
    yield from (facet("line", code) for code in lines_in(answers))
    yield from (facet("goal", code) for code in goals_in(answers))
    for key, value in answers.items():
        if key.partition("@")[0] == "targets":
            yield from (facet("target", str(code)) for code in value or ())
    named = [str(code) for code in answers.get("countries") or ()]
    where = set(expanded(named)) or {*named, *([] if named else [str(entry.country or "")])} - {""}
    yield from (facet("country", code) for code in where)
    yield from (facet("region", region) for code in where if (region := region_of(code)) is not None)
    for name in facets.QUESTIONS:
        yield from (facet(name, value) for value in facets.chosen(name, answers, entry.edition))
