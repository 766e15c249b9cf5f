"""Invitations to the organizers: one-time links, good while who made them may still invite."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from dialogs.domain.notice import NoticeKind
from dialogs.domain.organizers.team import Invitation, OpenInvitation
from dialogs.domain.roles import Right, Role, may
from storage.announcements import audiences
from storage.messaging import notices
from storage.organizers import organizers
from storage.people import people
from storage.people.token_hash import hashed
from storage.tables import InvitationRow, OrganizerRow

__all__ = ["VALID", "invite", "pending", "revoke", "take"]

VALID = timedelta(days=7)
"""How long an invitation is good."""

HANDLE = 8
"""Characters of the kept hash by which an invitation is called: they say nothing of the link."""


def invite(session: Session, by: int | None, role: Role, now: datetime, token: Callable[[], str]) -> Invitation:
    """A link for one person to become an organizer."""
    made = Invitation(token(), now + VALID)
    session.add(InvitationRow(token=hashed(made.token), role=role.value, by=by, until=made.until))
    organizers.record(session, by, "invited", "", now, role=role.value)
    return made


def take(session: Session, person: int, token: str, now: datetime) -> Role | None:
    """Use an invitation: the role that it gives. None: it is unknown, used or over, or who made it may not invite now.

    Who is an organizer already keeps their role, and the link stays good for somebody else.
    """
    row = session.exec(select(InvitationRow).where(InvitationRow.token == hashed(token)).with_for_update()).first()
    if row is None or row.used_by is not None or row.until < now or not _stands(session, row, lock=True):
        return None
    present = organizers.role_of(session, person, lock=True)
    if present is not None:
        return present
    row.used_by = person
    session.add(OrganizerRow(person_id=person, role=row.role, by=row.by, since=now))
    organizers.record(session, person, "joined", "", now, role=row.role)
    if row.by is not None:
        key, id = f"{person}:{row.token[:HANDLE]}", notices.unnumbered()
        notice = notices.service(session, NoticeKind.JOINED, key, now, id)
        audiences.add(session, notice, [row.by], now)
    return Role(row.role)


def _stands(session: Session, row: InvitationRow, *, lock: bool = False) -> bool:
    """Whether who made it may still invite; the command line always may. `lock`: as of `organizers.role_of`."""
    return row.by is None or may(organizers.role_of(session, row.by, lock=lock), Right.ORGANIZERS)


def pending(session: Session, now: datetime) -> tuple[OpenInvitation, ...]:
    """The invitations that somebody could still use, those that end first at the head."""
    unused = select(InvitationRow).where(col(InvitationRow.used_by).is_(None), col(InvitationRow.until) >= now)
    rows = session.exec(unused.order_by(col(InvitationRow.until), col(InvitationRow.token))).all()
    return tuple(
        OpenInvitation(row.token[:HANDLE], Role(row.role), row.by, people.name(session, row.by), row.until)
        for row in rows
        if _stands(session, row)
    )


def revoke(session: Session, by: int | None, handle: str, now: datetime) -> bool:
    """End an invitation that was not used. False: there is none that is called so."""
    unused = select(InvitationRow).where(col(InvitationRow.used_by).is_(None))
    called = unused.where(col(InvitationRow.token).startswith(handle, autoescape=True)).with_for_update()
    rows = session.exec(called).all() if len(handle) == HANDLE else ()
    for row in rows:
        organizers.record(session, by, "invitation_revoked", "", now, role=row.role)
        session.delete(row)
    session.flush()
    return bool(rows)
