"""Carrying an import out: all rows are read before the first is written, then they are written in slices.

It may be broken off at any point: the same import again goes on where it stopped, for its name follows from its files.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.entry_import.plan import Plan
from storage.engine.database import Database
from storage.entries import imported
from storage.entries.imported import Import

__all__ = ["Done", "carry_out", "clashes", "take_back"]

SLICE = 100
"""Entries in one transaction: conversations go on between them."""


@dataclass(frozen=True, slots=True)
class Done:
    new: int
    there: int


async def clashes(database: Database, plan: Plan, which: Import) -> list[str]:
    """References that are there already, and came by no or another import."""
    found: list[str] = []
    for at in range(0, len(plan.entries), SLICE):
        references = [each.reference for each in plan.entries[at : at + SLICE]]
        there = await database.read(lambda session, these=references: imported.known(session, these))  # type: ignore[misc]
        found += [reference for reference, by in there.items() if by != which.id]
    return sorted(found)


async def carry_out(
    database: Database, plan: Plan, which: Import, now: datetime, told: Callable[[int], None] = lambda done: None
) -> Done:
    """Write the entries. `told` hears how many were looked at so far."""
    new = 0
    for at in range(0, len(plan.entries), SLICE):
        some = plan.entries[at : at + SLICE]
        new += await database.write(lambda session, these=some: imported.write(session, which, these, now))  # type: ignore[misc]
        told(at + len(some))
    await database.write(lambda session: imported.note(session, which, new, now))
    return Done(new, len(plan.entries) - new)


async def take_back(database: Database, id: str) -> int:
    """Take the entries of an import away again, but those that were changed since; how many went."""
    total = 0
    while gone := await database.write(lambda session: imported.undo(session, id, SLICE)):
        total += gone
    return total
