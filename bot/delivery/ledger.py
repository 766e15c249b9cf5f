"""The courier's dealings with the ledger: hand in what became of one letter, take the next.

Both happen in one transaction, so a courier never holds more rows than it has letters in hand. One that goes out is
noted so just before: after a kill only those are uncertain. Preparing a letter happens in the exchange too: whether it
is still wanted is asked when it is taken, not when it was planned.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot.delivery.outgoing import Delivered, Failed, Later, Unknown, Upshot
from dialogs.domain.channels import TELEGRAM
from dialogs.domain.notice import Cause, DeliveryState
from storage.engine.database import Database
from storage.messaging import deliveries, notices
from storage.messaging.deliveries import Claimed, Settled

__all__ = ["Elsewhere", "Job", "Ledger", "Parcel", "Planned", "Postponed", "Prepare", "Skipped"]

log = logging.getLogger(__name__)

IN_VAIN = 5
"""Messages of one notice, one after the other, refused for the same reason: the run pauses itself."""
MOST_ATTEMPTS = 30
"""How often something is tried that is put off again and again: for about a day."""
LONGEST_PAUSE = 3600.0
"""Seconds between two of these tries at the most."""
LOOKS = 50
"""Rows that one exchange looks at before it gives other work of the database a chance."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A letter for an address of a channel, as its post takes both. `revision` is the notice's text that it shows."""

    address: Any
    letter: Any
    revision: int = 1


@dataclass(frozen=True, slots=True)
class Postponed:
    """Not now: look at it again at this moment."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Its person is written to by another channel by now."""

    channel: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """Not wanted (any more)."""

    why: str


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed row with its parcel."""

    claimed: Claimed
    parcel: Parcel


Ready = Parcel | Postponed | Skipped | Elsewhere
Prepare = Callable[[Session, Claimed, datetime], Ready]
Returns = Callable[[Session, Claimed, Failed, datetime], None]
Holds = Callable[[Session, int, str, datetime], None]
"""Pause a notice that is refused for this reason, and tell those who can mend it."""
Planned = Callable[[Session, int, datetime], bool]
"""Write the next slice of a notice's rows; True when all are written."""


class Ledger:
    """`who` names this courier among all that ever ran on the database, anew each time it begins."""

    def __init__(self, database: Database, prepare: Prepare, *, returned: Returns, hold: Holds | None = None) -> None:
        self.database = database
        self.who = secrets.token_hex(8)
        self._prepare = prepare
        self._returned = returned
        self._hold = hold
        self._refused: dict[int, tuple[str, int]] = {}

    async def exchange(
        self, running: Sequence[int], done: tuple[Job, Upshot] | None, now: datetime, channel: str = TELEGRAM
    ) -> Job | None:
        """Hand in what became of a job, and take the next one of a channel, if there is any that is wanted now."""

        def work(session: Session) -> Job | None:
            if done is not None:
                self._settle(session, *done, now)
            return self._next(session, running, now, channel)

        return await self.database.write(work)

    async def go(self, job: Job) -> bool:
        """Note that a job goes out now. False: it is another courier's by now, and must not."""
        return await self.database.write(lambda session: deliveries.go(session, job.claimed.id, self.who))

    async def hand_in(self, done: tuple[Job, Upshot], now: datetime) -> None:
        """Hand in only."""
        await self.database.write(lambda session: self._settle(session, *done, now))

    async def give_back(self, job: Job) -> None:
        """Put back a job that was surely not sent."""
        await self.database.write(lambda session: deliveries.release(session, [job.claimed.id], self.who))

    async def begin(self, now: datetime) -> int:
        """Be the one courier from now on: what any other one was sending is uncertain. Returns how many."""
        self.who = secrets.token_hex(8)
        return await self.database.write(lambda session: deliveries.orphans(session, self.who, now))

    async def running(self, now: datetime) -> list[int]:
        """The notices that are to be sent now, starting those whose time has come."""
        return await self.database.write(lambda session: notices.due(session, now))

    async def plan(self, notice: int, planned: Planned, now: datetime) -> bool:
        """Write the next slice of a notice's rows; True when all are written."""
        return await self.database.write(lambda session: planned(session, notice, now))

    async def finish(self, notice: int, now: datetime) -> bool:
        """Close the notice if nothing is left of it."""
        return await self.database.write(lambda session: deliveries.finish(session, notice, now))

    def _next(self, session: Session, running: Sequence[int], now: datetime, channel: str) -> Job | None:
        for _ in range(LOOKS):
            claimed = deliveries.claim(session, running, self.who, now, 1, channel)
            if not claimed:
                return None
            ready = self._prepared(session, claimed[0], now)
            if isinstance(ready, Parcel):
                return Job(claimed[0], ready)
            self._set_aside(session, claimed[0], ready, now)
        return None

    def _prepared(self, session: Session, claimed: Claimed, now: datetime) -> Ready:
        """One letter that cannot be written must not hold up all others."""
        try:
            return self._prepare(session, claimed, now)
        except SQLAlchemyError:
            raise
        except Exception:
            log.exception("notice %d cannot be prepared for person %d", claimed.notice, claimed.person)
            return Skipped("not_prepared")

    def _set_aside(
        self, session: Session, claimed: Claimed, ready: Postponed | Skipped | Elsewhere, now: datetime
    ) -> None:
        if isinstance(ready, Elsewhere):
            deliveries.move(session, claimed.id, self.who, ready.channel)
        elif isinstance(ready, Postponed):
            deliveries.postpone(session, claimed.id, self.who, ready.until)
        else:
            skipped = Settled(claimed.id, DeliveryState.SKIPPED, ready.why)
            deliveries.settle(session, skipped, self.who, now)

    def _settle(self, session: Session, job: Job, upshot: Upshot, now: datetime) -> None:
        if isinstance(upshot, Later) and job.claimed.attempt < MOST_ATTEMPTS:
            again = min(LONGEST_PAUSE, upshot.seconds * 2 ** min(job.claimed.attempt - 1, 10))
            deliveries.postpone(session, job.claimed.id, self.who, now + timedelta(seconds=again))
            return
        deliveries.settle(session, _settled(job, upshot), self.who, now)
        if isinstance(upshot, Failed) and upshot.cause.of_the_person:
            self._returned(session, job.claimed, upshot, now)
        if isinstance(upshot, Delivered) and upshot.remote is not None:
            notices.uploaded(session, job.claimed.notice, upshot.remote)
        if self._hold is not None and self._in_vain(job.claimed.notice, upshot):
            assert isinstance(upshot, Failed)
            log.warning("notice %d is refused again and again (%s): it pauses", job.claimed.notice, upshot.detail)
            self._hold(session, job.claimed.notice, upshot.detail, now)

    def _in_vain(self, notice: int, upshot: Upshot) -> bool:
        """Whether the last IN_VAIN messages of a notice were all refused for one and the same reason.

        It is the message then, and not its readers: all others would be refused as well.
        """
        if not (isinstance(upshot, Failed) and upshot.cause is Cause.REFUSED):
            if isinstance(upshot, Delivered):
                self._refused.pop(notice, None)
            return False
        reason, times = self._refused.get(notice, ("", 0))
        times = times + 1 if reason == upshot.detail else 1
        self._refused[notice] = (upshot.detail, times)
        if times < IN_VAIN:
            return False
        del self._refused[notice]
        return True


def _settled(job: Job, upshot: Upshot) -> Settled:
    """The ledger's words for what became of a letter."""
    match upshot:
        case Delivered():
            revision = job.parcel.revision
            return Settled(job.claimed.id, DeliveryState.SENT, None, upshot.message, revision)
        case Failed():
            return Settled(job.claimed.id, DeliveryState.FAILED, upshot.cause.value)
        case Later():
            return Settled(job.claimed.id, DeliveryState.FAILED, Cause.UNREACHABLE.value)
        case Unknown():
            return Settled(job.claimed.id, DeliveryState.UNCERTAIN, "connection_broke")
