"""A summary for each organizer for whom something waits: once a day at most, by day, and not for who stopped it."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, select

from dialogs.domain.notice import NoticeKind
from dialogs.domain.organizers.overview import DIGEST, Waiting
from dialogs.domain.values.geneva import GENEVA
from storage.announcements import audiences
from storage.calls import calls
from storage.messaging import notices
from storage.messaging.notices import Notice, OptOut
from storage.organizers import organizers, overview

__all__ = ["plan", "waiting"]

HOURS = range(9, 18)
"""The hours of Geneva in which the day's summary is begun: who lives elsewhere gets it in their own day."""


def plan(session: Session, now: datetime) -> int:
    """Write into the ledger for whom something waits today; to how many. On a day that has had its summary: nobody."""
    here = now.astimezone(GENEVA)
    if here.hour not in HOURS:
        return 0
    key = f"{NoticeKind.DIGEST.value}:{here.date()}"
    if session.exec(select(Notice.id).where(Notice.key == key)).first() is not None:
        return 0
    wanted = [
        each.person
        for each in organizers.everyone(session)
        if session.get(OptOut, (each.person, DIGEST)) is None and waiting(session, each.person, now).needs_somebody
    ]
    if not wanted:
        return 0
    return audiences.add(session, notices.service(session, NoticeKind.DIGEST, str(here.date()), now), wanted, now)


def waiting(session: Session, person: int, now: datetime) -> Waiting:
    """What waits for this organizer at this moment; nothing for who is none any more."""
    role, call = organizers.role_of(session, person), calls.current(session, now)
    return overview.waiting_for(session, person, role, call.code, now)
