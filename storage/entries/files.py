"""Files that answers name, and lists of contacts: which are still to be fetched, and which are to be deleted."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from pathlib import PurePath

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from dialogs.domain.notice import NoticeKind, NoticeState
from storage.messaging.notices import Notice
from storage.tables import ContactListRow, FileRow, PersonRow, UnwantedFileRow

__all__ = ["deleted", "first_possible", "is_named", "missing", "named", "note", "unnamed", "unwanted"]

OVER = {
    NoticeKind.ANNOUNCEMENT.value: (NoticeState.STOPPED.value,),
    NoticeKind.TEST.value: (NoticeState.STOPPED.value, NoticeState.DONE.value),
}
"""What can go out with a file, and the states in which it is sent to nobody any more: a done announcement can be
retried.
"""


def missing(
    session: Session, source: str, limit: int = 50, *, besides: Collection[str] = frozenset()
) -> list[tuple[str, str]]:
    """Files of a source (a prefix such as `telegram:`) whose bytes are not ours yet, but `besides`: (id, source)."""
    rows = select(FileRow.id, FileRow.source).where(~col(FileRow.kept), col(FileRow.id).not_in(besides))
    found = session.exec(rows.where(col(FileRow.source).startswith(source)).limit(limit))
    lists = select(ContactListRow.id, ContactListRow.source).where(~col(ContactListRow.kept))
    lists = lists.where(col(ContactListRow.id).not_in(besides))
    sent = session.exec(lists.where(col(ContactListRow.source).startswith(source)).limit(limit))
    return [(id, where) for id, where in (*found, *sent)]


def named(session: Session, ids: Iterable[str]) -> dict[str, FileRow]:
    """What is known of these files, by id."""
    rows = session.exec(select(FileRow).where(col(FileRow.id).in_(list(ids))))
    return {row.id: row for row in rows}


def is_named(session: Session, id: str) -> bool:
    """Whether something still needs this file: see `unnamed`."""
    return not unnamed(session, [id])


def unnamed(session: Session, ids: Collection[str]) -> set[str]:
    """Which of these files nothing needs.

    Needed by: a draft, sent or not (what an entry or an update has, a sent draft has); a list of contacts that is to be
    read; an announcement that may still be sent.
    """
    drafts = session.exec(select(FileRow.id).where(col(FileRow.id).in_(ids)))
    lists = select(ContactListRow.id).where(col(ContactListRow.id).in_(ids), col(ContactListRow.result).is_(None))
    left = set(ids).difference(drafts.all(), session.exec(lists).all())
    return left - _of_announcements(session) if left else left


def _of_announcements(session: Session) -> set[str]:
    """The files of announcements, by the last part of where they are: the folder may have been moved."""
    sends = or_(*(and_(col(Notice.kind) == kind, col(Notice.state).not_in(over)) for kind, over in OVER.items()))
    found = session.exec(select(Notice.file).where(sends, col(Notice.file).is_not(None)))
    return {PurePath(file.get("path") or "").name for file in found if file is not None}


def first_possible(session: Session) -> datetime | None:
    """When the first person came whom this database knows: older files are none of its own. None: nobody came yet."""
    return session.exec(select(PersonRow.created).order_by(col(PersonRow.id)).limit(1)).first()


def note(session: Session, id: str, what: str) -> None:
    """Remember that a file's bytes are `kept`, or `gone` for good."""
    list_ = session.get(ContactListRow, id)
    if list_ is not None:
        list_.kept = True
    for row in session.exec(select(FileRow).where(FileRow.id == id)):
        row.kept = True
        if what == "gone":
            row.source = f"gone:{row.source.partition(':')[2]}"


def unwanted(session: Session, limit: int = 100) -> list[str]:
    """Files whose bytes are to be deleted: their people asked to be forgotten."""
    return list(session.exec(select(UnwantedFileRow.id).limit(limit)))


def deleted(session: Session, id: str) -> None:
    """The file's bytes are gone."""
    row = session.get(UnwantedFileRow, id)
    if row is not None:
        session.delete(row)
