"""Writing to those who sent something: by what their entries are about and how they stand, and who is left out."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from dialogs.domain.entries.entry import EntryState
from dialogs.domain.entries.prize import Standing
from storage.announcements import audiences
from storage.announcements.audiences import Audience
from storage.calls import calls
from storage.engine.database import Database, Tables
from storage.engine.types import UtcMoment
from storage.messaging import notices
from storage.people import people
from storage.prizes import standings
from storage.tables import EntryCodeRow, EntryRow, EntryVersionRow, PersonRow, StandingRow
from tests.announcements.test_announcing import compose, newest
from tests.driver import Person, Stage
from tests.storage.first_version import at_first_version, upgrade

NOW = datetime(2027, 1, 15, 12, tzinfo=UTC)

pytestmark = pytest.mark.feature("B4")


def sends(session: Session, person: int, number: int, state: EntryState, call: str = "2027", **answers: Any) -> None:
    """An entry that a person sent to a call."""
    reference, said = f"WSIS-{call}-{number:06d}", {"publish": True, **answers}
    kept: dict[str, Any] = {"call": call, "submitted": NOW, "received": NOW, "answers": said}
    more: dict[str, Any] = {"title": "A project", "organisation": "A ministry", "language": "en"}
    more |= {"country": said.get("org_country")}
    session.add(EntryRow(reference=reference, number=number, person_id=person, state=state.value, **more, **kept))
    session.flush()
    session.add(EntryVersionRow(reference=reference, version=1, draft_id=reference, **kept))
    session.flush()


def village(session: Session) -> dict[int, str]:
    """Five people: of four an entry each, one of an earlier call; the fifth only said hello."""
    calls.ensure_current(session, NOW)
    calls.ensure_current(session, NOW.replace(year=2026))
    session.flush()
    names = ("amina", "boris", "chen", "dalia", "emile")
    them = {people.arrive(session, "telegram", name, language="en", now=NOW): name for name in names}
    amina, boris, chen, dalia, _ = them
    prize: dict[str, Any] = {"nominate": True, "prize_category": "3"}
    sends(session, amina, 1, EntryState.RECEIVED, lines=["C2"], goals_suggested=["4"], org_country="KE", **prize)
    sends(session, boris, 2, EntryState.PUBLISHED, lines=["C7"], sublines=["C7-ehea"], goals=["3", "4"])
    sends(session, chen, 3, EntryState.REFUSED, lines=["C2", "C7"], nominate=False, prize_category="3")
    sends(session, dalia, 1, EntryState.PUBLISHED, call="2026", lines=["C2"])
    return them


IN = {"call": "2027"}
CASES: dict[str, tuple[dict[str, Any], str]] = {
    "who sent an entry": ({**IN, "submitted": True}, "amina boris chen"),
    "not who sent one": ({**IN, "not_submitted": True}, "dalia emile"),
    "a line in this call": ({**IN, "lines": ("C2",)}, "amina chen"),
    "a line in any call": ({"lines": ("C2",)}, "amina chen dalia"),
    "a goal, whichever question gave it": ({**IN, "goals": ("4",)}, "amina boris"),
    "a line and a goal of one entry": ({**IN, "lines": ("C2",), "goals": ("4",)}, "amina"),
    "a nomination": ({**IN, "nominated": True}, "amina"),
    "a category": ({**IN, "prizes": ("3",)}, "amina"),
    "published": ({**IN, "states": ("published",)}, "boris"),
    "in review: a refusal that nobody was told is none": ({**IN, "states": ("in_review",)}, "chen"),
    "declined: nor is it a refusal": ({**IN, "states": ("declined",)}, ""),
    "one author": ({"entries": ("WSIS-2026-000001",)}, "dalia"),
    "senders but not those of a line": ({**IN, "submitted": True, "not_lines": ("C7",)}, "amina"),
    "everyone but an author": ({"not_entries": ("WSIS-2027-000002",)}, "amina chen dalia emile"),
    "everyone but the published": ({**IN, "not_states": ("published",)}, "amina chen dalia emile"),
}


async def test_an_audience_is_cut_by_what_people_sent(database: Database) -> None:
    def work(session: Session) -> dict[str, set[str]]:
        them = village(session)
        return {
            case: {name for id, name in them.items() if audiences.holds(session, Audience.of(dict(cut)), "news", id)}
            for case, (cut, _) in CASES.items()
        }

    found = await database.write(work)
    assert found == {case: set(expected.split()) for case, (_, expected) in CASES.items()}


async def test_an_entry_that_was_emptied_is_about_nothing_and_a_later_version_replaces_its_codes(
    database: Database,
) -> None:
    def work(session: Session) -> list[int]:
        village(session)
        c2, c8 = (Audience(call="2027", lines=(line,)) for line in ("C2", "C8"))
        before = audiences.count(session, c2, "news")
        kept: dict[str, Any] = {"call": "2027", "submitted": NOW, "received": NOW, "answers": {"lines": ["C8"]}}
        session.add(EntryVersionRow(reference="WSIS-2027-000001", version=2, draft_id="again", **kept))
        session.flush()
        session.get_one(EntryVersionRow, ("WSIS-2027-000003", 1)).answers = {}
        session.flush()
        return [before, audiences.count(session, c2, "news"), audiences.count(session, c8, "news")]

    assert await database.write(work) == [2, 0, 1]


async def test_it_is_said_how_many_are_left_out_and_why(database: Database) -> None:
    def work(session: Session) -> tuple[int, dict[str, int]]:
        them = {name: id for id, name in village(session).items()}
        for name, country in (("boris", "KE"), ("chen", "KE"), ("dalia", "EG")):
            session.get_one(PersonRow, them[name]).country = country
        notices.opt_out(session, them["boris"], "news", NOW)
        people.reachable(session, "telegram", "chen", False)
        session.flush()
        kenya = Audience(countries=("KE",))
        return audiences.count(session, kenya, "news"), audiences.left_out(session, kenya, "news")

    assert await database.write(work) == (1, {"opted_out": 1, "unreachable": 1, "no_country": 1})


async def test_organizers_choose_senders_of_a_line_and_read_who_does_not_get_it(olga: Person, stage: Stage) -> None:
    def settle(session: Session) -> None:
        them = village(session)
        notices.opt_out(session, next(iter(them)), "news", NOW)

    await stage.database.write(settle)
    await compose(olga, en="Thank you")
    await olga.taps("audience")
    await olga.taps("lines")
    await olga.taps("C2")
    await olga.taps(".done")
    olga.sees("Only with an entry on C2", "Entries of the call of 2027", "It goes to one person")
    olga.sees("One more person does not want messages on this topic")
    await olga.taps("who")
    await olga.taps("submitted")
    olga.sees("Who sent an entry in this call")
    await olga.taps(".out")
    await olga.taps("entries")
    await olga.says("not those of nobody")
    olga.sees("has no reference of an entry in it")
    await olga.says("wsis-2027-000003 and WSIS-2027-000001")
    await olga.taps("WSIS-2027-000001")
    await olga.taps(".done")
    await olga.taps(".in")
    olga.sees("Not who sent WSIS-2027-000003", "It goes to 0 people")
    kept = (await newest(stage)).audience
    assert (kept["lines"], kept["not_entries"], kept["call"]) == (["C2"], ["WSIS-2027-000003"], "2027")


async def test_what_was_sent_before_there_were_codes_has_them_after_an_upgrade(database_url: str) -> None:
    """Of two versions the newest counts in its call; the older one in the call that it was sent to."""
    await at_first_version(database_url)

    def before(session: Session) -> None:
        connection = session.connection()
        upgrade(connection, "0039")
        versions = sa.table(
            "entry_versions",
            *map(sa.column, ("reference", "version", "draft_id", "call", "answers", "edition")),
            *(sa.column(name, UtcMoment()) for name in ("submitted", "received")),
        )
        same = {"reference": "WSIS-2027-000007", "submitted": NOW, "received": NOW, "edition": "2027"}
        for version, call, line in ((1, "2026", "C1"), (2, "2027", "C2"), (3, "2027", "C8")):
            more = {"version": version, "draft_id": str(version), "call": call}
            connection.execute(versions.insert().values(**same, **more, answers=json.dumps({"lines": [line]})))

    old = await Database.open(database_url, Tables.OLDER)
    await old.write(before)
    await old.close()
    database = await Database.open(database_url)
    lines = select(EntryCodeRow.call, EntryCodeRow.code).where(EntryCodeRow.facet == "line")
    found = await database.read(lambda session: sorted(session.exec(lines).all()))
    await database.close()
    assert found == [("2026", "C1"), ("2027", "C8")]


async def test_a_step_of_the_prizes_cuts_an_audience_only_once_it_is_announced(database: Database) -> None:
    def work(session: Session) -> list[list[str]]:
        them = village(session)
        for reference, category in (("WSIS-2027-000001", 3), ("WSIS-2027-000002", 4)):
            session.get_one(EntryRow, reference).state = EntryState.PUBLISHED.value
            row = StandingRow(reference=reference, call="2027", category=category, state="nominated", changed=NOW)
            session.add(row)
        session.flush()
        nominees, winners = (Audience(call="2027", standings=(step,)) for step in ("nominated", "winner"))
        others = Audience(call="2027", standings=("nominated",), not_standings=("winner",))

        def readers() -> list[str]:
            cuts = (nominees, winners, others)
            return [
                " ".join(name for id, name in them.items() if audiences.holds(session, cut, "news", id)) for cut in cuts
            ]

        seen = [readers()]
        standings.announce(session, None, "2027", Standing.NOMINATED, NOW)
        seen.append(readers())
        for step in (Standing.CHAMPION, Standing.WINNER):
            assert standings.advance(session, None, "WSIS-2027-000001", step, NOW) == ""
        seen.append(readers())
        standings.announce(session, None, "2027", Standing.WINNER, NOW)
        seen.append(readers())
        session.get_one(EntryRow, "WSIS-2027-000001").state = EntryState.WITHDRAWN.value
        session.flush()
        return [*seen, readers()]

    nobody, nominated = ["", "", ""], ["amina boris", "", "amina boris"]
    withdrawn = ["boris", "", "boris"]
    assert await database.write(work) == [
        *(nobody, nominated, nominated, ["amina boris", "amina", "boris"], withdrawn),
    ]
