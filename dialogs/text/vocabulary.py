"""The words the conversation understands, whatever language they are typed in. Made from the catalogues."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from dialogs.domain.messages import Value
from dialogs.text.normalize import normalize

__all__ = ["Speaking", "Vocabulary"]


LONGEST_WISH = 240
"""Characters of a text that may be a word such as "back": such words have 60 at most, besides marks and spaces."""


class Speaking(Protocol):
    """How things are named to a reader: by whoever has the texts."""

    def say(self, value: Value, language: str) -> str:
        """The words for a value, as they stand on a button."""

    def in_order(self, values: Iterable[Value], language: str) -> list[Value]:
        """Values in the order in which people of a language look for their names."""


class Wordless:
    """No texts at all: for those who only look names up."""

    def say(self, value: Value, language: str) -> str:
        return ""

    def in_order(self, values: Iterable[Value], language: str) -> list[Value]:
        return list(values)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words in every language at once: someone who reads English may answer «Китай» or 中国.

    `labels`: every way of naming a choice, as written, by message key (`option.org_type.GOV`, `goal.4`,
        `action_line.C1`, `choice.back`), by `country.KE` and by `language.fr`.
    `months`: folded names of months, long and short, to 1..12.
    `intents`: folded words that want something (`back`, `yes`) to the name of what they want.
    `languages`: codes of the languages the bot speaks, in the order they are offered.
    `speaking`: the texts themselves, for labels with values in them and for the order of names.
    """

    labels: Mapping[str, tuple[str, ...]]
    months: Mapping[str, int]
    intents: Mapping[str, str]
    languages: tuple[str, ...] = ()
    speaking: Speaking = field(default=Wordless(), compare=False, repr=False)

    def wanted(self, text: str) -> str | None:
        """The name of what a text wants, when it is one of the words that want something."""
        return self.intents.get(normalize(text)) if len(text) <= LONGEST_WISH else None
