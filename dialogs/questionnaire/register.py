"""The public register: what can be asked of it, and what it shows of an entry.

What a search wants is words and, for any facet, some of its values: an entry has all words, and of each facet at least
one of the values. The same query is an address of a page, a call of the API, a search somebody follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from dialogs.knowledge import action_lines, countries, goals
from dialogs.questionnaire import facets

__all__ = [
    "FACETS",
    "PERSONAL",
    "PUBLIC",
    "EntryQuery",
    "goals_in",
    "is_value",
    "lines_in",
    "public_answers",
    "values_of",
]

FACETS = (
    *("line", "goal", "target", "region", "country", "organization", "activity", "status", "reach"),
    *("beneficiary", "technology", "inclusion", "openness", "evidence", "partner", "spoken", "language", "year"),
)
"""What entries are filtered and counted by."""

PUBLIC = (
    *("title", "title_en", "org_name", "org_type", "org_type_other", "org_country", "org_url"),
    *("activity_type", "activity_type_other", "description", "activity_url", "status", "start_date", "end_date"),
    *("coverage", "countries", "place", "lines", "sublines", "main_line", "goals_suggested", "goals", "main_goal"),
    *("targets", "link_example", "impact_kinds", "impact_basis", "evidence_url", "impact_figure", "impact_figures"),
    *("beneficiaries", "people_reached", "women_share", "technology", "inclusion"),
    *("service_languages", "service_languages_other", "openness"),
    *("partner_kinds", "partners", "results", "challenges", "sustainability", "replicability", "wsis_values", "future"),
)
"""Answers that are shown of a published entry, in their order; a question that is not here is shown nowhere."""

PERSONAL = ("contact_name", "contact_email")
"""Shown as well when the person allowed it (`show_contact`, later `contact_visibility`)."""

MOST_WORDS = 200
"""Characters of a search's words."""
MOST_VALUES = 40
"""Values of a facet that can be wanted at once."""


def public_answers(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Of an entry's answers those that may be shown, in the questionnaire's order; a key may be `targets@4`."""
    shown = answers.get("show_contact") is True or answers.get("contact_visibility") == "show"
    allowed = (*PUBLIC, *PERSONAL) if shown else PUBLIC
    order = {question: place for place, question in enumerate(allowed)}
    kept = [key for key, value in answers.items() if key.partition("@")[0] in order and value not in (None, "", [], {})]
    return {key: answers[key] for key in sorted(kept, key=lambda key: order[key.partition("@")[0]])}


def lines_in(answers: Mapping[str, Any]) -> tuple[str, ...]:
    """The Action Lines of an entry and C7's applications."""
    return _codes(answers, "lines", "sublines")


def goals_in(answers: Mapping[str, Any]) -> tuple[str, ...]:
    """The goals of an entry, in their order."""
    return tuple(sorted(_codes(answers, "goals_suggested", "goals"), key=lambda code: (len(code), code)))


def _codes(answers: Mapping[str, Any], *keys: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(code) for key in keys for code in answers.get(key) or ()))


def is_value(facet: str, value: str) -> bool:
    """Whether a facet can have this value."""
    if facet == "year":
        return len(value) == 4 and value.isascii() and value.isdigit()
    return value in values_of(facet)


def values_of(facet: str) -> tuple[str, ...]:
    """All values that a facet can have, in their usual order; none for the years, which go on."""
    if facet == "target":
        return tuple(goals.GOAL_OF)
    if facet in facets.QUESTIONS:
        return facets.values_of(facet)
    return FIXED.get(facet, ())


FIXED: Mapping[str, tuple[str, ...]] = {
    "line": (*action_lines.LINES, *action_lines.SUBLINES),
    "goal": tuple(map(str, goals.GOALS)),
    "region": countries.REGIONS,
    "country": (*countries.MEMBERS, countries.INTERNATIONAL),
    "language": ("ar", "en", "es", "fr", "ru", "zh"),
}
"""Values of facets that are not the answer to a question (`dialogs.questionnaire.facets`)."""


@dataclass(frozen=True, slots=True)
class EntryQuery:
    """What is looked for. Made by `of`, it is in one form only: two that want the same are equal."""

    words: str = ""
    wanted: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Facets with the values that are wanted of them, both in order."""

    @classmethod
    def of(cls, words: str = "", wanted: Mapping[str, Iterable[str]] = MappingProxyType({})) -> EntryQuery:
        """ValueError when a facet, or one of its values, is not known, or there are too many."""
        values = {facet: tuple(sorted(set(wanted[facet]), key=_place)) for facet in FACETS if facet in wanted}
        unknown = [facet for facet in wanted if facet not in FACETS]
        unknown += [f"{facet}={value}" for facet in values for value in values[facet] if not is_value(facet, value)]
        if unknown:
            raise ValueError(f"unknown: {', '.join(unknown[:5])}")
        if any(len(some) > MOST_VALUES for some in values.values()) or len(words) > MOST_WORDS:
            raise ValueError("too much is looked for at once")
        return cls(" ".join(words.split()), tuple((facet, some) for facet, some in values.items() if some))

    def values(self, facet: str) -> tuple[str, ...]:
        return dict(self.wanted).get(facet, ())

    def toggled(self, facet: str, value: str) -> EntryQuery:
        """The same with this value wanted too, or no longer."""
        now = self.values(facet)
        after = tuple(each for each in now if each != value) if value in now else (*now, value)
        return EntryQuery.of(self.words, {**dict(self.wanted), facet: after})

    def only(self, facet: str, value: str) -> EntryQuery:
        """The same with this one value of the facet."""
        return EntryQuery.of(self.words, {**dict(self.wanted), facet: (value,)})

    def without_words(self) -> EntryQuery:
        return EntryQuery("", self.wanted)

    def pairs(self) -> list[tuple[str, str]]:
        """As parameters of an address: the words, then each facet with its values, in order."""
        words = [("q", self.words)] if self.words else []
        return words + [(facet, ",".join(values)) for facet, values in self.wanted]

    @classmethod
    def of_pairs(cls, pairs: Sequence[tuple[str, str]]) -> EntryQuery:
        """The way back. ValueError as `of`."""
        wanted: dict[str, list[str]] = {}
        for name, value in pairs:
            if name != "q" and value:
                wanted.setdefault(name, []).extend(value.split(","))
        return cls.of(" ".join(value for name, value in pairs if name == "q"), wanted)


def _place(value: str) -> tuple[bool, int, str]:
    return (not value.isdigit(), len(value) if value.isdigit() else 0, value)
