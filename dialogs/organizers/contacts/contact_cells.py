"""Single cells of a list, understood with the knowledge that the conversation has: one list of names for both."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from dialogs.answers.address import plain_address
from dialogs.answers.email_address import normal_address
from dialogs.answers.text import characters
from dialogs.domain.messages import Code, Country, LanguageName, M, Message
from dialogs.knowledge.countries import MEMBERS
from dialogs.knowledge.data_files import facts
from dialogs.matching.matcher import find
from dialogs.matching.option import Option
from dialogs.matching.option_names import names_of
from dialogs.questionnaire.options import option_label
from dialogs.text.normalize import normalize
from dialogs.text.vocabulary import Vocabulary

__all__ = ["EMPTY", "Cells", "Understood", "is_nothing", "is_total"]

LONGEST = {"name": 120, "organisation": 200}
"""Characters that are taken: as many as the questionnaire takes for the same."""

NOTHING = frozenset(map(normalize, facts("list_words")["nothing"]))
TOTALS = frozenset(map(normalize, facts("list_words")["totals"]))

BETWEEN_ADDRESSES = re.compile(r"[\s<>()\[\],;:|/\"“”«»،؛，；、]+")
"""What stands around and between addresses in a cell; none of it can be in one."""

STRAY = re.compile(r"(?:^|[\s,;])(\w{1,2})\s+(\w\S*@\S+)$")
"""A syllable and an address behind it: a space has come into the address (`an na@example.org`)."""

EMPTY: Mapping[str, str] = MappingProxyType({})

Understood = tuple[str, Message | None]
"""What a cell says, and why less or something else than what stands in it."""


LONGEST_WORD = 60
"""Characters of a cell that may be a word for nothing, for a total or for a kind; longer ones are not folded for it."""


def _folded(text: str) -> str:
    return normalize(text) if len(text) <= LONGEST_WORD else text


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is nothing to say: `N/A`, `-`, `нет`."""
    return not any(character.isalnum() for character in text) or _folded(text) in NOTHING


def is_total(text: str) -> bool:
    """Whether a row's first cell says that the row sums up."""
    return _folded(text) in TOTALS


class Cells:
    """Reads cells with the words of every language. What cannot be read is empty, with the reason."""

    def __init__(self, vocabulary: Vocabulary, kinds: Sequence[str], words: Mapping[str, str] = EMPTY) -> None:
        self._vocabulary, self._words = vocabulary, words
        self._countries = tuple(Option(code, Country(code)) for code in MEMBERS)
        self._languages = tuple(Option(code, LanguageName(code)) for code in vocabulary.languages)
        self._kinds = tuple(Option(code, option_label("org_type", code)) for code in kinds)
        self.country = lru_cache(maxsize=4096)(self._country)
        self.language = lru_cache(maxsize=1024)(self._language)
        self.kind = lru_cache(maxsize=1024)(self._kind)

    def short(self, column: str, text: str) -> Understood:
        """A name: as it stands, when it is no longer than what the questionnaire takes."""
        most = LONGEST[column]
        if characters(text) > most:
            return "", M("contacts.row.too_long", most, column=M(f"contacts.column.{column}"))
        return text, None

    def email(self, text: str) -> Understood:
        """The first address of a cell, also as `Anna <anna@example.org>` or behind `mailto:`."""
        plain = " ".join(plain_address(text).split())
        if is_nothing(plain):
            return "", None
        words = (word.strip(".'!?。") for word in BETWEEN_ADDRESSES.split(plain.replace("mailto:", " ")))
        found = list(dict.fromkeys(filter(None, (normal_address(word) for word in words if "@" in word))))
        if not found or STRAY.search(plain):
            return "", M("contacts.row.email")  # not repeated: what is printed may be kept
        if len(found) > 1:
            return found[0], M("contacts.row.emails", taken=Code(found[0]))
        return found[0], None

    def _country(self, text: str) -> Understood:
        if not text or (is_nothing(text) and _folded(text) != "na"):
            return "", None
        found = find(text, names_of(self._countries, self._vocabulary), positions=False)
        offered = tuple(dict.fromkeys([*found.certain, *found.candidates]))
        if len(found.certain) == 1 and len(offered) == 1 and not found.unknown:
            return found.certain[0], None
        if len(offered) == 1 and not found.unknown:
            return "", M("contacts.row.country_near", text=text[:60], code=Code(offered[0]))
        return "", M("contacts.row.country", text=text[:60])

    def state(self, text: str) -> Understood:
        """A country in a column that is called `state`: never by two letters, which are those of a part of one."""
        return ("", None) if len(text) <= 2 else self.country(text)

    def _language(self, text: str) -> Understood:
        """The first language of a cell that we speak, if it is the only one there."""
        if is_nothing(text):
            return "", None
        plain = text.replace("_", "-").split("-")[0] if re.fullmatch(r"[A-Za-z]{2,3}[-_]\w{2,8}", text) else text
        found = find(plain, names_of(self._languages, self._vocabulary), positions=False)
        if len(found.certain) == 1 and not found.candidates and not found.unknown:
            return found.certain[0], None
        return "", M("contacts.row.language", text=text[:60])

    def _kind(self, text: str) -> Understood:
        if (word := _folded(text)) in self._words:  # what the organizers said that their lists mean by it
            return self._words[word], None
        if is_nothing(text):
            return "", None
        found = find(text, names_of(self._kinds, self._vocabulary), positions=False)
        if len(found.certain) == 1 and not found.candidates and not found.unknown:
            return found.certain[0], None
        return "", M("contacts.row.kind", text=text[:60])
