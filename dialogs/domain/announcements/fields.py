"""Fields in an announcement's text, which each reader sees with their own values: `Dear {name|colleague}`.

Behind the bar stand the words for readers of whom the value is not known. They are asked for beforehand, in every
language: nobody gets a text with a hole in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape

from dialogs.domain.messages import Code, LanguageName, Listing, M, Message

__all__ = ["FIELDS", "LINK", "faults", "filled", "has_fields", "longest"]

FIELDS: Mapping[str, int] = {"name": 80, "title": 120, "days": 4, "link": 9}
"""Each field with the most characters that it takes. `days`: until the call closes; `link`: back to what is open."""

LINK = "/continue"
"""What an app makes a link of that leads each reader to their own open question."""

FIELD = re.compile(r"\{\s*(\w{1,40})\s*(?:\|([^{}<>]*))?\}")
TAG = re.compile(r"(<[^<>]*>)")
"""What is between tags is text: an address is never filled in."""


def has_fields(html: str) -> bool:
    return any(True for _ in _fields(html))


def faults(html: str, language: str) -> Iterator[Message]:
    """What is wrong with the fields of a text: one that there is not, one without words for who has no value."""
    name = LanguageName(language, own=False)
    for field, words in _fields(html):
        if field not in FIELDS:
            known = Listing(tuple(Code(f"{{{each}}}") for each in FIELDS), "or")
            yield M("announce.blocker.unknown_field", language=name, field=Code(f"{{{field}}}"), known=known)
        elif field != "link" and not (words or "").strip():
            example = Code(f"{{{field}|…}}")
            yield M("announce.blocker.no_words", language=name, field=Code(f"{{{field}}}"), example=example)


def filled(html: str, values: Mapping[str, str], language: str) -> str:
    """The text as a reader with these values gets it; a value that is empty or absent is not known."""
    return "".join(part if TAG.fullmatch(part) else _fill(part, values, language) for part in TAG.split(html))


def longest(html: str) -> str:
    """The text as it would be with the longest value in each field, to be measured."""
    return filled(html, {name: "x" * most for name, most in FIELDS.items()}, "en")


def _fields(html: str) -> Iterator[tuple[str, str | None]]:
    for part in TAG.split(html):
        if not TAG.fullmatch(part):
            yield from ((found[1], found[2]) for found in FIELD.finditer(part))


def _fill(text: str, values: Mapping[str, str], language: str) -> str:
    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name not in FIELDS:
            return found[0]
        known = values.get(name, "").strip()
        return _apart(escape(_shortened(known, FIELDS[name]), quote=False), language) if known else found[2] or ""

    return FIELD.sub(value, text)


def _shortened(text: str, most: int) -> str:
    words = " ".join(text.split())
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _apart(text: str, language: str) -> str:
    """In Arabic a name in other letters stands apart, so that it does not turn what is around it (UAX #9)."""
    return f"\u2068{text}\u2069" if language.partition("-")[0] == "ar" else text
