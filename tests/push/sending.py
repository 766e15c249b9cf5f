"""Entries made in a moment, and a sender in the hands of a test: its clock stands still until it is moved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from ipaddress import ip_network
from typing import Any

from sqlmodel import Session

from bot.push.post import make_session
from bot.push.receiver import Networks, Receiver
from bot.push.sender import Sender
from dialogs.domain.entries.entry import EntryState
from storage.engine.database import Database
from storage.push import receivers
from storage.tables import CallRow, EntryRow, EntryVersionRow
from tests.driver import IN_SEASON
from tests.push.platform import Platform

__all__ = ["LOOPBACK", "Hand", "change", "entry", "revise", "revise_all"]

LOOPBACK: Networks = [ip_network("127.0.0.0/8")]
ANSWERS = {"title": "Solar networks", "org_name": "Lake", "contact_name": "Amina Otieno", "publish": True}


def entry(session: Session, number: int, **answers: object) -> str:
    """A new entry at its first version; its reference."""
    if session.get(CallRow, "2027") is None:
        later = IN_SEASON + timedelta(days=90)
        session.add(CallRow(code="2027", year=2027, opens=IN_SEASON, closes=later, version="2027"))
        session.flush()
    reference = f"WSIS-2027-{number:06d}"
    facts: dict[str, Any] = {
        "call": "2027",
        "submitted": IN_SEASON,
        "received": IN_SEASON,
        "answers": {**ANSWERS, **answers},
    }
    names: dict[str, Any] = {"title": "Solar networks", "organisation": "Lake", "language": "en", "person_id": 1}
    session.add(EntryRow(reference=reference, number=number, **names, **facts))
    session.flush()
    session.add(EntryVersionRow(reference=reference, version=1, draft_id=f"{reference}/1", **facts))
    session.flush()
    return reference


def revise(session: Session, reference: str) -> None:
    """Its author sends it again."""
    row = session.get_one(EntryRow, reference)
    row.version += 1
    row.state = EntryState.RECEIVED.value
    facts: dict[str, Any] = {"call": row.call, "submitted": IN_SEASON, "received": IN_SEASON, "answers": row.answers}
    draft = f"{reference}/{row.version}"
    session.add(EntryVersionRow(reference=reference, version=row.version, draft_id=draft, **facts))


def revise_all(session: Session, references: Iterable[str]) -> None:
    for reference in references:
        revise(session, reference)


def change(session: Session, reference: str, state: EntryState) -> None:
    session.get_one(EntryRow, reference).state = state.value


class Hand:
    """A sender to one receiver, round by round."""

    def __init__(self, database: Database, platform: Platform, **more: object) -> None:
        self.database, self.platform = database, platform
        self.at = IN_SEASON + timedelta(days=20000)  # after the moments of the outbox, which are the machine's own
        fields = {"name": "platform", "url": platform.url, "secrets": [platform.secret], **more}
        self.receiver = Receiver.model_validate(fields)
        self.networks = list(LOOPBACK)
        self.sender = Sender(
            database, [self.receiver], self.networks, now=lambda: self.at, random=lambda: 1.0, longest=4.0
        )

    async def known(self) -> Hand:
        """The store learns of the receiver, as it does at a start of the service."""
        await self.database.write(lambda session: receivers.keep(session, [self.receiver.wish]))
        return self

    async def known_too(self, other: Hand) -> Hand:
        """The store learns of both."""
        wishes = [other.receiver.wish, self.receiver.wish]
        await self.database.write(lambda session: receivers.keep(session, wishes))
        return self

    async def round(self) -> int:
        async with make_session(self.networks, 4.0) as client:
            return await self.sender.round(client, self.receiver)

    async def rounds(self) -> None:
        """Until nothing is due now."""
        while await self.round():
            pass

    def passes(self, **span: float) -> datetime:
        self.at += timedelta(**span)
        return self.at
