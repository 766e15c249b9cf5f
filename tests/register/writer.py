"""A process that publishes, withdraws, revises and forgets at random until it is ended.

Run as `python -m tests.register.writer DATABASE_URL SEED`. It says `ready` once it has begun.
"""

from __future__ import annotations

import asyncio
import sys
from random import Random

from sqlmodel import Session, select

from dialogs.domain.entries.entry import EntryState
from storage.engine.database import Database, DatabaseUnavailable, Tables
from storage.people import privacy
from storage.tables import EntryRow, PersonRow
from tests.register.factory import AT, keep, kept

WORDS = ("школа", "écoles", "المدارس", "农村教育", "e-government", "radio", "telemedicine")


def deed(session: Session, chance: Random, base: int, turn: int) -> None:
    """One transaction as the service makes them."""
    entries = session.exec(select(EntryRow).order_by(EntryRow.reference).with_for_update()).all()
    if turn % 5 == 0 or not entries:
        person = base + turn
        session.add(PersonRow(id=person, language="en", created=AT, seen=AT))
        session.flush()
        words = " ".join(chance.choices(WORDS, k=3))
        keep(session, kept(base + turn, title=words, publish=chance.random() < 0.7), person=person)
        return
    entry = chance.choice(entries)
    if turn % 11 == 0 and entry.person_id is not None:
        privacy.forget(session, entry.person_id)
    elif turn % 3 == 0:
        entry.title = " ".join(chance.choices(WORDS, k=2))
    else:
        entry.state = chance.choice(list(EntryState)).value


async def main(url: str, seed: int) -> None:
    database, chance = await Database.open(url, Tables.LEAVE), Random(seed)
    print("ready", flush=True)
    for turn in range(1, 100_000):
        try:
            await database.write(lambda session, turn=turn: deed(session, chance, seed * 10_000, turn))
        except DatabaseUnavailable:
            await asyncio.sleep(0.05)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
