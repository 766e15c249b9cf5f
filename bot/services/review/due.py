"""Authors who were asked for changes are reminded before and after the due date, as long as they have not answered."""

from __future__ import annotations

from datetime import datetime

from storage.engine.database import Database
from storage.review import rounds

__all__ = ["remind_authors"]


async def remind_authors(database: Database, now: datetime) -> int:
    """Put what is owed by now into the ledger; how many reminders that were. Nothing is written when nothing is."""
    if not await database.read(lambda session: rounds.is_owed(session, now)):
        return 0
    return await database.write(lambda session: rounds.remind(session, now))
