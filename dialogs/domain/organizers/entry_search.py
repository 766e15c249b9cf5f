"""Requests about the register: entries that were sent, found by what they are about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.roles import Right
from dialogs.domain.values.plain_data import rebuild

__all__ = ["Found", "FoundEntry", "Published", "ReadEntry", "SearchEntries", "Wanted"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; all that is set must hold. `line` is an Action Line or one of C7's applications
    (`C7-ehea`), `goal` a number, `country` an ISO code, `call` a year; `words` all stand in the title, the
    organisation's name or the description, in any case and with or without accents.
    """

    line: str = ""
    goal: str = ""
    country: str = ""
    call: str = ""
    words: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Wanted:
        return rebuild(cls, data)


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """An entry, as far as organizers see it in a list. Nothing of it is about a person."""

    reference: str
    title: str
    organisation: str
    country: str
    call: str
    lines: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    description: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """How many entries there are, and those on the page that was asked for, newest first."""

    number: int
    entries: tuple[FoundEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchEntries(OrganizersRequest):
    """Result: Found."""

    right: ClassVar[Right | None] = Right.ENTRIES
    looks: ClassVar[bool] = True
    wanted: Wanted
    skip: int = 0
    limit: int = 6


@dataclass(frozen=True, slots=True)
class ReadEntry(OrganizersRequest):
    """Result: FoundEntry, or None when there is none (any more)."""

    right: ClassVar[Right | None] = Right.ENTRIES
    reference: str


@dataclass(frozen=True, slots=True)
class Published:
    """What anybody finds: how many published entries, some of them, and what most of them are about.

    `lines` and `goals` have codes and how many of the entries have each, the commonest first.
    """

    number: int
    entries: tuple[FoundEntry, ...] = ()
    lines: tuple[tuple[str, int], ...] = ()
    goals: tuple[tuple[str, int], ...] = ()
