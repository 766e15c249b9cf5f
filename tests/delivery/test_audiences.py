"""Who is meant by an audience, on both engines; each person once in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from dialogs.domain.notice import NoticeState
from storage.announcements import announcements, audiences
from storage.announcements.audiences import EVERYONE, Audience
from storage.calls import calls
from storage.contacts import contacts
from storage.contacts.contacts import Contact
from storage.engine.database import Database
from storage.messaging import notices
from storage.messaging.deliveries import Delivery
from storage.people import people
from storage.tables import AnswerRow, ContactRow, DraftRow, EntryRow, PersonRow

NOW = datetime(2027, 1, 15, 12, tzinfo=UTC)


def meet(session: Session, address: int, language: str = "en") -> int:
    return people.arrive(session, "telegram", str(address), language=language, now=NOW)


def draft(
    session: Session, person: int, id: str, *, call: str = "2027", submitted: str | None = None, **answers: str
) -> None:
    """A draft with these answers."""
    session.add(
        DraftRow(id=id, person_id=person, call=call, version="2027", started=NOW, touched=NOW, submitted=submitted)
    )
    session.flush()
    session.add_all(AnswerRow(draft_id=id, key=k, value=v, at=NOW, given="answered") for k, v in answers.items())


def entry(session: Session, person: int, call: str, number: int, country: str | None = None) -> None:
    session.add(
        EntryRow(
            reference=f"WSIS-{call}-{number:06d}",
            call=call,
            number=number,
            person_id=person,
            title="A project",
            organisation="A ministry",
            country=country,
            language="en",
            submitted=NOW,
            received=NOW,
            answers={},
        )
    )


def village(session: Session) -> dict[str, int]:
    """A few people, each for a reason."""
    calls.ensure_current(session, NOW)
    calls.ensure_current(session, NOW - timedelta(days=365))
    session.flush()
    them = {
        name: meet(session, number, language)
        for number, (name, language) in enumerate(
            [("amina", "en"), ("boris", "ru"), ("chen", "zh"), ("dalia", "ar"), ("emile", "fr")], 1
        )
    }
    draft(session, them["amina"], "a", org_country="KE", org_type="GOV")
    draft(session, them["boris"], "b", submitted="WSIS-2027-000001", org_country="KE", org_type="CSO")
    entry(session, them["boris"], "2027", 1, "KE")
    entry(session, them["chen"], "2026", 1, "CN")
    entry(session, them["dalia"], "2026", 2, "EG")
    draft(session, them["dalia"], "d", submitted="WSIS-2026-000002", org_type="GOV")
    session.flush()
    listed(session, them["emile"], Contact("Emile", country="FR", kind="IGO"))
    listed(session, them["amina"], Contact("Amina", country="FR", kind="IGO"))  # who has told otherwise herself
    listed(session, them["chen"], Contact("Chen", country="FR", kind="IGO"))  # who has told a country, but no kind
    return them


def listed(session: Session, person: int, contact: Contact) -> None:
    """Somebody whom a list of contacts knows, and who followed the link."""
    contacts.keep(session, [contact], NOW)
    row = session.exec(select(ContactRow).where(ContactRow.name == contact.name)).one()
    assert contacts.take(session, person, row.token, NOW) is not None


CASES = {
    "everyone": (EVERYONE, "amina boris chen dalia emile"),
    "a language": (Audience(languages=("ru", "zh")), "boris chen"),
    "a country, of an entry or a draft": (Audience(countries=("KE", "CN")), "amina boris chen"),
    "a kind of organisation": (Audience(kinds=("GOV",)), "amina dalia"),
    "a country that only a list of contacts knows": (Audience(countries=("FR",)), "emile"),
    "a kind that only a list of contacts knows": (Audience(kinds=("IGO",)), "chen emile"),
    "all but a kind that a list of contacts knows": (Audience(not_kinds=("IGO",)), "amina boris dalia"),
    "unfinished drafts": (Audience(call="2027", unfinished=True), "amina"),
    "earlier contributors without an entry in this call": (Audience(call="2027", returning=True), "chen"),
    "all but a language": (Audience(not_languages=("en", "fr")), "boris chen dalia"),
    "all but a country": (Audience(not_countries=("KE",)), "chen dalia emile"),
    "all but who has sent an entry": (Audience(call="2027", not_submitted=True), "amina chen emile"),
    "two conditions": (Audience(countries=("KE",), kinds=("CSO",)), "boris"),
}


async def names(database: Database, audience: Audience) -> set[str]:
    def work(session: Session) -> set[str]:
        them = {id: name for name, id in village(session).items()}
        notice = announcements.compose(session, author=1, texts={"en": "x"}, audience=audience.as_json(), now=NOW)
        announcements.schedule(session, notice, NOW, NOW)
        notices.due(session, NOW)
        while not audiences.plan(session, notice, NOW):
            pass
        planned = {them[row.person_id] for row in session.exec(select(Delivery)).all()}
        assert audiences.count(session, audience, "news") == len(planned)
        assert sum(audiences.by_language(session, audience, "news").values()) == len(planned)
        return planned

    return await database.write(work)


@pytest.mark.feature("A2")
@pytest.mark.parametrize("name", CASES)
async def test_an_audience_is_whom_it_says(database: Database, name: str) -> None:
    audience, expected = CASES[name]
    assert await names(database, audience) == set(expected.split())


@pytest.mark.feature("A11", "A10")
async def test_nobody_is_written_to_who_cannot_or_does_not_want_to_be(database: Database) -> None:
    def work(session: Session) -> tuple[int, int, int]:
        them = village(session)
        people.reachable(session, "telegram", "1", False)
        notices.opt_out(session, them["boris"], "news", NOW)
        session.get_one(PersonRow, them["chen"]).news = False
        session.get_one(PersonRow, them["dalia"]).forgotten = True
        session.flush()
        people.arrive(session, "web", "a-cookie", now=NOW)
        before = audiences.count(session, EVERYONE, "news"), audiences.count(session, EVERYONE, "drafts")
        meet(session, 1)
        return *before, audiences.count(session, EVERYONE, "news")

    assert await database.write(work) == (1, 2, 2)


@pytest.mark.feature("A4", "R5")
async def test_planning_twice_writes_everyone_once(database: Database) -> None:
    def begin(session: Session) -> int:
        village(session)
        notice = announcements.compose(session, author=1, texts={"en": "x"}, audience=EVERYONE.as_json(), now=NOW)
        announcements.schedule(session, notice, NOW, NOW)
        notices.due(session, NOW)
        return notice

    def again(session: Session) -> int:
        found = notices.get(session, notice)
        found.planned, found.planned_to = False, 0
        session.add(found)
        session.flush()
        while not audiences.plan(session, notice, NOW):
            pass
        return len(session.exec(select(Delivery)).all())

    notice = await database.write(begin)
    assert [await database.write(again) for _ in range(3)] == [5, 5, 5]


@pytest.mark.feature("A4", "R5")
async def test_whoever_is_added_is_counted_once(database: Database) -> None:
    def work(session: Session) -> list[int]:
        crowd: Sequence[int] = range(1, 2_501)
        notice = announcements.compose(session, author=1, texts={"en": "x"}, audience={}, now=NOW)
        added = [audiences.add(session, notice, them, NOW) for them in ([], crowd[:1], crowd[:9], crowd, crowd)]
        return [*added, len(session.exec(select(Delivery)).all())]

    assert await database.write(work) == [0, 1, 8, 2_491, 0, 2_500]


async def test_a_stopped_announcement_is_not_planned_on(database: Database) -> None:
    def work(session: Session) -> list[Delivery]:
        village(session)
        notice = announcements.compose(session, author=1, texts={"en": "x"}, audience={}, now=NOW)
        announcements.schedule(session, notice, NOW, NOW)
        notices.due(session, NOW)
        notices.move(session, notice, NoticeState.STOPPED, NOW)
        assert audiences.plan(session, notice, NOW)
        return list(session.exec(select(Delivery)).all())

    assert await database.write(work) == []


def test_an_audience_survives_being_kept() -> None:
    audience = Audience(languages=("ar",), call="2027", returning=True, not_notices=(3,))
    assert Audience.of(audience.as_json()) == audience


def test_an_audience_about_a_call_must_name_it() -> None:
    with pytest.raises(ValueError, match="say which"):
        Audience(unfinished=True)
