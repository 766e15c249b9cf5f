"""A whole list taken in: read row by row, kept a thousand at a time, so that no conversation waits for it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from sqlmodel import Session

from bot.contact_import.row_reader import Problem, Reader
from bot.contact_import.tables import tables_of
from dialogs.text.vocabulary import Vocabulary
from storage.contacts import contacts
from storage.contacts.contacts import Contact, Tally
from storage.engine.database import Database
from storage.organizers import organizers

__all__ = ["Imported", "import_list"]

SLICE = 1_000
"""Rows in one transaction."""


@dataclass
class Imported:
    """What became of a list: the contacts, and what could not be read (of these problems, `most` are kept to be shown).

    `refused`: rows that were left out; `lacking`: people who came in without something that could not be read.
    `reasons`: how many problems there were of each kind, by the key of their message. `unused`: what the columns are
    called that nothing was read from. `header`: the list's own.
    """

    most: int = 1_000_000
    tally: Tally = field(default_factory=Tally)
    problems: list[Problem] = field(default_factory=list)
    refused: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    unused: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    _lacking: set[int] = field(default_factory=set)

    @property
    def lacking(self) -> int:
        return len(self._lacking)

    def add(self, problem: Problem) -> None:
        self.reasons[problem.what.key] += 1
        if problem.left_out:
            self.refused += 1
        else:
            self._lacking.add(problem.row)
        if len(self.problems) < self.most:
            self.problems.append(problem)


async def import_list(
    database: Database,
    vocabulary: Vocabulary,
    path: Path,
    now: datetime,
    *,
    name: str = "",
    encoding: str | None = None,
    person: int | None = None,
    most: int = 1_000_000,
    progress: Callable[[int], None] = lambda done: None,
) -> Imported:
    """Take a list in; the same one twice changes nothing. ListError when it is none.

    `person`: the organizer who sent it (None: the command line). `progress` hears how many rows are done.
    """
    found = Imported(most)
    reader = Reader(vocabulary)
    read = reader.read(tables_of(path, name=name, encoding=encoding))
    done = 0
    while some := await asyncio.to_thread(_some, read):
        kept = [row for row in some if isinstance(row, Contact)]
        for row in some:
            if isinstance(row, Problem):
                found.add(row)
        found.tally += await database.write(lambda session, kept=kept: contacts.keep(session, kept, now))  # type: ignore[misc]
        done += len(some)
        progress(done)
    found.unused, found.header = reader.columns.unused, reader.header
    await database.write(lambda session: _record(session, person, found, now))
    return found


def _some(read: Iterator[Contact | Problem]) -> list[Contact | Problem]:
    return list(islice(read, SLICE))


def _record(session: Session, person: int | None, found: Imported, now: datetime) -> None:
    tally = found.tally
    counts = {"new": tally.new, "changed": tally.changed, "refused": found.refused}
    organizers.record(session, person, "contacts_imported", "", now, **counts)
