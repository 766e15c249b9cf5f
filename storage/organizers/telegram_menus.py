"""Chats whose command list was made for an organizer, so that it is taken away again, whatever happened meanwhile."""

from __future__ import annotations

from sqlmodel import Session, select

from dialogs.domain.roles import Role
from storage.tables import OrganizerMenuRow

__all__ = ["made", "note", "taken_away"]


def made(session: Session) -> frozenset[str]:
    """The addresses of these chats."""
    return frozenset(session.exec(select(OrganizerMenuRow.address)))


def note(session: Session, address: str, role: Role) -> None:
    """The chat's list is now that of this role."""
    session.merge(OrganizerMenuRow(address=address, role=role.value))
    session.flush()


def taken_away(session: Session, address: str) -> None:
    """The chat's list is everybody's again."""
    row = session.get(OrganizerMenuRow, address)
    if row is not None:
        session.delete(row)
        session.flush()
