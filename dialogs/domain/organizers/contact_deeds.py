"""Requests about one contact, and about imports of lists: found, shown, corrected, merged, removed, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.roles import Right

__all__ = [
    "FIELDS",
    "FOUND",
    "ChangeContact",
    "ContactRemoved",
    "ContactTrouble",
    "FindContacts",
    "ImportUndone",
    "ListImports",
    "LookAtContact",
    "MergeContacts",
    "PastImport",
    "ReadRowsToMend",
    "RegroupContact",
    "RemoveContact",
    "RowsToMend",
    "UndoImport",
]

FIELDS = ("name", "organisation", "email", "country", "language", "kind")
"""What is kept of a contact, in the order in which it is shown."""

FOUND = 8
"""Contacts that a search shows; one more is asked for, to know whether there are more."""


class ContactTrouble(StrEnum):
    """Why nothing was done. The words are those of `storage.contacts.directory`."""

    GONE = "gone"
    NOBODY = "nobody"  # neither a name, nor an organisation, nor an address would be left
    TWICE = "twice"  # another contact has this address
    SAME = "same"  # a contact cannot be merged with itself
    TWO_PEOPLE = "two_people"  # each followed a link of their own
    UNDONE = "undone"  # the import was taken back before


@dataclass(frozen=True, slots=True)
class FindContacts(OrganizersRequest):
    """Contacts with all of these words, or one by its number. Result: tuple[ContactCard, ...]."""

    right: ClassVar[Right | None] = Right.CONTACTS
    looks: ClassVar[bool] = True
    text: str = ""
    limit: int = FOUND + 1


@dataclass(frozen=True, slots=True)
class LookAtContact(OrganizersRequest):
    """Result: ContactCard, or ContactTrouble."""

    right: ClassVar[Right | None] = Right.CONTACTS
    id: int = 0


@dataclass(frozen=True, slots=True)
class ChangeContact(OrganizersRequest):
    """Say something else of a contact. `field`: one of FIELDS; `value` as it is kept, "" for nothing.

    Result: ContactCard, or ContactTrouble.
    """

    right: ClassVar[Right | None] = Right.CONTACTS
    id: int = 0
    field: str = "name"
    value: str = ""


@dataclass(frozen=True, slots=True)
class RegroupContact(OrganizersRequest):
    """Put a contact into these groups and no others. Result: ContactCard, or ContactTrouble."""

    right: ClassVar[Right | None] = Right.CONTACTS
    id: int = 0
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MergeContacts(OrganizersRequest):
    """Make the other contact one with the first. Result: ContactCard of the first, or ContactTrouble."""

    right: ClassVar[Right | None] = Right.CONTACTS
    id: int = 0
    other: int = 0


@dataclass(frozen=True, slots=True)
class RemoveContact(OrganizersRequest):
    """Remove a contact for good. Result: ContactRemoved, or ContactTrouble."""

    right: ClassVar[Right | None] = Right.CONTACTS
    id: int = 0


@dataclass(frozen=True, slots=True)
class ContactRemoved:
    """A contact is gone; no list brings them back."""

    id: int


@dataclass(frozen=True, slots=True)
class ListImports(OrganizersRequest):
    """The newest imports of lists. Result: tuple[PastImport, ...]."""

    right: ClassVar[Right | None] = Right.CONTACTS
    looks: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class PastImport:
    """A list that was taken in: how many contacts were new and changed, and whether it was taken back."""

    id: str
    name: str
    at: datetime
    new: int
    changed: int
    undone: bool


@dataclass(frozen=True, slots=True)
class UndoImport(OrganizersRequest):
    """Take an import back. Result: ImportUndone, or ContactTrouble."""

    right: ClassVar[Right | None] = Right.CONTACTS
    id: str = ""


@dataclass(frozen=True, slots=True)
class ImportUndone:
    """How many contacts went, how many say again what they said before, how many stay as they followed their link."""

    removed: int
    restored: int
    kept: int


@dataclass(frozen=True, slots=True)
class ReadRowsToMend(OrganizersRequest):
    """The rows of one's newest list that could not be read whole. Result: RowsToMend."""

    right: ClassVar[Right | None] = Right.CONTACTS
    looks: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class RowsToMend:
    """`header`: the list's own. `rows`: each as it stands, its number, what is wrong with it (`contacts.frozen`)."""

    header: tuple[str, ...] = ()
    rows: tuple[tuple[tuple[str, ...], int, tuple[object, ...]], ...] = ()
