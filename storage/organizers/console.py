"""Who is in the console: let in by a one-time link, out by hand, by time, or with the role.

A link is good for ten minutes and once; it is followed by a button, never by looking. A session ends with the day's
work, and at once when its person's role changes: what they may now, they see after they come in anew.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from dialogs.domain.roles import Role
from storage.organizers import organizers
from storage.tables import ConsoleLinkRow, ConsoleSessionRow

__all__ = ["enter", "forget", "mint", "sign_out", "sign_out_everywhere", "who"]

LINK = timedelta(minutes=10)
SESSION = timedelta(hours=10)


def mint(session: Session, person: int, token: str, now: datetime) -> datetime:
    """Keep a link (its hash); older ones of this person end. Until when it is good."""
    session.execute(delete(ConsoleLinkRow).where(col(ConsoleLinkRow.person_id) == person))
    session.add(ConsoleLinkRow(token=_hashed(token), person_id=person, until=now + LINK))
    session.flush()
    return now + LINK


def enter(session: Session, token: str, secret: str, now: datetime) -> int | None:
    """Use a link, once: a browser with this secret is in. Who it is; None when the link is no good (any more)."""
    found = select(ConsoleLinkRow).where(ConsoleLinkRow.token == _hashed(token)).with_for_update()
    row = session.exec(found).one_or_none()
    if row is None:
        return None
    person, until = row.person_id, row.until
    session.delete(row)
    role = organizers.role_of(session, person)
    if until < now or role is None:
        return None
    session.execute(delete(ConsoleSessionRow).where(col(ConsoleSessionRow.until) < now))
    session.add(ConsoleSessionRow(secret=_hashed(secret), person_id=person, role=role.value, until=now + SESSION))
    organizers.record(session, person, "console_entered", "", now)
    return person


def who(session: Session, secret: str, now: datetime) -> tuple[int, Role] | None:
    """Whose browser has this secret, with their role; None when nobody's, or their role is another by now."""
    row = session.get(ConsoleSessionRow, _hashed(secret))
    if row is None or row.until < now:
        return None
    role = organizers.role_of(session, row.person_id)
    return (row.person_id, role) if role is not None and role.value == row.role else None


def sign_out(session: Session, secret: str) -> None:
    session.execute(delete(ConsoleSessionRow).where(col(ConsoleSessionRow.secret) == _hashed(secret)))


def sign_out_everywhere(session: Session, person: int) -> None:
    """End every session of this person, and links that were not used."""
    for table in (ConsoleSessionRow, ConsoleLinkRow):
        session.execute(delete(table).where(col(table.person_id) == person))


def forget(session: Session, person: int) -> None:
    """Somebody asked to be forgotten."""
    sign_out_everywhere(session, person)


def _hashed(secret: str) -> str:
    return hashlib.sha256(f"console {secret}".encode()).hexdigest()
