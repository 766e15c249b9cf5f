"""Sessions of browsers: recognised, renewed, replaced by another cookie, ended, and opened again by a code.

A session is replaced in two steps, so that an answer that is lost on its way locks nobody out: the old cookie is good
for a few minutes more, until the new one is used for the first time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from storage.organizers import organizers
from storage.people import people
from storage.tables import AccountRow, PersonRow, SessionRow

__all__ = [
    "Known",
    "come_back",
    "end",
    "join",
    "known",
    "mint_return",
    "open_for_draft",
    "renew",
    "replace",
    "rights",
    "settle",
]

CHANNEL = "web"

RENEWED_AFTER = timedelta(days=7)
"""How old a cookie is that is given its full time again."""

UNUSED = timedelta(days=365)
"""A session that was not used for so long is over."""
UNUSED_WITH_ROLE = timedelta(days=30)
"""The same for organizers, whose session opens more than one's own things."""

BEFORE_JOINING = "before joining"
"""The role of sessions that were made when their person had less: none that anybody has."""

FOR_A_DRAFT = timedelta(days=30)
"""How long a session is good that a letter opened."""

OVERLAP = timedelta(minutes=10)
"""How long a cookie that was replaced is good, when the new one did not arrive."""

RETURN = timedelta(days=180)
"""How long a code to come back is good: a season."""


@dataclass(frozen=True, slots=True)
class Known:
    """A session that is good. `person` and `role`: whose rights it was made for, None when that was not noted.

    `stale`: its cookie is to be renewed. `replaced`: another cookie was made for it, which may have been lost.
    `fresh`: it replaces another, which ends now.
    `draft`: it was opened by a letter, for this draft alone.
    """

    person: int
    made_for: tuple[int, str | None] | None
    stale: bool
    replaced: bool
    fresh: bool
    draft: str | None = None


def known(session: Session, address: str, now: datetime) -> Known | None:
    """The session of a cookie with this hash; None when there is none, or it is over."""
    account = session.get(AccountRow, (CHANNEL, address))
    if account is None:
        return None
    row = session.get(SessionRow, address)
    if row is None:
        return Known(account.person_id, None, stale=True, replaced=False, fresh=False)
    unused = UNUSED if row.role is None else UNUSED_WITH_ROLE
    if (row.until is not None and row.until < now) or row.renewed < now - unused:
        return None
    older = session.exec(select(SessionRow.address).where(SessionRow.successor == address).limit(1)).first()
    return Known(
        account.person_id,
        (row.person_id, row.role),
        stale=row.renewed < now - RENEWED_AFTER,
        replaced=row.successor is not None,
        fresh=older is not None,
        draft=row.draft_id,
    )


def rights(session: Session, person: int) -> tuple[int, str | None]:
    """Whose rights a session of this person has now."""
    role = organizers.role_of(session, person)
    return person, role.value if role is not None else None


def renew(session: Session, address: str, now: datetime) -> None:
    """Note that a session's cookie was given its full time again, and for whose rights it is good."""
    person = people.person_at(session, CHANNEL, address)
    if person is None:
        return
    owner, role = rights(session, person)
    row = session.get(SessionRow, address)
    if row is not None and row.draft_id is not None:
        role = None  # a draft is all that it opens, whoever its person is
    if row is None:
        session.add(SessionRow(address=address, person_id=owner, role=role, renewed=now))
    else:
        row.person_id, row.role, row.renewed = owner, role, now
    session.flush()


def replace(session: Session, old: str, new: str, now: datetime) -> None:
    """Have a session go on under another cookie, with its person's rights of now."""
    person = people.person_at(session, CHANNEL, old)
    if person is None:
        return
    renew(session, old, now)
    row = session.get_one(SessionRow, old)
    _hand_on(session, row, new, person, now)


def join(session: Session, person: int, into: int) -> None:
    """Two people turned out to be one: sessions of both get another cookie with their next turn."""
    theirs = col(SessionRow.person_id).in_((person, into))
    session.exec(update(SessionRow).where(theirs).values(person_id=into, role=BEFORE_JOINING))


def settle(session: Session, address: str) -> None:
    """A cookie is in use: those that it replaces end."""
    for row in session.exec(select(SessionRow).where(SessionRow.successor == address)).all():
        end(session, row.address)


def end(session: Session, address: str) -> None:
    """End a session: its cookie is good for nothing any more. Its person stays."""
    session.exec(delete(AccountRow).where(col(AccountRow.channel) == CHANNEL, col(AccountRow.address) == address))
    session.exec(delete(SessionRow).where(col(SessionRow.address) == address))
    session.flush()
    session.expire_all()


def mint_return(session: Session, person: int, code: str, now: datetime) -> datetime:
    """Keep a code (its hash) by which this person can come back, once, in any browser; older ones end. Until when."""
    accounts = select(AccountRow.address).where(AccountRow.channel == CHANNEL, AccountRow.person_id == person)
    codes = select(SessionRow).where(SessionRow.person_id == person, col(SessionRow.address).not_in(accounts))
    for row in session.exec(codes).all():
        session.delete(row)
    session.flush()
    until = now + RETURN
    session.add(SessionRow(address=code, person_id=person, renewed=now, until=until))
    session.flush()
    return until


def come_back(session: Session, code: str, new: str, now: datetime) -> int | None:
    """Open a session under a new cookie by a code (its hash); whose it is, None when the code is no good."""
    row = session.exec(select(SessionRow).where(SessionRow.address == code).with_for_update()).first()
    if row is None or row.until is None or row.until < now or session.get(AccountRow, (CHANNEL, code)) is not None:
        return None
    person = row.person_id
    owner = session.get(PersonRow, person)
    if owner is None or owner.forgotten:
        return None
    _hand_on(session, row, new, person, now)
    return person


def open_for_draft(session: Session, person: int, draft: str, new: str, now: datetime) -> None:
    """Open a session under a new cookie that is good for one draft alone, and for a time."""
    session.add(AccountRow(channel=CHANNEL, address=new, person_id=person))
    session.add(SessionRow(address=new, person_id=person, renewed=now, until=now + FOR_A_DRAFT, draft_id=draft))
    session.flush()


def _hand_on(session: Session, row: SessionRow, new: str, person: int, now: datetime) -> None:
    """Let a row's session go on at a new address. One that was made before and never used ends."""
    if row.successor is not None:
        end(session, row.successor)
    row.successor, ends = new, row.until
    row.until = min(row.until or now + OVERLAP, now + OVERLAP)
    session.add(AccountRow(channel=CHANNEL, address=new, person_id=person))
    if row.draft_id is not None:
        session.add(SessionRow(address=new, person_id=person, renewed=now, until=ends, draft_id=row.draft_id))
    session.flush()
    renew(session, new, now)
