"""One's own data: gathered, and erased for good."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, SQLModel, col, select

from dialogs.domain.entries.entry import EntryState
from dialogs.domain.organizers.entry_search import Wanted
from storage.announcements import progress_messages
from storage.contacts import contacts
from storage.mail import mailboxes
from storage.messaging import deliveries, inbox, notices
from storage.organizers import console, organizers
from storage.people import account_linking, people
from storage.receipts.digest import PERSONAL
from storage.report import orders
from storage.review import leaving
from storage.search import follows
from storage.tables import (
    AccountRow,
    AnswerRow,
    ContactListRow,
    ContactRow,
    DraftRow,
    EntryRow,
    EntryVersionRow,
    FileRow,
    HandledRow,
    HandOverRow,
    HistoryRow,
    LateUseRow,
    MailboxRow,
    OrganizerMessageRow,
    PersonRow,
    ReceiptRow,
    SessionRow,
    TranscriptRow,
    UnwantedFileRow,
)

__all__ = ["forget", "gather"]

OWNED: tuple[type[Any], ...] = (
    *(AccountRow, ContactListRow, DraftRow, HandledRow, LateUseRow, OrganizerMessageRow),
    *(SessionRow, TranscriptRow),
)
"""Tables whose rows are one person's."""


def gather(session: Session, person: int) -> str:
    """Everything kept about a person, as JSON text."""
    drafts = session.exec(select(DraftRow).where(DraftRow.person_id == person)).all()
    ids = [draft.id for draft in drafts]
    found: dict[str, Any] = {
        "person": session.get_one(PersonRow, person),
        "accounts": session.exec(select(AccountRow).where(AccountRow.person_id == person)).all(),
        "letters": session.exec(select(MailboxRow).where(MailboxRow.person_id == person)).all(),
        "drafts": drafts,
        "answers": session.exec(select(AnswerRow).where(col(AnswerRow.draft_id).in_(ids))).all(),
        "history": session.exec(select(HistoryRow).where(col(HistoryRow.draft_id).in_(ids))).all(),
        "files": session.exec(select(FileRow).where(col(FileRow.draft_id).in_(ids))).all(),
        "entries": session.exec(select(EntryRow).where(EntryRow.person_id == person)).all(),
        "contacts": session.exec(select(ContactRow).where(ContactRow.person_id == person)).all(),
        "follows": [each.wanted for each in follows.of_person(session, person)],
        "messages": session.exec(select(OrganizerMessageRow).where(OrganizerMessageRow.person_id == person)).all(),
    }
    return json.dumps(found, default=_plain, ensure_ascii=False, indent=1)


def _plain(value: Any) -> Any:
    if isinstance(value, SQLModel):
        return {key: kept for key, kept in value.model_dump().items() if kept not in (None, "", [], {})}
    if isinstance(value, Wanted):
        return value.as_json()
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no data")


def forget(session: Session, person: int) -> None:
    """Erase a person. What is published stays without them; what isn't goes with them."""
    drafts = session.exec(select(DraftRow.id).where(DraftRow.person_id == person)).all()
    for file in session.exec(select(FileRow.id).where(col(FileRow.draft_id).in_(drafts))).all():
        session.merge(UnwantedFileRow(id=file))
    for table in (HandOverRow, AnswerRow, HistoryRow, FileRow):
        _delete(session, table, col(table.draft_id).in_(drafts))
    _delete(session, HandOverRow, col(HandOverRow.colleague) == person)
    others = (account_linking, leaving, console, follows, orders)
    for keeper in (organizers, notices, deliveries, progress_messages, inbox, contacts, mailboxes, *others):
        keeper.forget(session, person)
    _entries(session, session.exec(select(EntryRow).where(EntryRow.person_id == person)).all())
    for list_ in session.exec(select(ContactListRow.id).where(ContactListRow.person_id == person)).all():
        session.merge(UnwantedFileRow(id=list_))
    for owned in OWNED:
        _delete(session, owned, col(owned.person_id) == person)
    session.flush()
    session.expire_all()
    row = session.get_one(PersonRow, person)
    people.empty(row)
    row.forgotten = True


def _delete(session: Session, table: type[SQLModel], which: Any) -> None:
    session.exec(delete(table).where(which))


def _entries(session: Session, rows: Iterable[EntryRow]) -> None:
    for row in rows:
        versions = session.exec(select(EntryVersionRow).where(EntryVersionRow.reference == row.reference)).all()
        if leaving.keeps_nothing(row):
            for version in versions:
                session.delete(version)
            for receipt in session.exec(select(ReceiptRow).where(ReceiptRow.reference == row.reference)):
                receipt.erased = True
            session.flush()
            session.delete(row)
            continue
        row.person_id, row.answers = None, _impersonal(row.answers)
        if row.state == EntryState.WITHDRAWN.value:  # what stays is that there was one
            row.title = row.organisation = ""
            row.answers = {}
            for version in versions:
                version.answers = {}
        for version in versions:
            version.answers = _impersonal(version.answers)
    session.flush()


def _impersonal(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answers.items() if key not in PERSONAL}
