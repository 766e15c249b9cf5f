"""Who the organizers are: named in the settings or invited by a one-time link; and the log of what they did."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, update
from sqlalchemy import select as rows
from sqlmodel import Session, col, select

from dialogs.domain.organizers.team import Logged, Organizer
from dialogs.domain.roles import Right, Role, may
from storage.people import people
from storage.tables import (
    AccountRow,
    AssignmentRow,
    EntryRow,
    InvitationRow,
    LiveRow,
    LogRow,
    NamedOrganizerRow,
    OrganizerMessageRow,
    OrganizerRow,
    PersonRow,
)

__all__ = [
    "appoint",
    "can_be_written_to",
    "dismiss",
    "everyone",
    "forget",
    "log",
    "name_in_settings",
    "record",
    "role_of",
    "who_may",
]

CHANNEL = "telegram"
"""The settings name Telegram ids."""

ABOUT_SOMEBODY = ("role_changed", "removed")


def role_of(session: Session, person: int, *, lock: bool = False) -> Role | None:
    """A person's role now. `lock`: nobody may take it away before this transaction ends."""
    if _is_named(session, person):
        return Role.OWNER
    found = select(OrganizerRow).where(OrganizerRow.person_id == person)
    row = session.exec(found.with_for_update() if lock else found).one_or_none()
    return Role(row.role) if row is not None else None


def everyone(session: Session) -> tuple[Organizer, ...]:
    """All organizers whom we have met, owners first."""
    named = set(session.execute(_named_people()).scalars())
    invited = {row.person_id: Role(row.role) for row in session.exec(select(OrganizerRow))}
    roles = {**invited, **dict.fromkeys(named, Role.OWNER)}
    people = session.exec(select(PersonRow).where(col(PersonRow.id).in_(list(roles))))
    found = [Organizer(id, row.name, roles[id], id in named) for row in people if (id := row.id) is not None]
    return tuple(sorted(found, key=lambda each: (list(Role).index(each.role), each.name, each.person)))


def who_may(session: Session, right: Right) -> list[int]:
    """The organizers who have a right."""
    return [each.person for each in everyone(session) if may(each.role, right)]


def can_be_written_to(session: Session, telegram_id: int) -> bool:
    """Whether the bot can write to an organizer of the settings: they wrote to it first, and have not blocked it."""
    account = session.get(AccountRow, (CHANNEL, str(telegram_id)))
    return account is not None and account.reachable


def name_in_settings(session: Session, ids: Iterable[int], now: datetime) -> None:
    """Let exactly these Telegram ids be owners by the settings; others lose that."""
    wanted = {str(id) for id in ids}
    known = {row.address: row for row in session.exec(select(NamedOrganizerRow))}
    for address in sorted(wanted - set(known)):
        session.add(NamedOrganizerRow(address=address))
        record(session, None, "named", address, now)
    for address in sorted(set(known) - wanted):
        session.delete(known[address])
        record(session, None, "unnamed", address, now)
        person = people.person_at(session, CHANNEL, address)
        if person is not None:
            _lost(session, person)
    session.flush()


def appoint(session: Session, by: int | None, person: int, role: Role, now: datetime) -> bool:
    """Give an organizer another role. False: they are none, are named in the settings, or are the last owner."""
    row = _changeable(session, person)
    if row is None or (row.role == Role.OWNER.value and role is not Role.OWNER and _is_last_owner(session)):
        return False
    row.role, row.by, row.since = role.value, by, now
    session.flush()
    _lost(session, person)
    record(session, by, "role_changed", "", now, role=role.value, person=person)
    return True


def dismiss(session: Session, by: int | None, person: int, now: datetime) -> bool:
    """Take an organizer's role away, at once. False as of `appoint`."""
    row = _changeable(session, person)
    if row is None or (row.role == Role.OWNER.value and _is_last_owner(session)):
        return False
    session.delete(row)
    session.flush()
    _lost(session, person)
    record(session, by, "removed", "", now, person=person)
    return True


def _lost(session: Session, person: int) -> None:
    """Of what an organizer handed out, that which their role does not allow any more ends."""
    role = role_of(session, person)
    if not may(role, Right.ORGANIZERS):
        mine = col(InvitationRow.by) == person
        session.execute(delete(InvitationRow).where(mine, col(InvitationRow.used_by).is_(None)))
    if not may(role, Right.REVIEW):
        theirs = update(EntryRow).where(col(EntryRow.reviewer) == person)
        session.execute(theirs.values(reviewer=None, claimed_until=None))
        session.execute(delete(AssignmentRow).where(col(AssignmentRow.person_id) == person))
    if not may(role, Right.HELP):
        session.execute(
            update(OrganizerMessageRow).where(col(OrganizerMessageRow.assignee) == person).values(assignee=None)
        )
    if not may(role, Right.ANNOUNCE):
        session.execute(delete(LiveRow).where(col(LiveRow.person_id) == person))


def forget(session: Session, person: int) -> None:
    """Someone who asked to be forgotten is no organizer any more; the log keeps that somebody did it, not who."""
    session.execute(delete(OrganizerRow).where(col(OrganizerRow.person_id) == person))
    _lost(session, person)
    # Lines written before the log kept numbers only have the name itself.
    theirs = col(LogRow.action).in_(ABOUT_SOMEBODY), col(LogRow.subject) == people.name(session, person)
    session.execute(update(LogRow).where(*theirs, col(LogRow.subject) != "").values(subject=""))


def record(session: Session, who: int | None, action: str, subject: str, now: datetime, **details: Any) -> None:
    """Write what was done into the log, in the transaction that does it.

    Whoever it was done to stands in `person`, as a number: a name would outlive their wish to be forgotten.
    """
    session.add(LogRow(at=now, person_id=who, action=action, subject=subject, details=details))
    session.flush()


def log(session: Session, before: int | None = None, limit: int = 10) -> tuple[Logged, ...]:
    """Lines of the log, newest first, from below the id `before` on."""
    query = rows(LogRow, col(PersonRow.name)).outerjoin(PersonRow, col(PersonRow.id) == col(LogRow.person_id))
    if before is not None:
        query = query.where(col(LogRow.id) < before)
    found = session.execute(query.order_by(col(LogRow.id).desc()).limit(limit))
    return tuple(_logged(session, row, name or "") for row, name in found)


def _logged(session: Session, row: LogRow, name: str) -> Logged:
    details = dict(row.details or {})
    about = details.pop("person", None)
    subject = row.subject if about is None else people.name(session, about) or str(about)
    return Logged(row.id or 0, row.at, row.person_id, name, row.action, subject, details)


def _named_people() -> Any:
    """The people at the addresses that the settings name."""
    there = and_(col(AccountRow.channel) == CHANNEL, col(AccountRow.address) == col(NamedOrganizerRow.address))
    return rows(col(AccountRow.person_id)).join(NamedOrganizerRow, there)


def _is_named(session: Session, person: int) -> bool:
    return session.execute(_named_people().where(col(AccountRow.person_id) == person)).first() is not None


def _changeable(session: Session, person: int) -> OrganizerRow | None:
    if _is_named(session, person):
        return None
    return session.exec(select(OrganizerRow).where(OrganizerRow.person_id == person).with_for_update()).one_or_none()


def _is_last_owner(session: Session) -> bool:
    """Whether nobody would be left who can appoint others. Locks the owners, so that two cannot leave at once."""
    owners = session.exec(select(OrganizerRow).where(OrganizerRow.role == Role.OWNER.value).with_for_update()).all()
    named = session.exec(select(NamedOrganizerRow).limit(1)).first()
    return named is None and len(owners) < 2
