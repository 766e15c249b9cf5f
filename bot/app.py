"""What every channel gets: the settings, the store, the words and the way to take a turn."""

from __future__ import annotations

from dataclasses import dataclass

from bot.settings import Settings
from bot.turns.turn import Turns
from locales.words import Words
from storage.engine.database import Database

__all__ = ["App"]


@dataclass(frozen=True, slots=True)
class App:
    settings: Settings
    database: Database
    words: Words
    turns: Turns
