"""A receipt proves that an entry came in and is what was sent: in the chat, on a page, and without the register."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlmodel import Session, select

from dialogs.domain.entries.receipt import Verdict
from storage.engine.database import Database
from storage.people import privacy
from storage.receipts import check, hashes, issue, keys
from storage.receipts.jws import decode
from storage.tables import CallRow, DraftRow, EntryRow, EntryVersionRow, FileRow, PersonRow, ReceiptRow
from tests.driver import IN_SEASON, ON_ONE_ENGINE, Clock, Stage
from tests.push.sending import entry
from tests.samples import REQUIRED, walk
from tests.service import Service

N15 = pytest.mark.feature("N15")


def received(session: Session, number: int, **answers: object) -> str:
    """An entry with its receipt; the receipt."""
    reference = entry(session, number, **answers)
    version = session.get_one(EntryVersionRow, (reference, 1))
    named = {"id": version.draft_id, "person_id": 1, "call": "2027", "version": "2027"}
    draft = DraftRow.model_validate({**named, "started": IN_SEASON, "touched": IN_SEASON})
    session.add(draft)
    session.flush()
    if "documents" in answers:
        plan = FileRow(id="plan", draft_id=draft.id, source="test:", name="plan.pdf", kind="a/b", size=3, kept=True)
        session.add(plan)
        session.flush()
    return issue.issue(session, version, draft, IN_SEASON).jws


async def verdict(database: Database, text: str) -> Verdict:
    return (await database.read(lambda session: check.verify(session, text))).verdict


@N15
async def test_whoever_sent_an_entry_gets_a_receipt_that_anybody_can_check(database: Database) -> None:
    stage = Stage(database, Clock())
    anna, ben = stage.person("anna"), stage.person("ben")
    await anna.does("new")
    await walk(anna, REQUIRED)
    await anna.taps(".send")
    await anna.taps("Signed receipt")
    signed = next(line.text for line in anna.screen.lines if str(line.text).startswith("eyJ"))
    anna.sees("It holds no personal data")
    reference = await database.read(lambda session: session.exec(select(EntryRow.reference)).one())
    await ben.does("receipt", reference)
    ben.misses("eyJ")
    await ben.does("verify")
    await ben.says(f"They gave me this:\n{signed}\nIs it right?")
    ben.sees("genuine, and the entry is what was sent", reference)
    half = str(signed)[:-6] + "AAAAAA"
    await ben.says(half)
    ben.sees("not signed by this register, or it was changed")
    await ben.says("hello")
    ben.sees("no receipt of this register")
    told = decode(str(signed).split(".")[1]).decode()
    for words in (REQUIRED["contact_name"], REQUIRED["contact_email"], REQUIRED["title"], REQUIRED["org_name"]):
        assert words not in told


@N15
async def test_one_changed_thing_is_noticed(database: Database) -> None:
    first, second, third = await database.write(lambda session: [received(session, number) for number in (1, 2, 3)])
    for signed in (first, second, third):
        assert await verdict(database, signed) is Verdict.VALID
    for place in range(0, len(second), 37):
        changed = second[:place] + ("A" if second[place] != "A" else "B") + second[place + 1 :]
        assert await verdict(database, changed) in (Verdict.FORGED, Verdict.UNREADABLE), place

    def alter(session: Session) -> None:
        row = session.get_one(EntryVersionRow, ("WSIS-2027-000001", 1))
        row.answers = {**row.answers, "title": "Solar networkz"}

    await database.write(alter)
    assert await verdict(database, first) is Verdict.CHANGED
    await database.write(lambda session: session.delete(session.get_one(ReceiptRow, ("2027", 2))))
    assert await verdict(database, second) is Verdict.MISSING
    assert await verdict(database, third) is Verdict.BROKEN


@N15
async def test_a_key_that_was_replaced_signs_no_more_and_what_it_signed_stays_valid(database: Database) -> None:
    before = await database.write(lambda session: received(session, 1))
    await database.write(lambda session: keys.rotate(session, None, IN_SEASON))
    after = await database.write(lambda session: received(session, 2))
    assert before.split(".")[0] != after.split(".")[0]
    assert [await verdict(database, each) for each in (before, after)] == [Verdict.VALID, Verdict.VALID]


@N15
@pytest.mark.feature("N22")
async def test_after_somebody_is_forgotten_their_receipts_are_still_genuine(database: Database) -> None:
    def forget(session: Session) -> None:
        person = PersonRow(created=IN_SEASON, seen=IN_SEASON)
        session.add(person)
        session.flush()
        for row in (*session.exec(select(EntryRow)), *session.exec(select(DraftRow))):
            row.person_id = person.id or 0
        session.flush()
        privacy.forget(session, person.id or 0)

    kept, gone = await database.write(lambda session: (received(session, 1), received(session, 2, publish=False)))
    await database.write(forget)
    assert await verdict(database, kept) is Verdict.VALID
    assert await verdict(database, gone) is Verdict.ERASED


@N15
@ON_ONE_ENGINE
async def test_a_file_that_comes_after_its_entry_is_covered_by_a_second_receipt(database: Database) -> None:
    first = await database.write(lambda session: received(session, 1, documents=["plan"]))
    assert check.read(first, await database.read(keys.public_keys))[1]["files"] == {"plan": None}
    await database.write(lambda session: hashes.note(session, "plan", "ab" * 32, IN_SEASON))
    newest = await database.read(lambda session: issue.newest(session, "WSIS-2027-000001"))
    assert newest is not None and newest.number == 2
    for text in (first, newest.jws):
        assert await verdict(database, text) is Verdict.VALID

    def changed(id: str) -> str:
        return "cd" * 32

    found = await database.read(lambda session: check.verify(session, newest.jws, changed))
    assert found.verdict is Verdict.CHANGED


@N15
async def test_a_receipt_is_checked_on_a_page_and_without_the_register(tmp_path: Path) -> None:
    async with Service(tmp_path) as service:
        database = await Database.open(service.environment["STOCKTAKING_DATABASE_URL"])
        await database.write(lambda session: session.get(CallRow, "2027"))
        signed = await database.write(lambda session: received(session, 900, targets=None))
        await database.close()
        from tests.web.plain import plain

        async with plain(service.url) as browser:
            await browser.asks("GET", "/.well-known/jwks.json")
            (tmp_path / "jwks.json").write_text(browser.page)
            await browser.asks("GET", "/verify")
            await browser.asks("POST", "/verify", data={"text": signed}, headers={"Origin": service.url})
            assert "genuine" in browser.page and "WSIS-2027-000900" in browser.page
            await browser.asks("POST", "/verify", data={"text": signed[:-2] + "AA"}, headers={"Origin": service.url})
            assert "not signed by this register" in browser.page
    receipt, export = tmp_path / "receipt.txt", tmp_path / "export.json"
    receipt.write_text(signed)
    code, out, _ = await service.command("entries", "export")
    export.write_text(out)
    offline = Service(tmp_path / "elsewhere", database_url="sqlite:////nowhere/at/all.sqlite3")
    words = ("verify", str(receipt), "--keys", str(tmp_path / "jwks.json"), "--entry", str(export))
    code, out, errors = await offline.command(*words)
    assert code == 0 and "WSIS-2027-000900" in out, out + errors
    export.write_text(export.read_text().replace("Solar", "Lunar"))
    assert (await offline.command(*words))[0] == 1
    receipt.write_text(signed[:-9] + "AAAAAAAAA")
    assert (await offline.command(*words))[0] == 1
    assert json.loads((tmp_path / "jwks.json").read_text())["keys"][0]["crv"] == "Ed25519"
