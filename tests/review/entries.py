"""Entries as they stand once they were reviewed, made at once where the review itself is not what is tested."""

from __future__ import annotations

from sqlmodel import Session

from dialogs.domain.entries.entry import EntryState
from storage.engine.database import Database
from storage.tables import EntryRow

__all__ = ["set_state"]


async def set_state(database: Database, state: EntryState, *references: str) -> None:
    """Put entries into a state without anybody's doing; the index learns of it as of any change."""

    def change(session: Session) -> None:
        for reference in references:
            session.get_one(EntryRow, reference).state = state.value

    await database.write(change)
