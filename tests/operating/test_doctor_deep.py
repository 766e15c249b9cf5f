"""`stocktaking doctor --deep` reads everything, and says where something is not as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import Session

from storage.engine.database import Database
from storage.entries import integrity
from storage.search import rebuild
from storage.tables import CallRow, EntryRow, EntryVersionRow, FileRow, ReceiptRow
from tests.receipts.test_receipts import received
from tests.service import Service


@pytest.mark.feature("O3", "N15")
async def test_each_thing_that_is_not_as_it_was_is_named(database: Database) -> None:
    await database.write(lambda session: [received(session, number) for number in (1, 2, 3)])
    await database.write(lambda session: setattr(session.get_one(CallRow, "2027"), "last_number", 3))

    def problems(session: Session) -> list[str]:
        checks = (integrity.references, integrity.entries, integrity.receipts, rebuild.differences)
        return [problem for check in checks for problem in check(session)]

    assert await database.read(problems) == []

    def harm(session: Session) -> None:
        session.get_one(EntryRow, "WSIS-2027-000001").version = 2
        row = session.get_one(EntryVersionRow, ("WSIS-2027-000003", 1))
        row.answers = {**row.answers, "title": "Another"}
        session.delete(session.get_one(ReceiptRow, ("2027", 2)))
        session.get_one(CallRow, "2027").last_number = 4

    await database.write(harm)
    found = await database.read(problems)
    for said in (
        *("WSIS-2027-000004 was given and has no entry", "WSIS-2027-000001 lacks a version"),
        *("WSIS-2027-000003 says something else than its version 1", "breaks before number 3: 2 is missing"),
        "the receipt of WSIS-2027-000003.1 is not borne out (changed)",
    ):
        assert any(said in each for each in found), (said, found)


async def test_a_file_that_changed_or_went_is_named(tmp_path: Path) -> None:
    command = Service(tmp_path)
    database = await Database.open(command.environment["STOCKTAKING_DATABASE_URL"])
    await database.write(lambda session: received(session, 1, documents=["plan"]))

    def hashed(session: Session) -> None:
        session.get_one(FileRow, ("plan", "WSIS-2027-000001/1")).sha256 = "ab" * 32
        session.get_one(CallRow, "2027").last_number = 1

    await database.write(hashed)
    await database.close()
    (tmp_path / "files").mkdir(exist_ok=True)
    code, out, _ = await command.command("doctor", "--deep")
    assert code == 1 and "MEND  the file plan is not in" in out
    assert "ok    every reference that was given has its entry" in out
    (tmp_path / "files" / "plan").write_text("other bytes")
    code, out, _ = await command.command("doctor", "--deep")
    assert code == 1 and "the file plan has changed since it came" in out
