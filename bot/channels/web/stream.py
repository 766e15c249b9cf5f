"""Telling open pages that something new was said, so that every tab shows the same."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from weakref import WeakSet

__all__ = ["Full", "Hub"]

PULSE = 25.0
"""Seconds between signs of life, below what proxies wait for."""


A_SESSION = 12
"""Streams of one session: a page each, in as many tabs."""
A_SENDER = 300
"""Streams of one sender, who may be a whole office."""


class Full(Exception):
    """There are as many streams of this session, or from this sender, as there may be."""


class _Listener(asyncio.Event):
    """One open page. `turn`: which turn the news that waits comes from; 0: several, or none; None: there is no news."""

    def __init__(self) -> None:
        super().__init__()
        self.turn: int | None = None


class Hub:
    """Who listens, by address: that of the session, as the store knows it."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[_Listener]] = defaultdict(set)
        self._senders: Counter[str] = Counter()
        self._ended: WeakSet[_Listener] = WeakSet()
        self._turns: dict[str, int] = {}
        self._closed = False

    @property
    def addresses(self) -> list[str]:
        """Those at whom a page is open."""
        return list(self._listeners)

    def tell(self, address: str, turn: int = 0) -> None:
        """Something new was said to this address; by which turn of theirs, when it was one."""
        for listener in self._listeners.get(address, ()):
            listener.turn = turn if listener.turn in (None, turn) else 0
            listener.set()

    def end(self, address: str) -> None:
        """This session is over: let its listeners go."""
        for listener in self._listeners.get(address, ()):
            self._ended.add(listener)
            listener.set()

    def went_on(self, address: str, turn: int) -> None:
        """The person at this address has done so much by now: their pages are told once, whoever noticed it."""
        if address in self._listeners and self._turns.get(address) != turn:
            first = address not in self._turns
            self._turns[address] = turn
            if not first:
                self.tell(address, turn)

    def close(self) -> None:
        """Let every listener go."""
        self._closed = True
        for address in list(self._listeners):
            self.tell(address)

    @contextmanager
    def listening(self, address: str, sender: str) -> Iterator[AsyncIterator[int | None]]:
        """News of this session: the turn that it comes from (0: none of theirs), None as a sign of life; they end with
        the session, or when the hub is closed. Full when there are too many listeners already.
        """
        if len(self._listeners.get(address, ())) >= A_SESSION or self._senders[sender] >= A_SENDER:
            raise Full
        listener = _Listener()
        self._listeners[address].add(listener)
        self._senders[sender] += 1
        try:
            yield self._news(listener)
        finally:
            self._listeners[address].discard(listener)
            if not self._listeners[address]:
                del self._listeners[address]
                self._turns.pop(address, None)
            self._senders[sender] -= 1
            if not self._senders[sender]:
                del self._senders[sender]

    async def _news(self, listener: _Listener) -> AsyncIterator[int | None]:
        while not self._closed:
            try:
                await asyncio.wait_for(listener.wait(), PULSE)
            except TimeoutError:
                yield None
                continue
            listener.clear()
            if listener in self._ended:
                return
            turn, listener.turn = listener.turn or 0, None
            if not self._closed:
                yield turn
