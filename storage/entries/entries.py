"""Entries: a draft becomes one, once; they are found again by words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select

from dialogs.domain.conversation import Entry
from dialogs.domain.effects import Submission, Submit
from dialogs.domain.entries.entry import Action, EntryState
from dialogs.domain.entries.entry import is_public as is_shown
from dialogs.domain.entries.review import CLAIM
from dialogs.domain.events import FileRef
from dialogs.text.language_detection import UNDETERMINED
from storage.entries import drafts
from storage.receipts import issue as receipts
from storage.review import history, rounds
from storage.search import likeness
from storage.tables import CallRow, DraftRow, EntryRow, EntryVersionRow, FileRow

__all__ = [
    "as_entry",
    "files_of",
    "find",
    "is_public",
    "of_call",
    "of_person",
    "published",
    "receipt_of",
    "similar",
    "submit",
]

REFERENCE = re.compile(r"WSIS-(\d{4})-(\d+)", re.IGNORECASE)
ALIKE = 82.0
"""Likeness (0 to 100) of titles from which on they may be the same activity."""
FOUND = 60.0
"""Likeness from which on an entry may be the one that was asked for."""


def is_public(row: EntryRow) -> bool:
    """Whether this entry is shown to others than its author and the organizers."""
    return is_shown(row.state, (row.answers or {}).get("publish"))


def published() -> ColumnElement[bool]:
    """The same as a condition of queries over `EntryRow`."""
    return and_(col(EntryRow.state) == EntryState.PUBLISHED.value, col(EntryRow.publish).is_(True))


def submit(session: Session, person: int, request: Submit, received: datetime) -> Submission:
    """Make the draft an entry, or a new version of the entry it revises. The second time tells the first one's."""
    draft = session.exec(select(DraftRow).where(DraftRow.id == request.draft).with_for_update()).one()
    if draft.submitted is not None:
        before = session.exec(select(EntryVersionRow).where(EntryVersionRow.draft_id == draft.id)).one()
        return Submission(before.reference, before.submitted, before.received, again=True)
    entry = history.lock(session, draft.revises) if draft.revises else None
    if entry is None or entry.person_id != draft.person_id:
        entry = _new(session, draft, request, received)
    elif request.confirms:
        entry.version += 1
        entry.submitted, entry.received = request.at, received
    else:
        entry.version += 1
        _describe(session, entry, draft, request, received)
    draft.submitted = entry.reference
    session.flush()
    version = _version(entry, draft, request, received)
    session.add(version)
    session.flush()
    if entry.version > 1 and not request.confirms:
        _sent_again(session, entry, draft, received)
    receipts.issue(session, version, draft, received)
    return Submission(entry.reference, request.at, received)


def _sent_again(session: Session, entry: EntryRow, draft: DraftRow, received: datetime) -> None:
    """A new version is reviewed again. It ends a round in which its author was asked, whichever way it was sent."""
    asked = rounds.answered(session, entry, draft, received)
    history.act(session, entry, Action.ANSWER if asked else Action.SEND, draft.person_id, received, by_author=True)
    entry.merged_into = None  # a new version of a merged entry is an entry again
    if entry.state == EntryState.IN_REVIEW.value and entry.reviewer is not None:
        entry.claimed_until = received + CLAIM  # whoever asked has the time to look at it


def _new(session: Session, draft: DraftRow, request: Submit, received: datetime) -> EntryRow:
    """A new entry with the call's next number; the call's row is held, so numbers have no gaps."""
    call = session.exec(select(CallRow).where(CallRow.code == draft.call).with_for_update()).one()
    call.last_number += 1
    reference = f"WSIS-{call.year}-{call.last_number:06d}"
    entry = EntryRow(
        reference=reference,
        call=call.code,
        number=call.last_number,
        person_id=draft.person_id,
        title="",
        organisation="",
        language=draft.language,
        submitted=request.at,
        received=received,
    )
    _describe(session, entry, draft, request, received)
    session.add(entry)
    return entry


def _describe(session: Session, entry: EntryRow, draft: DraftRow, request: Submit, received: datetime) -> None:
    answers = dict(request.answers)
    entry.answers, entry.edition = answers, draft.version
    entry.title = str(answers.get("title") or "")
    entry.organisation = str(answers.get("org_name") or "")
    entry.country = answers.get("org_country")
    known = drafts.languages(session, draft.id)
    entry.languages = {key: language for key, language in known.items() if key in answers}
    entry.language = _mostly(answers, entry.languages) or draft.language
    entry.call = draft.call if entry.version == 1 else entry.call
    entry.submitted, entry.received = request.at, received


def _mostly(answers: Mapping[str, Any], languages: Mapping[str, str]) -> str | None:
    """The language of most of the words; None when there are no texts in a known one."""
    written: Counter[str] = Counter()
    for key, language in languages.items():
        if language != UNDETERMINED:
            written[language] += len(str(answers[key]))
    return written.most_common(1)[0][0] if written else None


def _version(entry: EntryRow, draft: DraftRow, request: Submit, received: datetime) -> EntryVersionRow:
    return EntryVersionRow(
        reference=entry.reference,
        version=entry.version,
        draft_id=draft.id,
        call=draft.call,
        submitted=request.at,
        received=received,
        answers=dict(entry.answers or {}),
        edition=entry.edition,
    )


def as_entry(row: EntryRow, person: int) -> Entry:
    """An entry as a conversation shows it; somebody else's without its answers."""
    mine = row.person_id == person
    return Entry(
        reference=row.reference,
        title=row.title,
        organisation=row.organisation,
        country=row.country,
        call=row.call,
        submitted=row.submitted,
        answers=row.answers if mine else {},
        mine=mine,
        state=EntryState(row.state),
        merged_into=row.merged_into if mine else None,
        edition=row.edition,
        languages=(row.languages or {}) if mine else {},
    )


def files_of(session: Session, person: int, reference: str) -> tuple[FileRef, ...]:
    """The files that the answers of a person's own entry name."""
    row = session.get(EntryRow, reference)
    if row is None or row.person_id != person:
        return ()
    named = [str(id) for value in (row.answers or {}).values() if isinstance(value, list) for id in value]
    found = session.exec(select(FileRow).where(col(FileRow.id).in_(named)))
    return tuple({file.id: FileRef(file.id, "", file.name, file.kind, file.size) for file in found}.values())


def of_person(session: Session, person: int) -> tuple[Entry, ...]:
    """A person's own entries, newest first."""
    rows = session.exec(select(EntryRow).where(EntryRow.person_id == person).order_by(col(EntryRow.submitted).desc()))
    return tuple(as_entry(row, person) for row in rows)


def receipt_of(session: Session, person: int, reference: str) -> str | None:
    """The newest receipt of somebody's own entry; of nobody else's."""
    row = session.get(EntryRow, reference)
    found = receipts.newest(session, reference) if row is not None and row.person_id == person else None
    return found.jws if found is not None else None


def of_call(session: Session, call: str | None = None, *, only_published: bool = False) -> Iterator[EntryRow]:
    """All entries, or those of a call, by reference, a hundred at a time in memory; or of these the published ones."""
    rows = select(EntryRow).order_by(col(EntryRow.reference))
    if call is not None:
        rows = rows.where(EntryRow.call == call)
    if only_published:
        rows = rows.where(published())
    yield from session.exec(rows.execution_options(yield_per=100))


def find(session: Session, person: int, text: str, limit: int = 5) -> tuple[Entry, ...]:
    """Entries that a reference, number, link or title may mean, best first."""
    named = REFERENCE.search(text)
    if named is not None:
        row = session.get(EntryRow, f"WSIS-{named[1]}-{int(named[2]):06d}")
        if row is not None and _is_shown_to(row, person):
            return (as_entry(row, person),)
    return _alike(session, person, text, FOUND, limit)


def similar(
    session: Session, person: int, title: str, organisation: str, country: str | None, limit: int = 3
) -> tuple[Entry, ...]:
    """Entries that look like this activity: nearly the same title, and not from another country."""
    found = _alike(session, person, title, ALIKE, limit * 2)
    near = (entry for entry in found if not (country and entry.country) or entry.country == country)
    return tuple(near)[:limit]


def _alike(session: Session, person: int, text: str, least: float, limit: int) -> tuple[Entry, ...]:
    """Entries whose titles are alike and that may be shown to this person, best first."""
    best = likeness.alike(session, text, least, limit)
    rows = {row.reference: row for row in session.exec(select(EntryRow).where(col(EntryRow.reference).in_(best)))}
    shown = (as_entry(rows[each], person) for each in best if each in rows and _is_shown_to(rows[each], person))
    return tuple(islice(shown, limit))


def _is_shown_to(row: EntryRow, person: int) -> bool:
    """Whether somebody may see this entry's name: one that is not published is its person's alone."""
    return row.person_id == person or is_public(row)
