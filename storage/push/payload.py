"""What a receiver gets of an entry, read when it is sent: nothing that was erased meanwhile goes out any more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import Session, col, select

from dialogs.domain.entries.entry import is_public
from dialogs.domain.entries.entry_event import EntryEvent
from dialogs.questionnaire.register import public_answers
from storage.push.outbox import Due
from storage.tables import CallRow, DraftRow, EntryRow, EntryVersionRow, FileRow

__all__ = ["data_of"]

WITHOUT_ANSWERS = (EntryEvent.ERASED, EntryEvent.UNPUBLISHED)


def data_of(session: Session, due: Due) -> dict[str, Any]:
    """The `data` of a body, as plain values: see `bot.push.body.EntryData`."""
    base = {"reference": due.reference, "version": due.version, "sequence": due.id}
    entry = session.get(EntryRow, due.reference)
    if entry is None:
        return base
    version = session.get(EntryVersionRow, (due.reference, due.version))
    at = version or entry
    call = session.get(CallRow, at.call)
    draft = session.get(DraftRow, version.draft_id) if version is not None else None
    described = {
        "state": entry.state,
        "public": is_public(entry.state, (entry.answers or {}).get("publish")),
        "call": at.call,
        "questionnaire": draft.version if draft is not None else call.version if call is not None else None,
        "submitted": at.submitted.isoformat(),
        "received": at.received.isoformat(),
        "merged_into": entry.merged_into,
    }
    if due.event in WITHOUT_ANSWERS or (due.public and not described["public"]):
        return base | described
    answers = at.answers or {}
    shown = public_answers(answers) if due.public else dict(answers)
    return base | described | _said(session, entry, shown, draft)


def _said(session: Session, entry: EntryRow, answers: Mapping[str, Any], draft: DraftRow | None) -> dict[str, Any]:
    languages = entry.languages or {}
    return {
        "language": entry.language,
        "languages": {key: languages[key] for key in answers if key in languages},
        "answers": dict(answers),
        "files": list(_files(session, answers, draft)) if draft is not None else [],
    }


def _files(session: Session, answers: Mapping[str, Any], draft: DraftRow) -> Iterable[dict[str, Any]]:
    """The files that these answers name, in their order."""
    rows = {row.id: row for row in session.exec(select(FileRow).where(col(FileRow.draft_id) == draft.id))}
    for value in answers.values():
        for id in value if isinstance(value, list) else ():
            if row := rows.get(str(id)):
                yield {"id": row.id, "name": row.name, "kind": row.kind, "size": row.size}
