"""The codes of an entry: what audiences are cut by and figures are counted by, whichever edition asked for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dialogs.questionnaire.register import goals_in

__all__ = ["FACETS", "NO", "YES", "codes_in"]

FACETS = ("line", "subline", "goal", "kind", "country", "language", "prize", "consent")
"""What an entry has codes of. `prize`: the category for which its author nominated it; `consent`: to publishing."""

YES, NO = "yes", "no"


def codes_in(answers: Mapping[str, Any]) -> frozenset[tuple[str, str]]:
    """Each facet with a code that an entry has in it. Every entry has one of `consent`."""
    return frozenset((facet, code) for facet, code in _codes(answers) if code)


def _codes(answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for facet, question in (("line", "lines"), ("subline", "sublines")):
        yield from ((facet, str(code)) for code in answers.get(question) or ())
    yield from (("goal", code) for code in goals_in(answers))
    for facet, question in (("kind", "org_type"), ("country", "org_country"), ("language", "language")):
        yield facet, str(answers.get(question) or "")
    if answers.get("nominate") is True:
        yield "prize", str(answers.get("prize_category") or "")
    yield "consent", YES if answers.get("publish") is True else NO
