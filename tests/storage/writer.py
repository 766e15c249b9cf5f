"""A writer in a process of its own, to be killed: `python -m tests.storage.writer DATABASE`.

Writes people from 1 on, ten at a time, and prints each number once it is kept.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
from datetime import UTC, datetime
from functools import partial

from sqlmodel import Session

from storage.engine.database import Database
from storage.tables import PersonRow

AT_ONCE = 10


def keep(person: int, session: Session) -> None:
    now = datetime.now(UTC)
    session.add(PersonRow(id=person, created=now, seen=now))


async def work(url: str) -> None:
    database, numbers = await Database.open(url), itertools.count(1)

    async def write() -> None:
        while True:
            person = next(numbers)
            await database.write(partial(keep, person))
            print(person, flush=True)

    await asyncio.gather(*(write() for _ in range(AT_ONCE)))


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1]))
