"""Entries that came from elsewhere: written in slices, found again by their import, taken back as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from dialogs.domain.entries.entry import EntryState
from storage.calls.calls import annual_call
from storage.organizers import organizers
from storage.tables import CallRow, EntryRow, EntryVersionRow
from storage.tables.push import QUIET

__all__ = ["Import", "OldEntry", "has_others", "known", "note", "undo", "write"]


@dataclass(frozen=True, slots=True)
class OldEntry:
    """An entry as it came. `number` is its number in the call of `year`; `edition` the questionnaire's."""

    year: int
    number: int
    submitted: datetime
    language: str
    answers: Mapping[str, Any]
    edition: str

    @property
    def reference(self) -> str:
        return f"WSIS-{self.year}-{self.number:06d}"


@dataclass(frozen=True, slots=True)
class Import:
    """One import: `id` follows from what is imported, so that the same again goes on where it stopped."""

    id: str
    state: EntryState


def known(session: Session, references: Sequence[str]) -> dict[str, str | None]:
    """Which of these entries there are, with the import that they came by."""
    found = select(EntryRow.reference, EntryRow.imported).where(col(EntryRow.reference).in_(references))
    return dict(session.exec(found).all())


def write(session: Session, which: Import, entries: Sequence[OldEntry], now: datetime) -> int:
    """Add those that are not there yet; how many. Nobody is told of them: they are no news."""
    session.info[QUIET] = True
    there = known(session, [each.reference for each in entries])
    new = [each for each in entries if each.reference not in there]
    for year in sorted({each.year for each in new}):
        call = _call(session, year)
        call.last_number = max(call.last_number, *(each.number for each in new if each.year == year))
    session.flush()
    session.add_all(_entry(each, which, now) for each in new)
    session.flush()
    session.add_all(_version(each, now) for each in new)
    session.flush()
    return len(new)


def _call(session: Session, year: int) -> CallRow:
    """The call of a year, made when there is none, with the usual dates."""
    row = session.get(CallRow, str(year), with_for_update=True)
    if row is None:
        call = annual_call(year)
        row = CallRow(code=call.code, year=year, opens=call.opens, closes=call.closes, version=call.version)
        session.add(row)
        session.flush()
    return row


def _entry(old: OldEntry, which: Import, now: datetime) -> EntryRow:
    answers = dict(old.answers)
    return EntryRow(
        reference=old.reference,
        call=str(old.year),
        number=old.number,
        title=str(answers.get("title") or ""),
        organisation=str(answers.get("org_name") or ""),
        country=answers.get("org_country"),
        language=old.language,
        submitted=old.submitted,
        received=now,
        answers=answers,
        edition=old.edition,
        state=which.state.value,
        imported=which.id,
    )


def _version(old: OldEntry, now: datetime) -> EntryVersionRow:
    named = {"reference": old.reference, "version": 1, "draft_id": f"import:{old.reference}", "call": str(old.year)}
    moments = {"submitted": old.submitted, "received": now}
    return EntryVersionRow.model_validate({**named, **moments, "answers": dict(old.answers), "edition": old.edition})


def has_others(session: Session, id: str) -> bool:
    """Whether there are entries that did not come by this import."""
    others = select(EntryRow.reference).where((col(EntryRow.imported).is_(None)) | (col(EntryRow.imported) != id))
    return session.exec(others.limit(1)).first() is not None


def note(session: Session, which: Import, many: int, now: datetime) -> None:
    """Write the finished import into the log."""
    organizers.record(session, None, "entries_imported", which.id, now, count=many)


def undo(session: Session, id: str, limit: int = 100) -> int:
    """Take back some of an import, as long as nobody has changed them since; how many went."""
    session.info[QUIET] = True
    mine = select(EntryRow).where(EntryRow.imported == id, EntryRow.version == 1, col(EntryRow.person_id).is_(None))
    rows = session.exec(mine.order_by(col(EntryRow.reference)).limit(limit)).all()
    for row in rows:
        version = session.get(EntryVersionRow, (row.reference, 1))
        if version is not None:
            session.delete(version)
    session.flush()
    for row in rows:
        session.delete(row)
    session.flush()
    return len(rows)
