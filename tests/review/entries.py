"""Entries as they stand once they were reviewed, made at once where the review itself is not what is tested."""

from __future__ import annotations

from sqlmodel import col, update

from dialogs.domain.entry import EntryState
from storage.engine.database import Database
from storage.tables import EntryRow

__all__ = ["set_state"]


async def set_state(database: Database, state: EntryState, *references: str) -> None:
    """Put entries into a state without anybody's doing."""
    which = col(EntryRow.reference).in_(references)
    await database.write(lambda session: session.exec(update(EntryRow).where(which).values(state=state.value)))
