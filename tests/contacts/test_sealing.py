"""Contacts are sealed in the database where a key is set, and found, changed, merged and forgotten as before."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session

from storage.contacts import directory, imports, sealed
from storage.contacts.contacts import Contact, Tally, every, keep, weigh
from storage.engine import sealing
from storage.engine.database import Database
from storage.engine.sealing import SealedError
from tests.contacts.conftest import LIST
from tests.service import Service

pytestmark = pytest.mark.feature("H5")

NOW = datetime(2026, 11, 20, tzinfo=UTC)
FIRST, SECOND = "a" * 40, "b" * 40
ANA = Contact("Ana Ruiz", "Redes del Lago", "Ana@lago.example.org", "PE", "es", "CSO")
BEN = Contact("Ben", "", "ben@example.org")
NAMED = ("Ana", "ruiz", "Redes", "lago", "ben@")


@pytest.fixture(autouse=True)
def no_keys() -> Iterator[None]:
    yield
    sealing.use(())


def raw(session: Session) -> list[dict[str, Any]]:
    return [dict(row) for row in session.execute(text("SELECT * FROM contacts ORDER BY id")).mappings()]


def names(session: Session, words: str) -> list[str]:
    return [card.name for card in directory.find(session, words)]


async def test_what_names_somebody_is_sealed_and_all_goes_on(database: Database) -> None:
    def sealed_from_the_start(session: Session) -> None:
        sealing.use([FIRST])
        assert keep(session, [ANA, BEN], NOW, source="one") == Tally(new=2)
        for row in raw(session):
            assert not any(name.casefold() in str(row).casefold() for name in NAMED), row
        assert (raw(session)[0]["country"], raw(session)[0]["kind"]) == ("PE", "CSO"), "audiences are made of these"
        assert keep(session, [ANA], NOW) == Tally(same=1), "the same address is the same contact, sealed or not"
        assert names(session, "redes ana") == ["Ana Ruiz"] and names(session, "BEN@") == ["Ben"]
        assert names(session, "") == ["Ana Ruiz", "Ben"] and names(session, "nobody") == []
        id = directory.find(session, "ana")[0].id
        assert directory.change(session, None, id, {"email": "ben@example.org"}, NOW) == "twice"
        longer = Contact("Ana Ruiz", "Redes del Lago", "ana@lago.example.org", "PE", "fr", "CSO")
        assert weigh(session, [longer]).changed == 1
        assert keep(session, [longer], NOW, source="two").changed == 1
        imports.note(session, "two", "list", Tally(changed=1), NOW)
        undone = imports.undo(session, None, "two", NOW)
        assert undone is not None and undone.restored == 1 and directory.find(session, "ana")[0].language == "es"

    await database.write(sealed_from_the_start)

    def rotated(session: Session) -> None:
        sealing.use([SECOND, FIRST])
        assert sealed.left(session) == 2
        assert keep(session, [ANA, Contact("Cleo", "", "cleo@example.org")], NOW) == Tally(new=1, same=1)
        assert sealed.reseal(session)[1] == 2 and sealed.left(session) == 0
        sealing.use([SECOND])
        session.expire_all()
        assert names(session, "ana") == ["Ana Ruiz"]
        ana, ben = directory.find(session, "ana")[0].id, directory.find(session, "ben")[0].id
        assert directory.merge(session, None, ana, ben, NOW) == ""
        assert directory.remove(session, None, ana, NOW)
        assert keep(session, [ANA], NOW) == Tally(unwanted=1), "who asked to be forgotten stays away"

    await database.write(rotated)


async def test_what_was_kept_before_there_was_a_key_is_sealed_and_opened_again(database: Database) -> None:
    def work(session: Session) -> None:
        keep(session, [ANA, BEN], NOW)
        sealing.use([FIRST])
        session.expire_all()
        assert keep(session, [ANA], NOW) == Tally(same=1) and sealed.left(session) == 2
        last, changed = sealed.reseal(session)
        assert changed == 2 and sealed.reseal(session, last) == (0, 0) and sealed.reseal(session)[1] == 0
        before = raw(session)
        assert all(row["key"].startswith(sealing.PREFIX) for row in before)
        assert before[0]["name"] != before[1]["name"]
        sealing.use([SECOND])
        with pytest.raises(SealedError, match="STOCKTAKING_CONTACT_KEYS"):
            sealed.check(session)
        sealing.use([FIRST], seals=False)
        sealed.reseal(session)
        sealing.use(())
        session.expire_all()
        sealed.check(session)
        assert [(row.name, row.email) for row in every(session)] == [(each.name, each.email) for each in (ANA, BEN)]

    await database.write(work)


async def test_one_changed_byte_is_told(database: Database) -> None:
    def work(session: Session) -> None:
        sealing.use([FIRST])
        keep(session, [ANA], NOW)
        kept = raw(session)[0]["name"]
        changed = kept[:-6] + ("A" if kept[-6] != "A" else "B") + kept[-5:]
        session.execute(text("UPDATE contacts SET name = :name"), {"name": changed})
        session.expire_all()
        with pytest.raises(SealedError, match="changed"):
            names(session, "ana")

    await database.write(work)


async def test_by_the_commands(tmp_path: Path) -> None:
    """Set a key, seal, rotate, look; without the key nothing starts, and it is said in one line."""
    listed = tmp_path / "list.csv"
    await asyncio.to_thread(listed.write_text, LIST, "utf-8")
    service = Service(tmp_path / "service", contact_keys=FIRST)
    await service.in_season()

    async def run(*words: str, keys: str) -> tuple[int, str]:
        service.environment["STOCKTAKING_CONTACT_KEYS"] = keys
        code, out, errors = await service.command(*words)
        assert "Traceback" not in errors, errors
        return code, out + errors

    assert (await run("contacts", "import", str(listed), keys="short"))[0] != 0
    await run("contacts", "import", str(listed), keys="")
    assert "open" in (await run("doctor", keys=""))[1]
    assert "not sealed with the newest key" in (await run("doctor", keys=FIRST))[1]
    assert "are sealed" in (await run("contacts", "seal", keys=FIRST))[1]
    assert "contacts are sealed with the newest key" in (await run("doctor", keys=FIRST))[1]
    with sqlite3.connect(tmp_path / "service" / "stocktaking.sqlite3") as file:
        assert all(name.startswith("sealed:") for (name,) in file.execute("SELECT key FROM contacts"))
    code, said = await run("contacts", "find", "a", keys=SECOND)
    assert code != 0 and "STOCKTAKING_CONTACT_KEYS does not have" in said and len(said.strip().splitlines()) == 1
    assert "0 contacts" not in (await run("contacts", "seal", keys=f"{SECOND},{FIRST}"))[1]
    assert (await run("contacts", "find", "a", keys=SECOND))[0] == 0
    assert "open" in (await run("contacts", "seal", "--off", keys=SECOND))[1]
    assert (await run("contacts", "find", "a", keys=""))[0] == 0
