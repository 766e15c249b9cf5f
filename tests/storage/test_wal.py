"""SQLite's write-ahead log: what it grew to beside a long reader is given back, and nothing is left at the end."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from storage.engine.database import Database
from storage.people import people, transcripts

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def size_of(file: Path) -> int:
    """In bytes; 0 when there is none."""
    return file.stat().st_size if file.exists() else 0


@pytest.mark.feature("S13", "S19")
async def test_the_log_beside_the_file_shrinks_again_and_is_gone_when_all_have_closed(tmp_path: Path) -> None:
    file = tmp_path / "stocktaking.sqlite3"
    log = Path(f"{file}-wal")
    database = await Database.open(f"sqlite:///{file}")
    reader = sqlite3.connect(file, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM people").fetchone()  # from now on nothing in the log may be overwritten

    def says_much(session: Session) -> None:
        anna = people.arrive(session, "test", "anna", now=NOW)
        for _ in range(40):
            transcripts.append(session, anna, "person", "x" * 50_000, NOW)

    for _ in range(3):
        await database.write(says_much)
    assert size_of(log) > 2_000_000
    reader.close()
    await database.tidy()
    assert size_of(log) == 0
    await database.write(says_much)
    await database.close()
    assert size_of(log) == 0
