"""Files that answers name, and lists of contacts: which are still to be fetched, and which are to be deleted."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlmodel import Session, col, select

from storage.tables import ContactListRow, FileRow, UnwantedFileRow

__all__ = ["deleted", "is_named", "missing", "named", "note", "unwanted"]


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
    """Whether a draft or entry has this file, or it is a list of contacts that is to be read."""
    if session.get(ContactListRow, id) is not None:
        return True
    return session.exec(select(FileRow.id).where(FileRow.id == id).limit(1)).first() is not None


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
