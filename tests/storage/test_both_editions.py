"""Entries of both editions of the questionnaire stand side by side: kept, confirmed, exported, counted and found."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from sqlmodel import Session

from bot.export.labels import Labels
from dialogs.domain.effects import Submit
from dialogs.domain.entries.entry import EntryState
from dialogs.domain.organizers.statistics import sections_of
from dialogs.questionnaire.source import loader
from storage.calls import calls, statistics
from storage.engine.database import Database
from storage.entries import entries
from storage.tables import AnswerRow, CallRow, DraftRow, EntryRow, EntryVersionRow
from tests.driver import WORDS, Stage

FIRST = {
    "title": "Radio",
    "org_country": "KE",
    "status": "ongoing",
    "goals_suggested": ["4"],
    "lines": ["C9"],
    "publish": True,
}
SECOND = {
    "title": "Bulletin",
    "org_country": "KE",
    "status": "ongoing",
    "goals": ["16"],
    "lines": ["C9"],
    "countries": ["AFR"],
}


def sent(session: Session, stage: Stage, draft: str, edition: str, answers: Mapping[str, object]) -> str:
    now = stage.clock.now()
    session.add(DraftRow(id=draft, person_id=1, call="2027", version=edition, started=now, touched=now, language="en"))
    session.flush()
    return entries.submit(session, 1, Submit(draft, answers, now), now).reference


@pytest.mark.feature("Q17", "Q19")
async def test_an_entry_knows_its_edition_and_is_confirmed_with_its_words_and_state(database: Database) -> None:
    """Also by the second edition: what nobody said anew stays as it was said, codes and words."""
    stage = Stage(database)

    def work(session: Session) -> None:
        calls.ensure_current(session, stage.clock.now())
        reference = sent(session, stage, "a", "2027", FIRST)
        entry = session.get_one(EntryRow, reference)
        entry.state = EntryState.PUBLISHED.value
        session.flush()
        before, answers = entry.submitted, dict(entry.answers)
        stage.clock.passes(days=30)
        now = stage.clock.now()
        again = DraftRow(id="b", person_id=1, call="2027", version="2027b", started=now, touched=now, language="en")
        again.revises = reference
        session.add(again)
        session.flush()
        receipt = entries.submit(session, 1, Submit("b", {"title": "not said"}, now, confirms=True), now)
        session.expire_all()
        entry = session.get_one(EntryRow, reference)
        assert receipt.reference == reference
        assert (entry.version, entry.edition, entry.state) == (2, "2027", "published")
        assert entry.answers == answers
        assert entry.submitted > before
        version = session.get_one(EntryVersionRow, (reference, 2))
        assert (version.answers, version.edition, version.call) == (answers, "2027", "2027")
        assert entries.submit(session, 1, Submit("b", {}, now, confirms=True), now).again

    await stage.database.write(work)


@pytest.mark.feature("X3", "Q23")
async def test_a_draft_has_stopped_where_its_own_edition_says(database: Database) -> None:
    """The contact is asked first in one edition and last in the other."""
    stage = Stage(database)

    def work(session: Session) -> None:
        calls.ensure_current(session, stage.clock.now())
        session.get_one(CallRow, "2027").version = "2027b"
        for number in range(6):
            begun(session, stage, f"a{number}", "2027", "contact_name")
            begun(session, stage, f"b{number}", "2027b", "title")
        found = statistics.read(session, "2027", sections_of(loader.version("2027b")), stage.clock.now())
        assert found is not None and found.drafts == 12
        assert dict(found.stops) == {"contact": 6, "activity": 6}
        assert dict(found.funnel) == {"start": 6, "activity": 6}, "nobody has come to the end of the new order"

    await stage.database.write(work)


def begun(session: Session, stage: Stage, draft: str, edition: str, key: str) -> None:
    now = stage.clock.now()
    session.add(DraftRow(id=draft, person_id=1, call="2027", version=edition, started=now, touched=now, language="en"))
    session.flush()
    session.add(AnswerRow(draft_id=draft, key=key, value="Amina", given="answered", at=now))


@pytest.mark.feature("X3", "Q17")
async def test_figures_and_labels_read_both(database: Database) -> None:
    stage = Stage(database)

    def work(session: Session) -> list[tuple[str, str]]:
        calls.ensure_current(session, stage.clock.now())
        for number in range(6):
            sent(session, stage, f"a{number}", "2027", FIRST)
            sent(session, stage, f"b{number}", "2027b", SECOND)
        session.get_one(CallRow, "2027").version = "2027b"
        found = statistics.read(session, "2027", sections_of(loader.version("2027b")), stage.clock.now())
        assert found is not None
        assert found.groups["goals"] == (("16", 6), ("4", 6)) or found.groups["goals"] == (("4", 6), ("16", 6))
        assert found.groups["lines"] == (("C9", 12),)
        return [(row.edition, row.answers["status"]) for row in entries.of_call(session, "2027")]

    rows = await stage.database.write(work)
    labels = Labels(WORDS, "en")
    said = {
        edition: labels.of({"edition": edition, "files": [], "answers": {"status": status}})["answers"]["status"]
        for edition, status in rows
    }
    assert said == {"2027": "Ongoing", "2027b": "Running, first phase"}
