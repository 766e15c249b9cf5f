"""Putting the parts together: settings in, an `App` out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING

from bot.app import App
from bot.health.database_watch import DatabaseWatch
from bot.questionnaires import registry
from bot.settings import Settings
from bot.turns.turn import Turns
from dialogs.questionnaire.source import loader
from locales.vocabulary import build
from locales.words import Words
from storage.contacts import sealed
from storage.engine import sealing
from storage.engine.database import Database, Tables

if TYPE_CHECKING:  # the first page does not wait for the conversations to be loaded
    from dialogs.machine import Machine

__all__ = ["make_machine", "open_app"]


@cache
def make_machine(words: Words) -> Machine:
    """The state machine over every questionnaire that can be used and every word it understands.

    QuestionnaireError: there is none.
    """
    from dialogs.machine import Machine, World

    versions = loader.versions()
    if not versions:
        raise next(iter(loader.faults().values()))
    return Machine(World(versions, build(words)))


def _machine(words: Words, letters: bool) -> Machine:
    """The machine as the settings want it: where letters can be sent, people are asked about them."""
    machine = make_machine(words)
    return replace(machine, world=replace(machine.world, letters=True)) if letters else machine


@asynccontextmanager
async def open_app(settings: Settings, tables: Tables = Tables.MAKE) -> AsyncIterator[App]:
    """An app over the settings' database, which is closed at the end.

    Only the service and `migrate` upgrade its tables, so that a command from a newer copy of the program elsewhere
    cannot change them under a service that runs.
    """
    words, letters = Words.ours(), settings.mail_url is not None

    async def learn() -> Machine | None:
        """A machine that asks what was published meanwhile; None when nothing was."""
        if not await registry.refresh(database, words):
            return None
        make_machine.cache_clear()
        return await asyncio.to_thread(_machine, words, letters)

    settings.files.mkdir(parents=True, exist_ok=True)
    sealing.use(settings.sealing_keys)
    database = DatabaseWatch(await Database.open(settings.database_url, tables))
    try:
        await database.read(sealed.check)
        if await registry.refresh(database, words):
            make_machine.cache_clear()
        yield App(settings, database, words, Turns(database, partial(_machine, words, letters), renewed=learn))
    finally:
        if registry.forget(words):
            make_machine.cache_clear()
        await database.close()
