"""Entries for the register's tests: published, or in any other state, in the six languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session

from dialogs.domain.entries.entry import EntryState
from storage.calls import calls
from storage.tables import EntryRow, EntryVersionRow

__all__ = ["AT", "keep", "kept"]

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)

ANSWERS: Mapping[str, Any] = {
    "agree": True,
    "contact_name": "Amina Otieno",
    "contact_email": "amina@lakenet.example",
    "org_name": "Lake Community Networks",
    "org_type": "CSO",
    "org_country": "KE",
    "activity_type": "project",
    "description": "Solar powered community networks bring twelve villages along the lake shore to the internet.",
    "activity_url": "https://lakenet.example/villages",
    "status": "ongoing",
    "start_date": "2023-03",
    "coverage": "local",
    "countries": ["KE"],
    "lines": ["C2", "C7"],
    "sublines": ["C7-eagr"],
    "goals": ["4", "9"],
    "targets@9": ["9.c"],
    "prize_text": "Please vote for the secret nomination.",
    "nominate": True,
    "publish": True,
    "show_contact": False,
}


def kept(number: int, state: EntryState = EntryState.PUBLISHED, **answers: Any) -> EntryRow:
    """An entry with this number, made but not stored. `title`, `publish` and any other answer may be given."""
    given = {**ANSWERS, "title": f"Solar networks for lake villages, part {number}", **answers}
    language = str(given.pop("language", "en"))
    moment = AT + timedelta(minutes=number)
    return EntryRow(
        reference=f"WSIS-2027-{number:06d}",
        call="2027",
        number=number,
        title=str(given["title"]),
        organisation=str(given["org_name"]),
        country=given["org_country"],
        language=language,
        submitted=moment,
        received=moment,
        answers={key: value for key, value in given.items() if value is not None},
        languages={},
        state=state.value,
    )


def keep(session: Session, *entries: EntryRow, person: int | None = None) -> None:
    """Store entries with their first version."""
    calls.ensure_current(session, AT)
    for entry in entries:
        entry.person_id = person
        session.add(entry)
        session.flush()
        session.add(
            EntryVersionRow(
                reference=entry.reference,
                version=1,
                draft_id=f"draft-{entry.reference}",
                call=entry.call,
                submitted=entry.submitted,
                received=entry.received,
                answers=entry.answers,
            )
        )
