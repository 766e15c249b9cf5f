"""The register in the chat: typed words and codes, buttons that narrow and widen, a card, related entries."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from dialogs.screens import Screen
from storage.engine.database import Database
from storage.entries import published_search
from storage.tables import EntryRow
from tests.driver import Stage
from tests.register.factory import keep, kept


def codes(screen: Screen) -> list[str]:
    return [choice.code for row in screen.rows for choice in row]


def radio(number: int) -> EntryRow:
    return kept(number, title=f"Community radio, part {number}", lines=["C9"], sublines=None)


@pytest.mark.feature("X1", "G3", "G15")
async def test_published_entries_are_explored_by_typing_and_by_buttons(database: Database) -> None:
    await database.write(
        lambda session: keep(
            session,
            *(radio(number) for number in range(1, 9)),
            kept(20, title="Radio without consent", publish=False),
            kept(21, title="Telemedicine for islands", org_country="FJ", countries=["FJ"]),
        )
    )
    anna = Stage(database).person("anna")
    screen = await anna.does("search")
    assert screen.name == "explore"
    assert anna_sees(screen, 9)
    screen = await anna.says("radio Kenya")
    assert anna_sees(screen, 8)
    assert {".drop:words", ".drop:country", ".goal:4", ".page:1"} <= set(codes(screen))
    screen = await anna.taps(".goal:4")
    assert ".drop:goal" in codes(screen) and ".goal:9" not in codes(screen)
    screen = await anna.taps(".drop:words")
    screen = await anna.taps(".page:1")
    assert "entry:WSIS-2027-000001" in codes(screen)
    screen = await anna.taps("entry:WSIS-2027-000001")
    assert screen.name == "explored"
    related = [code for code in codes(screen) if code.startswith("entry:")]
    assert len(related) == 3 and "entry:WSIS-2027-000020" not in related
    await anna.taps(related[0])
    screen = await anna.taps(".back")
    assert screen.name == "explore"


def anna_sees(screen: Screen, number: int) -> bool:
    return any(getattr(line.text, "count", None) == number for line in screen.lines)


@pytest.mark.feature("X1", "N22")
async def test_a_withdrawn_entry_is_gone_from_an_open_list(database: Database) -> None:
    await database.write(lambda session: keep(session, radio(1), radio(2)))
    anna = Stage(database).person("anna")
    await anna.does("search", "radio")

    def withdraw(session: Session) -> None:
        for entry in session.exec(select(EntryRow)):
            entry.state = "withdrawn"

    await database.write(withdraw)
    screen = await anna.taps("entry:WSIS-2027-000001")
    assert "radio" not in str([line.text for line in screen.lines])


@pytest.mark.feature("X1", "H1")
async def test_while_one_types_published_entries_are_found_by_the_beginnings_of_words(database: Database) -> None:
    hidden = kept(3, title="Community radio without consent", publish=False)
    await database.write(lambda session: keep(session, radio(1), radio(2), hidden))
    found = await database.read(lambda session: published_search.begun(session, "comm rad", 20))
    assert [entry.reference for entry in found] == []
    found = await database.read(lambda session: published_search.begun(session, "community rad", 20))
    assert [entry.reference for entry in found] == ["WSIS-2027-000002", "WSIS-2027-000001"]
