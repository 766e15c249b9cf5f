"""The courier: drains the ledger through a few workers a channel that pull, so memory stays flat however
long the list.

    hold the baton -> begin -> [watch: start what is due, plan, close what is done] + [each lane's workers: pull, send]

All truth is in the ledger. Killed at any point, the next courier finds: rows that were planned or only in hand,
which it sends; and those few that were noted as going out, which it declares uncertain.

Between a worker's pull and its channel a letter waits, first to be one of the few at the head of the line, where it is
noted as going out, and then for its turn of the budget. When its notice is paused or stopped, or the courier is, it is
called back from there into the ledger: only what is on the wire still goes.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime
from math import ceil
from typing import Any, Protocol, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from bot.delivery.leader_lock import Leadership, hold
from bot.delivery.ledger import Job, Ledger, Planned
from bot.delivery.outgoing import ChannelRefused, Upshot
from bot.rate_limit import Budget, Ticket, Withdrawn
from storage.engine.database import DatabaseError

__all__ = ["LEAST_HEAD", "WORKERS", "Courier", "Lane", "Post"]

T = TypeVar("T")

log = logging.getLogger(__name__)

WORKERS = 16
"""Letters under way at once: enough for 30 a second at half a second each."""
HEAD = 0.1
"""Seconds for which the head of the line holds letters: long enough to note the next one meanwhile."""
LEAST_HEAD = 3
"""Letters at the head of the line at the least."""
WATCHING = 1.0
"""Seconds between two looks for what is due."""
SETTLING = 1.5
"""Seconds that an heir waits: what the courier before it sent counts for one, and its budget knows nothing of that."""
REFUSED_PAUSE = (1.0, 60.0)
"""Seconds to wait, at first and at the most, after a channel refused us as a whole: its token or password,
or its server is down.
"""

FAILED_PAUSE = 1.0
"""Seconds to wait before the store is asked again that did not answer."""
STORE_FAILED = (SQLAlchemyError, DatabaseError, OSError)


class Post(Protocol):
    """What sends one message by a channel and tells what became of it.

    Raises ChannelRefused where nothing can be sent to anybody, and Withdrawn when the slip was called back in time.
    """

    async def send(self, address: Any, letter: Any, *, slip: Ticket | None = None) -> Upshot:
        """Send in turn, by the `slip`."""


class Lane:
    """One channel's way out: its post, its budget and its workers. What halts one lane holds no other up."""

    def __init__(self, channel: str, post: Post, budget: Budget, *, workers: int = WORKERS) -> None:
        self.channel = channel
        self.post = post
        self.budget = budget
        self.workers = workers
        self.head = asyncio.Semaphore(max(LEAST_HEAD, ceil(budget.rate * HEAD)))
        self.work = asyncio.Event()
        self._pause = REFUSED_PAUSE[0]

    def refused(self) -> float:
        """The channel refused us as a whole: how many seconds to wait, longer each time."""
        pause, self._pause = self._pause, min(2 * self._pause, REFUSED_PAUSE[1])
        return pause

    def taken(self) -> None:
        """The channel talks to us."""
        self._pause = REFUSED_PAUSE[0]


class Courier:
    """`url` is the database's, for the lock; `now` the present moment (aware, UTC)."""

    def __init__(
        self, ledger: Ledger, lanes: Sequence[Lane], plan: Planned, *, url: str, now: Callable[[], datetime]
    ) -> None:
        self._ledger = ledger
        self._lanes = tuple(lanes)
        self._plan = plan
        self._url = url
        self._now = now
        self._running: list[int] = []
        self._carried: dict[int, tuple[Job, Ticket]] = {}
        self._woken = asyncio.Event()
        self._stopping = asyncio.Event()
        self.active = asyncio.Event()

    def wake(self) -> None:
        """Look now: something was scheduled, resumed or planned."""
        self._woken.set()

    def stop(self) -> None:
        """Send nothing new; `run` returns when the letters on the wire are answered and noted."""
        self._stopping.set()
        self._call_back()
        self._there_is_work()
        self._woken.set()

    async def run(self) -> None:
        """Be the courier whenever this process is the one to be it, until `stop`."""
        while not self._stopping.is_set():
            waiting = asyncio.ensure_future(self._stopping.wait())
            tour = asyncio.ensure_future(self._tour())
            await asyncio.wait({waiting, tour}, return_when=asyncio.FIRST_COMPLETED)
            if not self.active.is_set():
                tour.cancel()  # still waiting for the baton: nothing is under way
            with contextlib.suppress(asyncio.CancelledError):
                await tour
            waiting.cancel()

    async def _tour(self) -> None:
        """From getting the baton to losing it."""
        async with hold(self._url) as baton:
            self.active.set()
            try:
                inherited = await self._insist(baton, lambda: self._ledger.begin(self._now()))
                if inherited:
                    log.warning("%d messages of a courier that died are uncertain", inherited)
                if inherited or baton.after_another:
                    await self._sleep(SETTLING)
                async with asyncio.TaskGroup() as group:
                    group.create_task(self._watch(baton))
                    for lane in self._lanes:
                        for _ in range(lane.workers):
                            group.create_task(self._pull(baton, lane))
            finally:
                self.active.clear()

    def _over(self, baton: Leadership) -> bool:
        return self._stopping.is_set() or baton.lost.is_set()

    async def _watch(self, baton: Leadership) -> None:
        while not self._over(baton):
            self._woken.clear()
            await self._insist(baton, self._look)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), WATCHING)
        self._call_back()
        self._there_is_work()  # let the workers see that it is over

    def _there_is_work(self) -> None:
        for lane in self._lanes:
            lane.work.set()

    async def _look(self) -> None:
        """Start what is due, plan it slice by slice, and close what is done."""
        self._running = await self._ledger.running(self._now())
        self._call_back(but=self._running)
        for notice in self._running:
            while not await self._ledger.plan(notice, self._plan, self._now()):
                self._there_is_work()
                if self._stopping.is_set():
                    return
            await self._ledger.finish(notice, self._now())
        if self._running:
            self._there_is_work()

    async def _pull(self, baton: Leadership, lane: Lane) -> None:
        """One worker: pull, send, hand in with the next pull."""
        done: tuple[Job, Upshot] | None = None
        while not self._over(baton):
            await lane.work.wait()
            if lane.budget.halted:
                await self._hand_in(baton, done)
                done = None
                await self._sleep(lane.budget.halted)
                continue
            if self._over(baton):
                break
            job, delivered, done = await self._exchange(baton, lane, done), done, None
            if job is not None:
                done = await self._deliver(baton, lane, job)
                continue
            lane.work.clear()
            if delivered is not None:  # there was something just now: was it paused or stopped, or is it done?
                self._woken.set()
        await self._hand_in(baton, done)

    async def _exchange(self, baton: Leadership, lane: Lane, done: tuple[Job, Upshot] | None) -> Job | None:
        return await self._insist(baton, lambda: self._ledger.exchange(self._running, done, self._now(), lane.channel))

    async def _hand_in(self, baton: Leadership, done: tuple[Job, Upshot] | None) -> None:
        if done is not None:
            await self._insist(baton, lambda: self._ledger.hand_in(done, self._now()))

    async def _insist(self, baton: Leadership, act: Callable[[], Awaitable[T]]) -> T | None:
        """Do it as soon as the store answers; once more at the end, and then give up: None.

        What could not be handed in stays claimed, and the next courier declares it uncertain.
        """
        while True:
            over = self._over(baton)
            try:
                return await act()
            except STORE_FAILED as error:
                log.warning("the store does not answer the courier (%s)", type(error).__name__)
            if over:
                return None
            await self._sleep(FAILED_PAUSE)

    async def _sleep(self, seconds: float) -> None:
        """Sleep, unless it is time to stop."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)

    async def _deliver(self, baton: Leadership, lane: Lane, job: Job) -> tuple[Job, Upshot] | None:
        """Send; None: surely not sent, and back in the ledger."""
        seat = _Seat(lane.head)
        slip = Ticket(on_turn=seat.leave)
        self._carried[job.claimed.id] = (job, slip)
        if self._over(baton) or job.claimed.notice not in self._running:
            slip.withdraw()  # it was stopped while the letter was being fetched
        try:
            async with seat:
                if slip.withdrawn:
                    raise Withdrawn
                if not await self._insist(baton, lambda: self._ledger.go(job)):
                    return None  # another courier has it, or finds it
                upshot = await lane.post.send(job.parcel.address, job.parcel.letter, slip=slip)
                lane.taken()
                return job, upshot
        except Withdrawn:
            self._put_down(job, slip)
            await self._give_back(baton, job)
        except ChannelRefused as error:
            log.error("nothing can be sent by %s (%s)", lane.channel, error)
            self._put_down(job, slip)
            await self._give_back(baton, job)
            await self._sleep(lane.refused())
        finally:
            self._put_down(job, slip)
        return None

    def _put_down(self, job: Job, slip: Ticket) -> None:
        """It is not ours to call back any more. Before it is back in the ledger: then another worker may take it."""
        if self._carried.get(job.claimed.id) == (job, slip):
            del self._carried[job.claimed.id]

    async def _give_back(self, baton: Leadership, job: Job) -> None:
        await self._insist(baton, lambda: self._ledger.give_back(job))

    def _call_back(self, but: Collection[int] = ()) -> None:
        """Call back letters that wait for their turn, except those of these notices."""
        for job, slip in self._carried.values():
            if job.claimed.notice not in but:
                slip.withdraw()


class _Seat:
    """A place at the head of the line: taken on entering, given up when the letter has its turn or comes back."""

    def __init__(self, places: asyncio.Semaphore) -> None:
        self._places = places
        self._taken = False

    async def __aenter__(self) -> None:
        await self._places.acquire()
        self._taken = True

    async def __aexit__(self, *_: object) -> None:
        self.leave()

    def leave(self) -> None:
        """Let the next one come up."""
        if self._taken:
            self._taken = False
            self._places.release()
