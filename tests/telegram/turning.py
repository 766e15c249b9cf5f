"""The order in which turns were really taken, and what they came to, wholly: for comparing one order with another."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from storage.engine.database import Database
from tests import postgres
from tests.botapi.people import Person
from tests.telegram.looking import conversation_of

__all__ = ["copied", "note_order", "order_of", "outcome_of"]

NOTING = (
    "create table turns_taken (place serial primary key, update_id text not null)",
    """create function note_turn() returns trigger language plpgsql as $$
    begin insert into turns_taken (update_id) values (new.update_id); return null; end $$""",
    """create trigger note_turn after insert on handled_updates for each row when (new.channel = 'telegram')
    execute function note_turn()""",
)
"""The store itself numbers a person's turns: each mark is made while the turn holds the person's row."""

MOMENTS = {"at", "touched", "last"}
"""When something happened: of a press this is when we heard of it."""


async def note_order(url: str) -> None:
    """From now on keep the order in which updates are handled."""

    def work(session: Session) -> None:
        for statement in NOTING:
            session.execute(text(statement))

    await _with(url, work)


async def order_of(url: str, updates: set[int]) -> list[int]:
    """These updates, in the order in which their turns were taken."""
    noted: list[int] = []

    def work(session: Session) -> None:
        noted.extend(int(id) for (id,) in session.execute(text("select update_id from turns_taken order by place")))

    await _with(url, work)
    return [id for id in noted if id in updates]


async def _with(url: str, work: Any) -> None:
    database = await Database.open(url)
    try:
        await database.write(work)
    finally:
        await database.close()


def copied(url: str) -> str:
    """The address of a database with all that is in this one now."""
    folder, other = postgres.binaries(), postgres.new_database()
    assert folder is not None
    dumped = subprocess.run([folder / "pg_dump", url], check=True, capture_output=True)
    subprocess.run(
        [folder / "psql", "-q", "-v", "ON_ERROR_STOP=1", other], input=dumped.stdout, check=True, capture_output=True
    )
    return other


async def outcome_of(url: str, person: Person) -> Any:
    """All that the store knows of a person's conversation, without moments: place, stamp, drafts, every answer."""
    return _without_moments(asdict(await conversation_of(url, person)))


def _without_moments(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _without_moments(item) for key, item in value.items() if key not in MOMENTS}
    if isinstance(value, list | tuple):
        return [_without_moments(item) for item in value]
    return value
