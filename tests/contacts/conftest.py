"""A stage with people, and lists of contacts in files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.contact_import.importer import Imported, import_list
from storage.engine.database import Database
from tests.driver import MACHINE, Stage

LIST = """Name,Organisation,E-mail,Country,Language,Kind
Amina Otieno,Lake Community Networks,amina@lakenet.org,Kenya,English,CSO
Élodie Martin,Réseaux du Lac,elodie@example.org,FR,français,BUS
ليلى حسن,وزارة الاتصالات,layla@example.org,مصر,العربية,GOV
"""

Written = Callable[[str], Path]


@pytest.fixture
def stage(database: Database) -> Stage:
    return Stage(database)


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """A list in a file, in UTF-8."""

    def write(text: str) -> Path:
        path = tmp_path / "list.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


async def imported(stage: Stage, path: Path, *, name: str = "", encoding: str | None = None) -> Imported:
    """Take a list in."""
    vocabulary, now = MACHINE.world.vocabulary, stage.clock.now()
    return await import_list(stage.database, vocabulary, path, now, name=name, encoding=encoding)
