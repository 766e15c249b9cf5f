"""A call in full swing: drafts and entries of many people, as the store keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from storage.calls import calls
from storage.tables import AnswerRow, DraftRow, EntryRow, EntryVersionRow, HistoryRow, PersonRow
from tests.driver import Stage

__all__ = ["draft", "entry", "season"]

COUNTRIES = ("KE", "NG", "FR", "EG")
"""Dealt out in turn: of twenty entries ten are from Africa, five from Europe, five from the Arab States."""


def draft(
    session: Session, id: str, call: str, at: datetime, answers: Mapping[str, Any], *, sent: str | None = None
) -> None:
    """A draft of somebody's with these answers, given a minute each."""
    person = PersonRow(created=at, seen=at)
    session.add(person)
    session.flush()
    session.add(
        DraftRow(id=id, person_id=person.id or 0, call=call, version="2027", started=at, touched=at, submitted=sent)
    )
    session.flush()
    for minute, (key, value) in enumerate(answers.items()):
        moment = at + timedelta(minutes=minute)
        session.add(AnswerRow(draft_id=id, key=key, value=value, at=moment, given="answered"))
        session.add(HistoryRow(draft_id=id, key=key, value=value, at=moment, given="answered"))


def entry(session: Session, number: int, call: str, at: datetime, **answers: Any) -> None:
    """An entry, with the draft that it was."""
    reference = f"WSIS-{call}-{number:06d}"
    said = {"title": f"Project {number}", "org_name": "Lake Networks", "org_type": "CSO", "language": "en", **answers}
    draft(session, f"{call}-{number}", call, at, said, sent=reference)
    kept: dict[str, Any] = {"call": call, "submitted": at, "received": at, "answers": said}
    country = said.get("org_country")
    session.add(
        EntryRow(
            reference=reference,
            number=number,
            title=said["title"],
            organisation=said["org_name"],
            country=country,
            language=said["language"],
            **kept,
        )
    )
    session.flush()
    session.add(EntryVersionRow(reference=reference, version=1, draft_id=f"{call}-{number}", **kept))


async def season(stage: Stage) -> None:
    """Twenty entries of this call, thirty of the last one, and drafts that stopped at two places."""

    def work(session: Session) -> None:
        opens = calls.ensure_current(session, stage.clock.now()).opens
        before = calls.ensure_current(session, stage.clock.now() - timedelta(days=365)).opens
        for number in range(1, 21):
            said = {
                "org_country": COUNTRIES[number % 4],
                "org_type": "GOV" if number % 2 else "CSO",
                "lines": ["C2", "C7"] if number % 2 else ["C2"],
                "goals_suggested": ["4"],
                "goals": ["9"] if number < 3 else [],
                "language": "fr" if number <= 6 else "en",
            }
            entry(session, number, "2027", opens + timedelta(days=number), **said)
        for number in range(1, 31):
            entry(session, number, "2026", before + timedelta(days=number), org_country="KE", lines=["C1"])
        for number in range(9):
            stopped = {"contact_name": "A"} if number < 7 else {"contact_name": "A", "title": "B"}
            draft(session, f"open-{number}", "2027", opens + timedelta(days=3), stopped)

    await stage.database.write(work)
