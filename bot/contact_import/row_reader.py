"""A list as contacts: each row understood, or refused with what is wrong in it and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from bot.contact_import.headers import columns_of
from bot.contact_import.sheet_reader import ListError
from dialogs.answers.email_address import normal_address
from dialogs.answers.text import clean
from dialogs.domain.question_roles import QuestionRole
from dialogs.knowledge.countries import MEMBERS
from dialogs.messages import Code, M, Message
from dialogs.questionnaire import loader
from dialogs.text.normalize import normalize
from dialogs.text.vocabulary import Vocabulary
from locales.negotiation import nearest
from storage.contacts.contacts import Contact, key_of

__all__ = ["Problem", "Reader"]

LONGEST = {"name": 120, "organisation": 200}
"""Characters that are taken: as many as the questionnaire takes for the same."""

LONGEST_CELL = 600
"""Characters of a cell that are looked at: longer than anything that is taken, so that a cut one is refused as well."""

CLOSE = 80.0
"""Likeness (0 to 100) of a name from which on it is offered as what was meant."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row (the header is row 1). The row is left out; `what` says what to do."""

    row: int
    what: Message


class Refused(Exception):
    """A row that cannot be a contact."""

    def __init__(self, what: Message) -> None:
        self.what = what


class Reader:
    """Reads lists with the words of every language."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        labels = vocabulary.labels
        self._languages = vocabulary.languages
        self._countries = _codes({code: labels.get(f"country.{code}", (code,)) for code in MEMBERS})
        self._tongues = _codes({code: labels.get(f"language.{code}", (code,)) for code in vocabulary.languages})
        kinds = loader.codes_of(QuestionRole.ORGANIZATION_KIND)
        self._kinds = _codes({code: labels.get(f"option.org_type.{code}", ()) for code in kinds})
        self._country = lru_cache(maxsize=4096)(self._read_country)

    def read(self, rows: Iterator[Sequence[str]]) -> Iterator[Contact | Problem]:
        """Each row after the header as a contact or a problem; empty rows are passed over.

        Of two rows about the same person the first counts. ListError when the header says nothing.
        """
        header = next(rows, ())
        columns = columns_of(header)
        if not columns.keys() & {"email", "name", "family", "organisation"}:
            raise ListError(M("contacts.list.header"))
        seen: dict[int, int] = {}
        for number, row in enumerate(rows, start=2):
            cells = {column: _cell(row, place) for column, place in columns.items()}
            if any(cells.values()):
                yield self._row(number, cells, seen)

    def _row(self, number: int, cells: Mapping[str, str], seen: dict[int, int]) -> Contact | Problem:
        try:
            contact = self._contact(cells)
        except Refused as refused:
            return Problem(number, refused.what)
        first = seen.setdefault(hash(key_of(contact)), number)
        return contact if first == number else Problem(number, M("contacts.row.twice", row=first))

    def _contact(self, cells: Mapping[str, str]) -> Contact:
        name = cells.get("name") or f"{cells.get('given', '')} {cells.get('family', '')}".strip()
        contact = Contact(
            _short("name", name),
            _short("organisation", cells.get("organisation", "")),
            _email(cells.get("email", "")),
            self._country(cells.get("country", "")),
            self._language(cells.get("language", "")),
            self._kind(cells.get("kind", "")),
        )
        if not (contact.email or contact.name or contact.organisation):
            raise Refused(M("contacts.row.nobody"))
        return contact

    def _read_country(self, text: str) -> str:
        """The code of a country named in any language, by its code, or nearly so: then the name is offered."""
        code = self._countries.get(normalize(text)) if text else ""
        if code is not None:
            return code
        near = process.extractOne(normalize(text), self._countries.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE)
        if near is None:
            raise Refused(M("contacts.row.country", text=text[:60]))
        raise Refused(M("contacts.row.country_near", text=text[:60], code=Code(self._countries[near[0]])))

    def _language(self, text: str) -> str:
        if not text:
            return ""
        code = self._tongues.get(normalize(text)) or nearest(text, self._languages)
        if code is None:
            raise Refused(M("contacts.row.language", text=text[:60]))
        return code

    def _kind(self, text: str) -> str:
        code = self._kinds.get(normalize(text)) if text else ""
        if code is None:
            raise Refused(M("contacts.row.kind", text=text[:60]))
        return code


def _codes(names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Folded names to codes. A name that two codes share means neither."""
    found: dict[str, str | None] = {}
    for code, called in names.items():
        for name in (code, *called):
            folded = normalize(name)
            found[folded] = code if found.get(folded, code) == code else None
    return {name: code for name, code in found.items() if code}


def _cell(row: Sequence[str], place: int) -> str:
    return " ".join(clean(row[place][:LONGEST_CELL]).split()) if place < len(row) else ""


def _short(column: str, text: str) -> str:
    if len(text) > LONGEST[column]:
        raise Refused(M("contacts.row.too_long", LONGEST[column], column=M(f"contacts.column.{column}")))
    return text


def _email(text: str) -> str:
    """An address in its normal form. It is not repeated when it is wrong: what is printed may be kept."""
    text = text.removeprefix("mailto:").strip("<> ")
    if not text:
        return ""
    address = normal_address(text)
    if address is None:
        raise Refused(M("contacts.row.email"))
    return address
