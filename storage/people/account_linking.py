"""One person in several apps: a one-time code made in one of them joins the other, when both have said yes.

Who writes the code somewhere moves to who made it. So the one might be tricked into giving everything away, and the
other into letting a stranger read it: each is told what it means, and asked.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from dialogs.domain.link_requests import Belongings, Joinable, Joined, JoinTrouble, Whom
from storage.organizers import organizers
from storage.people import account_merge, people
from storage.people.token_hash import hashed, readable
from storage.tables import AccountRow, AnswerRow, DraftRow, EntryRow, JoinCodeRow

__all__ = ["VALID", "agree", "ask", "confirm", "forget", "look", "offer", "refuse", "withdraw"]

VALID = timedelta(minutes=15)
LENGTH = 8
"""Characters of a code: 40 bits for a quarter of an hour, and its maker has to say yes to whoever uses it."""
NAMES = ("title", "org_name")
"""What a draft is called by."""


def offer(session: Session, person: int, now: datetime, token: Callable[[], str]) -> str | Joinable:
    """A new code for this person, older ones end, and they ask nobody; who asks to be joined, while somebody does."""
    asking = look(session, person, now)
    if isinstance(asking, Joinable):
        return asking
    forget(session, person)
    code = readable(token(), LENGTH)
    session.add(JoinCodeRow(code=hashed(code), person_id=person, until=now + VALID))
    return f"{code[:4]}-{code[4:]}"


def ask(session: Session, person: int, code: str, now: datetime) -> Joinable | JoinTrouble:
    """Hold the code for who wrote it, and tell whom they would be joined with. An earlier one is let go."""
    if organizers.role_of(session, person) is not None:
        return JoinTrouble.ORGANIZER
    found = select(JoinCodeRow).where(JoinCodeRow.code == hashed(_as_made(code))).with_for_update()
    row = session.exec(found).one_or_none()
    if row is None or row.until < now or row.asked_by not in (None, person):
        return JoinTrouble.UNKNOWN
    if row.person_id == person:
        return JoinTrouble.OWN
    withdraw(session, person)
    row.asked_by, row.agreed = person, False
    return Joinable(_whom(session, row.person_id), _belongings(session, person))


def _as_made(code: str) -> str:
    """A code however it was copied: in small letters, with spaces, with another alphabet's digits."""
    plain = unicodedata.normalize("NFKC", code).upper()
    digits = (str(unicodedata.digit(sign, sign)) for sign in plain)
    return "".join(sign for sign in digits if sign.isalnum())


def agree(session: Session, person: int, now: datetime) -> bool:
    """Say yes to the code that is held for this person. False: it is over."""
    row = session.exec(select(JoinCodeRow).where(JoinCodeRow.asked_by == person).with_for_update()).one_or_none()
    if row is None or row.until < now:
        return False
    row.agreed = True
    return True


def withdraw(session: Session, person: int) -> None:
    """Ask nobody any more."""
    asked = update(JoinCodeRow).where(col(JoinCodeRow.asked_by) == person)
    session.exec(asked.values(asked_by=None, agreed=False))


def look(session: Session, person: int, now: datetime) -> Joinable | JoinTrouble | None:
    """Who has said yes with this person's code, and what comes with them; None: nobody yet."""
    row = session.exec(select(JoinCodeRow).where(JoinCodeRow.person_id == person)).first()
    if row is None or row.until < now:
        return JoinTrouble.OVER
    if row.asked_by is None or not row.agreed:
        return None
    return Joinable(_whom(session, row.asked_by), _belongings(session, row.asked_by), asks=True)


def confirm(session: Session, person: int, other: int, now: datetime) -> Joined | None:
    """Take `other` in, who was shown to this person a moment ago. None: they no longer ask, or must not.

    The other's row is locked before the code, as in their own turns: they may be withdrawing just now.
    """
    people.lock(session, other)
    found = select(JoinCodeRow).where(JoinCodeRow.person_id == person, JoinCodeRow.asked_by == other)
    row = session.exec(found.with_for_update().execution_options(populate_existing=True)).one_or_none()
    if row is None or not row.agreed or row.until < now or organizers.role_of(session, other, lock=True) is not None:
        return None
    refuse(session, person)
    return Joined(account_merge.merge(session, other, into=person))


def refuse(session: Session, person: int) -> None:
    """Let nobody in: codes of this person end."""
    session.exec(delete(JoinCodeRow).where(col(JoinCodeRow.person_id) == person))


def forget(session: Session, person: int) -> None:
    """Someone who asked to be forgotten neither offers nor asks anything."""
    refuse(session, person)
    withdraw(session, person)


def _whom(session: Session, person: int) -> Whom:
    channels = session.exec(select(AccountRow.channel).where(AccountRow.person_id == person).distinct())
    return Whom(person, people.name(session, person), tuple(sorted(channels)))


def _belongings(session: Session, person: int) -> Belongings:
    """What a person has: unfinished entries by name, last touched first, and how many were sent."""
    mine = select(DraftRow).where(DraftRow.person_id == person, col(DraftRow.submitted).is_(None))
    drafts = session.exec(mine.where(col(DraftRow.discarded).is_(None)).order_by(col(DraftRow.touched).desc())).all()
    ids = [draft.id for draft in drafts]
    said = session.exec(select(AnswerRow).where(col(AnswerRow.draft_id).in_(ids), col(AnswerRow.key).in_(NAMES)))
    names = {(row.draft_id, row.key): str(row.value) for row in said if row.value}
    known = ((names.get((draft.id, key)) or (draft.previous or {}).get(key) for key in NAMES) for draft in drafts)
    sent = session.exec(select(func.count()).where(EntryRow.person_id == person)).one()
    return Belongings(tuple(next((str(name) for name in found if name), "") for found in known), sent)
