"""Imports of lists: each is known by its number, and the newest can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from storage.contacts.contacts import Contact, Tally, folded, key_of
from storage.organizers import organizers
from storage.tables import ContactImportRow, ContactRow, find_country

__all__ = ["Undone", "listed", "note", "undo"]


@dataclass(frozen=True, slots=True)
class Undone:
    """How many contacts went, how many say again what they said before, and how many stay as somebody began since."""

    removed: int
    restored: int
    kept: int


def note(session: Session, id: str, name: str, tally: Tally, now: datetime) -> None:
    """Keep that a list came in."""
    session.add(ContactImportRow(id=id, name=name, at=now, new=tally.new, changed=tally.changed))
    session.flush()


def listed(session: Session, limit: int = 20) -> list[ContactImportRow]:
    """The newest imports first."""
    return list(session.exec(select(ContactImportRow).order_by(col(ContactImportRow.at).desc()).limit(limit)))


def undo(session: Session, who: int | None, id: str, now: datetime) -> Undone | None:
    """Take an import back: who came by it goes, unless they followed their link; who was changed says again what they
    said, unless it was changed since. None: there is no such import, or it was undone.
    """
    row = session.get(ContactImportRow, id, with_for_update=True)
    if row is None or row.undone:
        return None
    row.undone = True
    came = session.exec(select(ContactRow).where(ContactRow.source == id)).all()
    gone = [each for each in came if each.person_id is None]
    for each in gone:
        session.delete(each)
    changed = session.exec(select(ContactRow).where(ContactRow.changed_in == id, col(ContactRow.source) != id)).all()
    for each in changed:
        for name, value in (each.before or {}).items():
            setattr(each, name, value)
        said = Contact(each.name, each.organisation, each.email, each.country, each.language, each.kind)
        each.key, each.folded, each.changed_in, each.before = key_of(said), folded(each), "", None
    session.flush()
    for each in changed:
        if each.person_id is not None:
            find_country(session.connection(), each.person_id)
    organizers.record(session, who, "contacts_undone", "", now, removed=len(gone), restored=len(changed))
    return Undone(len(gone), len(changed), len(came) - len(gone))
