"""A whole list taken in: read row by row, kept a thousand at a time, so that no conversation waits for it."""

from __future__ import annotations

import asyncio
import secrets
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
from storage.contacts import contacts, imports, kind_words
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
    called that nothing was read from. `header`: the list's own. `id`: by which the import is undone.
    """

    most: int = 1_000_000
    id: str = ""
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
    group: str = "",
    dry_run: bool = False,
) -> Imported:
    """Take a list in; the same one twice changes nothing. ListError when it is none.

    `group`: everybody on the list is in it from then on. `dry_run`: only say what would become of it.

    `person`: the organizer who sent it (None: the command line). `progress` hears how many rows are done.
    """
    found = Imported(most, id=f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}")
    reader = Reader(vocabulary, await database.read(kind_words.every))
    read = reader.read(tables_of(path, name=name, encoding=encoding))
    done = 0
    while some := await asyncio.to_thread(_some, read):
        kept = [row for row in some if isinstance(row, Contact)]
        for row in some:
            if isinstance(row, Problem):
                found.add(row)
        if dry_run:
            found.tally += await database.read(lambda session, kept=kept: contacts.weigh(session, kept))  # type: ignore[misc]
        else:
            found.tally += await database.write(
                lambda session, kept=kept: contacts.keep(session, kept, now, source=found.id, group=group)  # type: ignore[misc]
            )
        done += len(some)
        progress(done)
    found.unused, found.header = reader.columns.unused, reader.header
    if not dry_run:
        await database.write(lambda session: _record(session, person, found, name or path.name, now))
    return found


def _some(read: Iterator[Contact | Problem]) -> list[Contact | Problem]:
    return list(islice(read, SLICE))


def _record(session: Session, person: int | None, found: Imported, name: str, now: datetime) -> None:
    tally = found.tally
    if tally.new or tally.changed:
        imports.note(session, found.id, name, tally, now)
    counts = {"new": tally.new, "changed": tally.changed, "refused": found.refused}
    organizers.record(session, person, "contacts_imported", "", now, **counts)
