"""An entry whole, as a reviewer has it before them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from dialogs.domain.entries.entry import PENDING, EntryState
from dialogs.domain.entries.review import Dossier, Said
from dialogs.domain.events import FileRef
from storage.review import assignments, claims, conflicts, decisions, history, rounds, scores
from storage.search import likeness
from storage.tables import DraftRow, EntryRow, EntryVersionRow, FileRow, PersonRow, ReviewMessageRow, RoundRow

__all__ = ["look"]

ALIKE = 75.0
"""Likeness of titles (0 to 100) from which on a reviewer is shown another entry as a likely duplicate."""
MOST_ALIKE = 5
MOST_SAID = 20


def look(session: Session, person: int | None, reference: str, now: datetime) -> Dossier | None:
    """Everything about an entry; None when there is none, or none for this person."""
    row = session.get(EntryRow, reference)
    if row is None or (person is not None and conflicts.has(session, person, row)):
        return None
    version = session.get(EntryVersionRow, (reference, row.version))
    sent = session.get(DraftRow, version.draft_id) if version is not None else None
    asked, closed = rounds.open_round(session, reference), rounds.last_closed(session, reference)
    writing = rounds.written(session, reference)
    author = session.get(PersonRow, row.person_id) if row.person_id is not None else None
    state = EntryState(row.state)
    due = asked or writing
    return Dossier(
        reference=reference,
        state=state,
        version=row.version,
        call=row.call,
        questionnaire=sent.version if sent is not None else row.call,
        title=row.title,
        language=row.language,
        submitted=row.submitted,
        answers=row.answers or {},
        before=_before(session, row, closed),
        files=_files(session, reference),
        similar=_similar(session, person, row),
        comments=rounds.comments(session, asked or closed),
        due=due.due if due is not None else None,
        marked=rounds.comments(session, writing),
        said=_said(session, reference),
        history=history.of_entry(session, reference),
        mine=person is not None and row.reviewer == person,
        taken=person is not None and claims.is_taken(row, person, now),
        has_author=row.person_id is not None,
        author_language=author.language if author is not None else "en",
        words=decisions.words_of(session, reference) if state in PENDING else "",
        publish=row.publish,
        merged_into=row.merged_into or "",
        assigned=assignments.names(session, [reference], now).get(reference, ()),
        scoring=scores.scoring(session, person, row),
        undoable=_undoable(session, person, reference),
    )


def _undoable(session: Session, person: int | None, reference: str) -> bool:
    line = history.last(session, reference)
    return person is not None and line is not None and decisions.is_undoable(line, person)


def _before(session: Session, row: EntryRow, closed: RoundRow | None) -> Mapping[str, Any]:
    """The answers that a reviewer saw before: when they asked last, else at the version before."""
    version = min(closed.version, row.version - 1) if closed is not None else row.version - 1
    found = session.get(EntryVersionRow, (row.reference, version)) if version > 0 else None
    return (found.answers or {}) if found is not None else {}


def _files(session: Session, reference: str) -> dict[str, FileRef]:
    drafts = select(EntryVersionRow.draft_id).where(EntryVersionRow.reference == reference)
    rows = session.exec(select(FileRow).where(col(FileRow.draft_id).in_(drafts)))
    return {row.id: FileRef(row.id, row.source, row.name, row.kind, row.size) for row in rows}


def _similar(session: Session, person: int | None, row: EntryRow) -> tuple[tuple[str, str], ...]:
    """Entries with a title much like this one's, best first."""
    best = likeness.alike(session, row.title, ALIKE, MOST_ALIKE + 1) if row.title else ()
    shown = select(EntryRow).where(col(EntryRow.reference).in_([each for each in best if each != row.reference]))
    if person is not None:
        shown = shown.where(*conflicts.clear(session, person))
    rows = {each.reference: each.title for each in session.exec(shown)}
    return tuple((reference, rows[reference]) for reference in best if reference in rows)[:MOST_ALIKE]


def _said(session: Session, reference: str) -> tuple[Said, ...]:
    rows = select(ReviewMessageRow).where(ReviewMessageRow.reference == reference)
    newest = session.exec(rows.order_by(col(ReviewMessageRow.id).desc()).limit(MOST_SAID)).all()
    return tuple(Said(row.text, row.at, row.by_author, row.language) for row in reversed(newest))
