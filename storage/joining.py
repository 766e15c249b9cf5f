"""One person in several apps: a one-time code made in one joins the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from storage import contacts, notices, organizers
from storage.secrecy import hashed
from storage.tables import (
    AccountRow,
    DraftRow,
    EntryRow,
    HandOverRow,
    JoinCodeRow,
    LateUseRow,
    OrganizerMessageRow,
    PersonRow,
    TranscriptRow,
    find_country,
)

__all__ = ["join", "mint"]

VALID = timedelta(minutes=15)
LENGTH = 10
"""Characters of a code: short enough to copy by hand, for the minutes that it is valid."""


def mint(session: Session, person: int, now: datetime, token: Callable[[], str]) -> str:
    """A new code for this person; older ones end."""
    session.exec(delete(JoinCodeRow).where(col(JoinCodeRow.person_id) == person))
    code = token().replace("-", "").replace("_", "")[:LENGTH]
    session.add(JoinCodeRow(code=hashed(code), person_id=person, until=now + VALID))
    return code


def join(session: Session, person: int, code: str, now: datetime) -> bool:
    """Become the person who made this code: the accounts, drafts and entries of both are theirs from now on.

    An organizer cannot: whoever talked them into it would have their rights. They make the code themselves.
    """
    row = session.get(JoinCodeRow, hashed(code))
    if row is None or row.until < now or organizers.role_of(session, person) is not None:
        return False
    other = row.person_id
    session.delete(row)
    if other != person:
        _move(session, person, other)
    return True


def _move(session: Session, person: int, other: int) -> None:
    for table in (AccountRow, DraftRow, EntryRow, OrganizerMessageRow, TranscriptRow):
        owned = col(table.person_id)
        session.exec(update(table).where(owned == person).values(person_id=other))
    contacts.move(session, person, other)
    taken = col(HandOverRow.colleague)
    session.exec(update(HandOverRow).where(taken == person).values(colleague=other))
    there = set(session.exec(select(LateUseRow.call).where(LateUseRow.person_id == other)))
    for use in session.exec(select(LateUseRow).where(LateUseRow.person_id == person)).all():
        if use.call not in there:
            session.add(LateUseRow(person_id=other, call=use.call, until=use.until))
        session.delete(use)
    notices.move_opt_outs(session, person, other)
    left = session.get_one(PersonRow, person)
    if not left.news:
        session.get_one(PersonRow, other).news = False  # what was stopped in either app is stopped in both
    left.merged_into, left.state, left.name, left.country = other, None, "", None
    session.flush()
    find_country(session.connection(), other)
    session.expire_all()
