"""One send budget for the whole process: conversation first, never above the rate in any one second.

Telegram counts the bot's messages on its own clock, not on ours, so counting when we *sent* is not enough:
two messages sent a second apart arrive closer together when the first one dawdled. What we know of a
message is that it arrived between the moment it was sent and the moment its answer came back. With `floor`
a round trip that none undercuts, a message answered at `done` keeps its place in the window until
`done + 1 s - floor`; a later one cannot arrive within a second of it. This holds the limit at the server
and costs only the jitter of the network, not its latency.

Bulk messages are also spaced evenly, so that the window is never full of a burst: a reply that comes up
waits for the next free place, about 1/rate of a second, not for the end of the second.
"""

from __future__ import annotations

import asyncio
import heapq
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from statistics import median

__all__ = ["Budget", "Ticket", "Withdrawn"]

DAWDLING = 1.0
"""Seconds after sending within which a message has surely arrived, even when no answer came yet; at the least."""
DAWDLING_AT_FIRST = 5.0
"""The same while little is known of how long answers take."""
DAWDLING_ROUNDS = 3
"""The same in usual round trips: where answers take seconds, messages may be under way for as long."""
FEW = 10
"""Round trips after which it is known how long answers usually take."""
CATCHING_UP = 2
"""How many gaps bulk may make up for after a late wake-up of the loop."""
CHAT_GAP = 1.0
"""Telegram's FAQ: no more than one message a second in a chat, short bursts aside."""
GROUP_GAP = 3.0
"""Telegram's FAQ: no more than 20 messages a minute in a group. Groups have negative ids."""
CHAT_BURST = 3
"""Messages of a conversation that may follow each other at once in a chat (a note, a question, its help)."""
CHATS_REMEMBERED = 2_000
FLOOR_MEMORY = 100
"""Round trips over which the shortest one is taken."""


@dataclass(slots=True)
class _Place:
    """A place in the window: taken at `sent`, free again at `ends`."""

    sent: float
    ends: float


class Withdrawn(Exception):
    """Who waited for a place was called out of the line: nothing was sent."""


class Ticket:
    """What somebody in the line holds, and by which they can be called out of it.

    It may be used for several turns, one after the other (a request that is tried again); `on_turn` is called at each.
    """

    def __init__(self, *, urgent: bool = False, on_turn: Callable[[], None] | None = None) -> None:
        self.urgent = urgent
        self.on_turn = on_turn or (lambda: None)
        self.withdrawn = False
        self._granted: asyncio.Future[_Place] | None = None

    def withdraw(self) -> None:
        """End the wait for a place, now and later; what has its place already goes on."""
        self.withdrawn = True
        if self._granted is not None and not self._granted.done():
            self._granted.set_exception(Withdrawn())

    def waits_for(self, granted: asyncio.Future[_Place]) -> None:
        """This is what ends the wait; Withdrawn when it is over before it began."""
        if self.withdrawn:
            raise Withdrawn
        self._granted = granted


@dataclass(slots=True)
class _Waiter:
    chat: int | None
    urgent: bool
    granted: asyncio.Future[_Place]


@dataclass(slots=True)
class _Chat:
    """The theoretical arrival time of a chat's next message (the generic cell rate algorithm)."""

    next: float = 0.0


@dataclass(slots=True)
class _RoundTrips:
    """Half the shortest of the last round trips, in seconds: sure to be below the true shortest one.

    0 until there are enough of them to tell.
    """

    seen: deque[float] = field(default_factory=lambda: deque(maxlen=FLOOR_MEMORY))

    @property
    def floor(self) -> float:
        return 0.5 * min(self.seen) if len(self.seen) == FLOOR_MEMORY else 0.0

    @property
    def usual(self) -> float:
        """Seconds of the usual round trip."""
        return median(self.seen) if len(self.seen) >= FEW else DAWDLING

    @property
    def dawdling(self) -> float:
        """Seconds after which a message without an answer has surely arrived: a slow chat must not keep its place."""
        if len(self.seen) < FEW:
            return DAWDLING_AT_FIRST
        return max(DAWDLING, DAWDLING_ROUNDS * median(self.seen))


class Budget:
    """`rate` messages a second for everything this process sends.

    `clock` is a monotonic clock in seconds. Use from one event loop only.
    A rate below one means one message in `1/rate` seconds; a fraction above one is not used.
    """

    def __init__(self, rate: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        if rate <= 0:
            raise ValueError(f"a rate must be above 0 messages a second, not {rate}")
        self.rate = rate
        self._places = max(1, int(rate))
        self._window = 1.0 if rate >= 1 else 1 / rate
        self._gap = self._window / self._places
        self._clock = clock
        self._taken = 0
        self._ends: list[tuple[float, int, _Place]] = []
        self._serial = count()
        self._trips = _RoundTrips()
        self._halted_until = float("-inf")
        self._bulk_due = float("-inf")
        self._chats: dict[int, _Chat] = {}
        self._queues: dict[bool, deque[_Waiter]] = {True: deque(), False: deque()}
        self._timer: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def turn(self, chat: int | None, slip: Ticket) -> AsyncIterator[None]:
        """Wait for a place and hold it around the request: enter before sending, leave when it is answered.

        `chat` None: counts for the whole bot only. A slip that is `urgent` is a conversation's, served before any
        bulk. Withdrawn: by the slip, before the place was given. Who raises Withdrawn within has not sent anything
        after all, and gives the place back.
        """
        place = await self._take(chat, slip)
        used = True
        try:
            yield
        except Withdrawn:
            used = False
            raise
        finally:
            self._answered(place) if used else self._returned(place, chat)

    def halt(self, seconds: float) -> None:
        """Telegram said `429, retry after`: send nothing for that long, counted from now."""
        self._halted_until = max(self._halted_until, self._clock() + seconds)
        self._serve()

    @property
    def halted(self) -> float:
        """Seconds that the halt still lasts; 0 when there is none."""
        return max(0.0, self._halted_until - self._clock())

    async def resumed(self) -> None:
        """Wait until no halt lasts, also when it grows meanwhile; takes no place."""
        while self.halted:  # noqa: ASYNC110 (time ends a halt, nobody does)
            await asyncio.sleep(self.halted)

    def spend(self) -> bool:
        """Take a place for what goes out with the reply to Telegram's own call, if one is free now.

        Nobody hears when it has arrived: it is taken to be under way as long as others usually are.
        """
        now = self._clock()
        if self.waiting or self._free_at(now) > now:
            return False
        self._occupy(now, self._trips.usual)
        return True

    @property
    def waiting(self) -> int:
        """How many wait for a place now."""
        return sum(len(queue) for queue in self._queues.values())

    async def _take(self, chat: int | None, slip: Ticket) -> _Place:
        waiter = _Waiter(chat, slip.urgent, asyncio.get_running_loop().create_future())
        slip.waits_for(waiter.granted)
        self._queues[slip.urgent].append(waiter)
        self._serve()
        try:
            place = await waiter.granted
            if slip.withdrawn:
                raise Withdrawn
            slip.on_turn()
        except (asyncio.CancelledError, Withdrawn):
            self._abandon(waiter)
            raise
        return place

    def _abandon(self, waiter: _Waiter) -> None:
        """The task was cancelled or the slip withdrawn: in the queue, or in the moment it was given its place."""
        granted = waiter.granted
        if granted.done() and not granted.cancelled() and granted.exception() is None:
            self._shorten(granted.result(), self._clock())
        elif waiter in self._queues[waiter.urgent]:
            self._queues[waiter.urgent].remove(waiter)
        self._serve()

    def _answered(self, place: _Place) -> None:
        now = self._clock()
        self._trips.seen.append(max(0.0, now - place.sent))
        self._shorten(place, now + self._window - self._trips.floor)
        self._serve()

    def _returned(self, place: _Place, chat: int | None) -> None:
        """Nothing was sent: the place is free for somebody else, and the chat for its next message."""
        if chat in self._chats:
            self._chats[chat].next -= _gap_of(chat)
        self._shorten(place, self._clock())
        self._serve()

    def _shorten(self, place: _Place, ends: float) -> None:
        """Free the place earlier than it would be; one that ends before is, or will be, free once by itself."""
        if ends < place.ends:
            place.ends = ends
            heapq.heappush(self._ends, (ends, next(self._serial), place))

    def _serve(self) -> None:
        """Give places to those who may have one now, and set the timer for the next who may."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if not self.waiting:
            return
        wake = self._serve_now()
        if self.waiting and wake != float("inf"):
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(max(0.0, wake - self._clock()), self._serve)

    def _serve_now(self) -> float:
        """Grant what can be granted; returns when to look again (inf: when something changes)."""
        while self.waiting:
            now = self._clock()
            free_at = self._free_at(now)
            if free_at > now:
                return free_at
            waiter, wake = self._next(now)
            if waiter is None:
                return wake
            self._grant(waiter, now)
        return float("inf")

    def _free_at(self, now: float) -> float:
        """When the whole bot may send next: after a halt, and with a place free in the window."""
        while self._ends and (self._ends[0][0] <= now or self._ends[0][0] != self._ends[0][2].ends):
            ends, _, place = heapq.heappop(self._ends)
            self._taken -= ends == place.ends
        if self._halted_until > now:
            return self._halted_until
        if self._taken >= self._places:
            return self._ends[0][0]
        return now

    def _next(self, now: float) -> tuple[_Waiter | None, float]:
        """The first in line whose chat is free, conversation before bulk; else when to look again."""
        wake = float("inf")
        for urgent in (True, False):
            if not urgent and self._bulk_due > now and self._queues[False]:
                return None, min(wake, self._bulk_due)
            for waiter in self._queues[urgent]:
                ready = self._chat_ready(waiter)
                if ready <= now:
                    return waiter, now
                wake = min(wake, ready)
        return None, wake

    def _grant(self, waiter: _Waiter, now: float) -> None:
        self._queues[waiter.urgent].remove(waiter)
        if waiter.granted.done():  # cancelled or withdrawn while it waited
            return
        place = self._occupy(now, self._trips.dawdling)
        self._note_chat(waiter.chat, now)
        if not waiter.urgent:
            self._bulk_due = max(self._bulk_due + self._gap, now - CATCHING_UP * self._gap)
        waiter.granted.set_result(place)

    def _occupy(self, now: float, under_way: float) -> _Place:
        """A place for a message that arrives within so many seconds."""
        place = _Place(now, now + self._window + under_way)
        self._taken += 1
        heapq.heappush(self._ends, (place.ends, next(self._serial), place))
        return place

    def _chat_ready(self, waiter: _Waiter) -> float:
        if waiter.chat is None or waiter.chat not in self._chats:
            return float("-inf")
        burst = (CHAT_BURST - 1) * _gap_of(waiter.chat) if waiter.urgent else 0.0
        return self._chats[waiter.chat].next - burst

    def _note_chat(self, chat: int | None, now: float) -> None:
        if chat is None:
            return
        if len(self._chats) >= CHATS_REMEMBERED:
            self._chats = {key: kept for key, kept in self._chats.items() if kept.next > now}
        state = self._chats.setdefault(chat, _Chat())
        state.next = max(state.next, now) + _gap_of(chat)


def _gap_of(chat: int) -> float:
    return GROUP_GAP if chat < 0 else CHAT_GAP
