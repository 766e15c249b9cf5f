"""The index says what the entries say, after whatever was done to them, on both engines."""

from __future__ import annotations

from itertools import count
from random import Random

import pytest
from sqlmodel import Session, col, select

from dialogs.domain.entries.entry import EntryState
from dialogs.questionnaire.register import EntryQuery
from storage.engine.database import Database
from storage.people import privacy
from storage.search import postings, rebuild
from storage.search.query import search
from storage.tables import EntryRow, EntryVersionRow, IndexedRow, PersonRow, PostingRow
from tests.register.factory import AT, keep, kept

STATES = list(EntryState)


def found(session: Session, words: str = "", **wanted: str) -> list[str]:
    """References, in the order of the search."""
    numbers = search(session, EntryQuery.of(words, {facet: (value,) for facet, value in wanted.items()})).page(50)
    known = {row.number: row.reference for row in session.exec(select(IndexedRow))}
    return [known[place.number] for place in numbers]


@pytest.mark.feature("G2")
async def test_whatever_is_done_to_entries_the_index_is_what_making_it_anew_would_give(database: Database) -> None:
    chance, fresh = Random(740), count(100)
    await database.write(lambda session: keep(session, *(kept(number, EntryState.RECEIVED) for number in range(1, 9))))

    def do_something(session: Session) -> None:
        for _ in range(chance.randint(1, 4)):
            entries = session.exec(select(EntryRow).order_by(EntryRow.reference)).all()
            entry, deed = chance.choice(entries), chance.randrange(5)
            if deed < 2:
                entry.state = chance.choice(STATES).value
            elif deed == 2:
                words = " ".join(chance.choices(("школа", "écoles", "المدارس", "农村教育", "e-government"), k=3))
                entry.answers = {**entry.answers, "title": words, "publish": chance.random() < 0.8}
                entry.title = words
            elif deed == 3 and len(entries) > 3:
                session.delete(session.get_one(EntryVersionRow, (entry.reference, 1)))
                session.flush()
                session.delete(entry)
                session.flush()
            else:
                keep(session, kept(next(fresh), chance.choice(STATES)))

    for _ in range(25):
        await database.write(do_something)
    assert await database.read(rebuild.differences) == []
    public = await database.read(lambda session: len(search(session, EntryQuery())))
    shown = await database.read(
        lambda session: sum(row.state == "published" and row.publish for row in session.exec(select(EntryRow)))
    )
    assert public == shown


async def test_a_failed_transaction_leaves_the_index_as_it_was(database: Database) -> None:
    await database.write(lambda session: keep(session, kept(1)))

    def fail(session: Session) -> None:
        session.get_one(EntryRow, "WSIS-2027-000001").state = EntryState.SPAM.value
        session.flush()
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        await database.write(fail)
    assert await database.read(lambda session: found(session, "solar")) == ["WSIS-2027-000001"]


@pytest.mark.feature("G1", "S13")
async def test_after_forget_no_token_of_what_was_not_published_is_left(database: Database) -> None:
    def prepare(session: Session) -> None:
        session.add(PersonRow(id=7, language="en", created=AT, seen=AT))
        session.flush()
        keep(session, kept(1, title="Zaphod Beeblebrox school", publish=False), person=7)
        keep(session, kept(2, title="Open lake data"), person=7)

    await database.write(prepare)
    assert await database.read(lambda session: bool(postings.read(session, ["zaphod", "t:beeblebrox"])))
    await database.write(lambda session: privacy.forget(session, 7))
    left = await database.read(
        lambda session: [row for row in session.exec(select(PostingRow.token)) if "zaphod" in row or "beebl" in row]
    )
    assert left == []
    assert await database.read(rebuild.differences) == []
    assert await database.read(lambda session: found(session)) == ["WSIS-2027-000002"]
    assert await database.read(lambda session: session.exec(select(IndexedRow.reference)).all()) == ["WSIS-2027-000002"]


@pytest.mark.feature("G1")
async def test_only_what_is_published_with_consent_is_found_or_counted(database: Database) -> None:
    await database.write(
        lambda session: keep(
            session,
            kept(1, title="Telemedicine for islands"),
            kept(2, title="Telemedicine without consent", publish=False),
            *(kept(number, state, title="Telemedicine") for number, state in enumerate(STATES, 10)
              if state is not EntryState.PUBLISHED),
        )
    )  # fmt: skip
    assert await database.read(lambda session: found(session, "telemedicine")) == ["WSIS-2027-000001"]
    counts = await database.read(lambda session: search(session, EntryQuery()).counts)
    assert counts["line"] == {"C2": 1, "C7": 1, "C7-eagr": 1}
    assert counts["goal"] == {"4": 1, "9": 1}
    assert await database.read(lambda session: found(session, "nomination")) == []
    assert await database.read(lambda session: found(session, "Otieno")) == []
    await database.write(lambda session: _withdraw(session, "WSIS-2027-000001"))
    assert await database.read(lambda session: found(session, "telemedicine")) == []


def _withdraw(session: Session, reference: str) -> None:
    session.get_one(EntryRow, reference).state = EntryState.WITHDRAWN.value


@pytest.mark.feature("G3")
async def test_values_of_a_facet_are_alternatives_and_facets_narrow_each_other(database: Database) -> None:
    await database.write(
        lambda session: keep(
            session,
            kept(1, lines=["C2"], sublines=None, goals=["4"]),
            kept(2, lines=["C3"], sublines=None, goals=["4", "5"]),
            kept(3, lines=["C4"], sublines=None, goals=["5"]),
        )
    )
    both = await database.read(lambda session: search(session, EntryQuery.of("", {"line": ("C2", "C3")})))
    assert len(both) == 2
    assert both.counts["line"] == {"C2": 1, "C3": 1, "C4": 1}, "the other values of a facet can be added"
    assert both.counts["goal"] == {"4": 2, "5": 1}
    narrowed = await database.read(
        lambda session: search(session, EntryQuery.of("", {"line": ("C2", "C3"), "goal": ("5",)}))
    )
    assert len(narrowed) == 1
    assert narrowed.counts["line"] == {"C3": 1, "C4": 1}


@pytest.mark.feature("G2")
async def test_a_page_goes_on_behind_the_last_entry_whatever_came_since(database: Database) -> None:
    await database.write(lambda session: keep(session, *(kept(number) for number in range(1, 7))))
    first = await database.read(lambda session: search(session, EntryQuery.of("lake")).page(3))
    await database.write(lambda session: keep(session, kept(50)))
    rest = await database.read(lambda session: search(session, EntryQuery.of("lake")).page(10, behind=first[-1]))
    assert [place.number for place in (*first, *rest)] == [6, 5, 4, 3, 2, 1]


async def test_titles_come_before_descriptions_and_the_newest_first(database: Database) -> None:
    await database.write(
        lambda session: keep(
            session,
            kept(1, title="Drones over fields"),
            kept(2, description="Pictures by drones help farmers."),
            kept(3, title="A drone a village"),
        )
    )
    order = await database.read(lambda session: found(session, "drones"))
    assert order == ["WSIS-2027-000003", "WSIS-2027-000001", "WSIS-2027-000002"]
    begun = await database.read(lambda session: search(session, EntryQuery.of("dron"), unfinished=True))
    assert len(begun) == 3


async def test_a_rebuild_mends_what_no_entry_accounts_for_and_brings_in_what_is_missing(database: Database) -> None:
    await database.write(lambda session: keep(session, *(kept(number) for number in range(1, 5))))

    def spoil(session: Session) -> None:
        row = session.exec(select(PostingRow).where(col(PostingRow.token) == "solar")).one()
        session.delete(row)
        session.add(PostingRow(token="ghost", entries=row.entries))
        gone = session.exec(select(IndexedRow).where(col(IndexedRow.number) == 4)).one()
        session.delete(gone)

    await database.write(spoil)
    assert await rebuild.catch_up(database) == 1
    entries, mended = await rebuild.rebuild(database)
    assert (entries, mended > 0) == (4, True)
    assert await database.read(rebuild.differences) == []
