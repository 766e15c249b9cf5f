"""Which plural forms a language has, after CLDR as Babel keeps it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from gettext import c2py
from typing import NamedTuple

from babel.messages.plurals import get_plural

__all__ = ["Plural", "agrees", "plural_forms", "plural_of", "plural_rule"]

HEADER = re.compile(r"nplurals\s*=\s*(?P<number>\d+)\s*;\s*plural\s*=\s*(?P<rule>[^;]+);?")
ENOUGH = 1001
"""Counts to compare two rules over: no language looks at more than the last two digits, and some at 1000."""


ORDERED = {
    "ar": "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)",
}
"""The same forms as Babel's, in the order that CLDR and translators' tools have them (11 before 100)."""


class Plural(NamedTuple):
    """How many forms, and the rule that chooses one, in gettext's C notation."""

    num_plurals: int
    expression: str


def plural_rule(language: str) -> Plural:
    """The forms of a language; two, as in English, for one that is not known."""
    found = get_plural(language.replace("-", "_"))
    return Plural(int(found.num_plurals), ORDERED.get(language, str(found.plural_expr)))


@lru_cache(maxsize=64)
def plural_of(language: str) -> Callable[[int], int]:
    """From a count to the number of the form."""
    return c2py(plural_rule(language).expression)


def plural_forms(language: str) -> str:
    """The `Plural-Forms` header of a language's catalogues."""
    rule = plural_rule(language)
    return f"nplurals={rule.num_plurals}; plural={rule.expression};"


def agrees(header: str, language: str) -> bool:
    """Whether a `Plural-Forms` header means what it should, however it is written."""
    found = HEADER.fullmatch(header.strip())
    if found is None or int(found["number"]) != plural_rule(language).num_plurals:
        return False
    try:
        rule = c2py(found["rule"])
        return all(rule(count) == plural_of(language)(count) for count in range(ENOUGH))
    except ValueError:
        return False
