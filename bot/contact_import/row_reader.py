"""A list as contacts: each row understood as far as it can be; what cannot be read is left empty, and said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from bot.contact_import.errors import ListError
from bot.contact_import.headers import Columns, columns_of
from dialogs.answers.text import clean
from dialogs.domain.messages import M, Message
from dialogs.domain.question_roles import QuestionRole
from dialogs.organizers.contacts.contact_cells import EMPTY, Cells, is_total
from dialogs.questionnaire.source import loader
from dialogs.text.vocabulary import Vocabulary
from storage.contacts.contacts import Contact, key_of

__all__ = ["Problem", "Reader"]

LONGEST_CELL = 600
"""Characters of a cell that are looked at: longer than anything that is taken, so that a cut one is refused as well."""

HEADER_WITHIN = 10
"""Rows at the beginning of a sheet among which the header may be: titles, dates and logos stand above it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row (rows are counted as the file has them, from 1); `what` says what to do.

    `left_out`: whether the whole row is left out; else the person came in without what could not be read. `cells`: the
    row as it stands, for a file of the rows to mend.
    """

    row: int
    what: Message
    left_out: bool = True
    cells: tuple[str, ...] = ()


class Reader:
    """Reads lists with the words of every language.

    `columns` and `header` are known once the first contact came.
    """

    def __init__(self, vocabulary: Vocabulary, words: Mapping[str, str] = EMPTY) -> None:
        self._cells = Cells(vocabulary, _kinds(), words)
        self.columns = Columns({})
        self.header: tuple[str, ...] = ()

    def read(self, tables: Iterable[Iterator[Sequence[str]]]) -> Iterator[Contact | Problem]:
        """Each row after the header as a contact, with a problem for each cell that is left empty, or a problem alone.

        The list is the first table whose header is known; rows without a person in them are passed over. Of two rows
        about the same person the first counts. ListError when no header says anything, or no row is there.
        """
        rows = self._list(tables)
        seen: dict[int, int] = {}
        is_empty = True
        for number, row in rows:
            cells = {column: _cell(row, places) for column, places in self.columns.places.items()}
            if not any(cells.values()) or self._is_sum(row, cells):
                continue
            if (heading := self._heading(row, cells)) is not None:
                yield Problem(number, M("contacts.row.heading", text=heading[:60]), cells=tuple(row))
                is_empty = False
                continue
            is_empty = False
            yield from self._row(number, row, cells, seen)
        if is_empty:
            raise ListError(M("contacts.list.no_rows"))

    def _list(self, tables: Iterable[Iterator[Sequence[str]]]) -> Iterator[tuple[int, Sequence[str]]]:
        """The rows below the header of the first table that has one, numbered."""
        for table in tables:
            rows = enumerate(table, start=1)
            beginning = list(islice(rows, HEADER_WITHIN))
            for at, (_, row) in enumerate(beginning):
                columns = columns_of(row)
                if columns.name_somebody and (len(columns.places) > 1 or "email" in columns.places):
                    self.columns, self.header = columns, tuple(row)
                    return chain(beginning[at + 1 :], rows)
        raise ListError(M("contacts.list.header"))

    def _is_sum(self, row: Sequence[str], cells: Mapping[str, str]) -> bool:
        """Whether a row sums up, or is the header once more."""
        if "@" in cells.get("email", ""):
            return False
        filled = [text for text in row if text and text.strip()]
        return any(is_total(text) for text in filled[:2]) or tuple(row) == self.header

    def _heading(self, row: Sequence[str], cells: Mapping[str, str]) -> str | None:
        """What stands alone in a row, as a name and nothing else, where there are columns for much more."""
        places = self.columns.places
        filled = [text for text in row if text and text.strip()]
        is_named = bool(cells.get("name") or cells.get("organisation") or cells.get("given") or cells.get("family"))
        is_alone = len(filled) == 1 and is_named and len(places) > 2 and "email" in places
        return " ".join(filled[0].split()) if is_alone else None

    def _row(
        self, number: int, row: Sequence[str], cells: Mapping[str, str], seen: dict[int, int]
    ) -> Iterator[Contact | Problem]:
        contact, missed = self._contact(cells)
        as_it_stands = tuple(row)
        has_bad_address = bool(cells.get("email")) and not contact.email and any(m.key == BAD_ADDRESS for m in missed)
        if has_bad_address or not (contact.email or contact.name or contact.organisation):
            yield Problem(number, missed[0] if has_bad_address else M("contacts.row.nobody"), cells=as_it_stands)
            return
        first = seen.setdefault(hash(key_of(contact)), number)
        if first != number:
            yield Problem(number, M("contacts.row.twice", row=first), cells=as_it_stands)
            return
        yield contact
        for what in missed:
            yield Problem(number, what, left_out=False, cells=as_it_stands)

    def _contact(self, cells: Mapping[str, str]) -> tuple[Contact, list[Message]]:
        read = self._cells
        name = cells.get("name") or f"{cells.get('given', '')} {cells.get('family', '')}".strip()
        country = read.state(cells["state"]) if "state" in cells else read.country(cells.get("country", ""))
        understood = (
            read.email(cells.get("email", "")),
            read.short("name", name),
            read.short("organisation", cells.get("organisation", "")),
            country,
            read.language(cells.get("language", "")),
            read.kind(cells.get("kind", "")),
        )
        email, person, organisation, code, language, kind = (value for value, _ in understood)
        missed = [what for _, what in understood if what is not None]
        return Contact(person, organisation, email, code, language, kind), missed


BAD_ADDRESS = "contacts.row.email"


def _kinds() -> tuple[str, ...]:
    """Codes of the kinds of organization."""
    return tuple(loader.codes_of(QuestionRole.ORGANIZATION_KIND))


def _cell(row: Sequence[str], places: Sequence[int]) -> str:
    """The first of a column's cells that says something; of several for addresses, the first that has one."""
    texts = [" ".join(clean(row[place][:LONGEST_CELL]).split()) for place in places if place < len(row)]
    return next((text for text in texts if "@" in text), next(filter(None, texts), ""))
