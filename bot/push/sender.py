"""The sender: of all processes one drains the outbox, each receiver at its own pace.

An event's way: it is read with its entry, sent, and settled. Between the request and the settling a crash can only make
it go again, under the same id. An entry's next event waits until the one before it has arrived or is dead.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import aiohttp
from sqlmodel import Session

from bot.app import App
from bot.delivery.leader_lock import Leadership, hold
from bot.push.body import encode, webhook_id
from bot.push.post import LONGEST, Outcome, Result, deliver, make_session
from bot.push.receiver import Networks, Receiver
from bot.push.retry import pause, row_retry
from storage.engine.database import Database, DatabaseUnavailable
from storage.push import outbox, receivers
from storage.push.outbox import Due
from storage.push.payload import data_of

__all__ = ["Sender", "pushing"]

log = logging.getLogger(__name__)

AT_ONCE = 16
"""Requests to a receiver at the same time."""
LOOK = 1.0
"""Seconds between two looks into an outbox that was empty."""
AGAIN = 10.0
"""Seconds to the next look after one that failed: the database is away."""
KEPT = timedelta(days=30)
"""How long what was settled is kept."""
PRUNING = 3600.0
SLICES = 0.2
"""Seconds between two rounds of letting go of it, and between two slices."""


def utc_now() -> datetime:
    return datetime.now(UTC)


async def pushing(app: App) -> None:
    """Push for ever, whenever this process is the one to do it. Without receivers there is nothing to do."""
    settings = app.settings
    await app.database.write(lambda session: receivers.keep(session, [each.wish for each in settings.push_receivers]))
    if not settings.push_receivers:
        return
    while True:
        async with hold(settings.database_url, "push") as leadership:
            sender = Sender(app.database, settings.push_receivers, settings.push_private_networks)
            await sender.run(leadership)


class Sender:
    """`random` gives numbers from 0 to 1, `longest` the seconds that a receiver may take."""

    def __init__(
        self,
        database: Database,
        to: list[Receiver],
        networks: Networks,
        *,
        now: Callable[[], datetime] = utc_now,
        random: Callable[[], float] = random.random,
        longest: float = LONGEST,
    ) -> None:
        self._database = database
        self._receivers = to
        self._networks = networks
        self._now = now
        self._random = random
        self._longest = longest

    async def run(self, leadership: Leadership) -> None:
        """Send until the leadership is lost."""
        async with make_session(self._networks, self._longest) as client, asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._drain(client, receiver)) for receiver in self._receivers]
            tasks.append(group.create_task(self._prune()))
            await leadership.lost.wait()
            for task in tasks:
                task.cancel()

    async def _drain(self, client: aiohttp.ClientSession, receiver: Receiver) -> None:
        while True:
            try:
                wait = 0.0 if await self.round(client, receiver) else LOOK
            except Exception as error:  # noqa: BLE001  the database comes back; what was not settled goes again
                log.warning("%s is not pushed to now (%s), trying again", receiver.name, type(error).__name__)
                wait = AGAIN
            await asyncio.sleep(wait)

    async def round(self, client: aiohttp.ClientSession, receiver: Receiver) -> int:
        """Send what is due to a receiver, once; how many events that was."""
        batch = await self._database.read(lambda session: self._batch(session, receiver))
        if batch:
            sent = [deliver(client, receiver, self._networks, id, body) for _, id, body in batch]
            results = await asyncio.gather(*sent)
            done = [(due, result) for (due, _, _), result in zip(batch, results, strict=True)]
            await self._database.write(lambda session: self._settle(session, receiver, done))
        return len(batch)

    def _batch(self, session: Session, receiver: Receiver) -> list[tuple[Due, str, bytes]]:
        """What is due, with its key and its body."""
        return [
            (
                due,
                webhook_id(due.reference, due.version, due.event, due.id),
                encode(due.event, due.at, data_of(session, due)),
            )
            for due in outbox.due(session, receiver.name, self._now(), AT_ONCE)
        ]

    def _settle(self, session: Session, receiver: Receiver, done: list[tuple[Due, Result]]) -> None:
        now = self._now()
        outcomes = {result.outcome for _, result in done}
        for due, result in done:
            if result.outcome is Outcome.TAKEN:
                outbox.settle(session, due.id, now)
                continue
            again = row_retry(due.attempt, due.first, now, self._random)
            if again is None:
                outbox.give_up(session, due.id, result.cause, now)
                log.warning("push of %s to %s is given up (%s)", due.reference, receiver.name, result.cause)
            else:
                outbox.postpone(session, due.id, result.cause, again, now)
        session.flush()
        if Outcome.GONE in outcomes:
            receivers.stop(session, receiver.name, now)
            log.warning("%s says that it is gone (410): it is told nothing more until it is resumed", receiver.name)
        elif Outcome.TAKEN in outcomes or outcomes == {Outcome.REFUSED}:
            receivers.reached(session, receiver.name)
        if Outcome.UNREACHED in outcomes:
            self._pause(session, receiver, [result for _, result in done], now)

    def _pause(self, session: Session, receiver: Receiver, results: list[Result], now: datetime) -> None:
        """Leave a receiver alone that does not answer: for as long as it asks for, or ever longer."""
        asked = [result.retry_after for result in results if result.retry_after is not None]
        failures = receivers.failures(session, receiver.name)
        seconds = max(asked) if asked else pause(failures, self._random)
        receivers.pause(session, receiver.name, now + timedelta(seconds=seconds))
        causes = ", ".join(sorted({result.cause for result in results if result.outcome is Outcome.UNREACHED}))
        log.warning("%s cannot be pushed to (%s): again in %.0f s", receiver.name, causes, seconds)

    async def _prune(self) -> None:
        """Let go of what was settled long ago, a slice in each transaction."""
        while True:
            slice_done = 0
            with contextlib.suppress(DatabaseUnavailable):
                slice_done = await self._database.write(lambda session: outbox.prune(session, self._now() - KEPT))
            await asyncio.sleep(SLICES if slice_done else PRUNING)
