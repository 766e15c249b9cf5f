"""Lists that organizers sent in the chat: read as soon as their bytes are here, and then deleted."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from bot.app import App
from bot.contact_import.errors import ListError
from bot.contact_import.importer import import_list
from dialogs.domain.messages import M
from dialogs.domain.organizers.contacts import frozen
from storage.contacts import sent_lists

__all__ = ["read_waiting", "reading_lists"]

log = logging.getLogger(__name__)

EVERY = 2.0
"""Seconds between looks for lists."""

TOLD = 10
"""Things that could not be read, told in the chat: what fits on a screen."""

MENDED = 1_000
"""Rows to mend that are kept for the file which is sent back; a longer list is mended from the command line."""

UNUSED = 12
"""Columns that nothing was read from, named in the chat."""


async def reading_lists(app: App) -> None:
    """Read lists for ever."""
    while True:
        try:
            await read_waiting(app)
        except Exception:
            log.exception("lists of contacts could not be read, trying again")
        await asyncio.sleep(EVERY)


async def read_waiting(app: App) -> None:
    """Read the lists that wait."""
    for id, name, person in await app.database.read(sent_lists.waiting):
        result = await _read(app, id, name, person)
        await app.database.write(lambda session, id=id, result=result: sent_lists.done(session, id, result))  # type: ignore[misc]
        await asyncio.to_thread((app.settings.files / id).unlink, missing_ok=True)


async def _read(app: App, id: str, name: str, person: int) -> Mapping[str, Any]:
    path, now = app.settings.files / id, app.turns.now()
    vocabulary = app.turns.machine.world.vocabulary
    try:
        found = await import_list(app.database, vocabulary, path, now, name=name, person=person, most=MENDED)
    except ListError as error:
        return {"error": frozen(error.what)}
    except FileNotFoundError:
        return {"error": frozen(M("contacts.list.gone"))}
    tally = found.tally
    numbers = {"new": tally.new, "changed": tally.changed, "same": tally.same, "unwanted": tally.unwanted}
    problems = [[problem.row, frozen(problem.what)] for problem in found.problems[:TOLD]]
    mend = [[list(problem.cells), problem.row, frozen(problem.what)] for problem in found.problems]
    more = {"lacking": found.lacking, "unused": list(found.unused[:UNUSED]), "header": list(found.header), "mend": mend}
    return {**numbers, **more, "refused": found.refused, "all": sum(found.reasons.values()), "problems": problems}
